"""The few questions asked in a dialog."""
