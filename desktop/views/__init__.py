"""Panes and views: they ask the session and show its facts."""
