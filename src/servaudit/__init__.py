"""servaudit: service standards as text, visits scored against them, reports anybody can check."""

__version__ = "0.1.0"
