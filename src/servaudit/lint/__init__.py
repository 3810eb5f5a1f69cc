"""Faults of meaning in documents that are well formed: pure functions that return problems at symbolic places."""

from servaudit.lint.observation import lint_observation
from servaudit.lint.standard import lint_standard

__all__ = ["lint_observation", "lint_standard"]
