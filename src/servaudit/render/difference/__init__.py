"""A difference of two versions of a standard, written as a page, as Markdown and as JSON."""
