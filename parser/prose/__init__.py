"""The prose of a report: figures that its tables should hold too, and personal data that should not be there."""
