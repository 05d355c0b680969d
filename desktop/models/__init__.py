"""Qt models: they adapt what the session holds and own no data."""
