"""A folder that keeps reports, what was decided in them, and a log of every change."""
