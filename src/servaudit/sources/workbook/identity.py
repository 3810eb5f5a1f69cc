"""What a workbook to fill in says it was made from: in its properties, and again on its hidden sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "servaudit/workbook/1"
SHEET = "_servaudit"
"""The hidden sheet that has it again, with every cell that is read back."""
_REFERENCE = re.compile(r"([a-z][a-z0-9_]*@\d+\.\d+\.\d+) sha256:([0-9a-f]{64})")


class Identity(NamedTuple):
    """Who made the workbook, in which format and language, from which checklist (if any) and standards.

    A document is `id@version sha256:…`.
    """

    generator: str
    format: str
    language: str
    checklist: str
    standards: tuple[str, ...]

    def pairs(self) -> list[tuple[str, str]]:
        """Give it as names and texts."""
        pairs = [("generator", self.generator), ("format", self.format), ("language", self.language)]
        if self.checklist:
            pairs.append(("checklist", self.checklist))
        return [*pairs, ("standards", "\n".join(self.standards))]


def read(pairs: Mapping[str, str]) -> Identity | None:
    """Read it back; None where a workbook says nothing of the kind."""
    if not pairs.get("format", "").startswith("servaudit/workbook/"):
        return None
    standards = tuple(line.strip() for line in pairs.get("standards", "").split("\n") if line.strip())
    return Identity(
        pairs.get("generator", ""), pairs["format"], pairs.get("language", ""), pairs.get("checklist", ""), standards
    )


def reference(document: str) -> tuple[str, str] | None:
    """Take `id@version sha256:…` apart; None where it is anything else."""
    match = _REFERENCE.fullmatch(document)
    return (match[1], match[2]) if match else None
