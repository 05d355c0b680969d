"""Loose text (and later pixels) to pieces: the layouts in which reports arrive."""
