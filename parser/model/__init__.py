"""The vocabulary shared by every stage: documents, templates, reports, findings."""
