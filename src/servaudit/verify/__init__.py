"""Verifies a report: the documents it names are found, its visits scored again, and what it says compared."""
