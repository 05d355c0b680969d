"""The review window; it uses `parser`, never the reverse."""
