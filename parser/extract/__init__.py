"""Document and form to report: labels found, values read, cells placed."""
