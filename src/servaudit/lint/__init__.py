"""Faults of meaning in documents that are well formed: pure functions that return problems at symbolic places.

Those of checklists are in a module that few visits need, `servaudit.lint.checklist`.
"""

from servaudit.lint.observation import lint_observation, lint_remarks
from servaudit.lint.standard import lint_standard

__all__ = ["lint_observation", "lint_remarks", "lint_standard"]
