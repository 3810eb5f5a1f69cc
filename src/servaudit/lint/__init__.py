"""Faults of meaning in documents that are well formed: pure functions that return problems at symbolic places."""

from servaudit.lint.checklist import lint_checklist, lint_use, lint_visit
from servaudit.lint.observation import lint_observation, lint_remarks
from servaudit.lint.standard import lint_standard

__all__ = ["lint_checklist", "lint_observation", "lint_remarks", "lint_standard", "lint_use", "lint_visit"]
