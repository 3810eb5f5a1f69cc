"""Writes reports: one module per format, imported only when it is asked for; none of them computes a figure."""
