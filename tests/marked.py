"""Documents with a fault marked ⟦like this⟧: what a check must say is wrong, and where, in one readable text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit import sources
from servaudit.load import load
from servaudit.model.observation import Observation
from servaudit.model.standard import Standard
from servaudit.scoring.planner import compile_standard

if TYPE_CHECKING:
    from servaudit.scoring.plan import Plan

OPEN, CLOSE = "⟦", "⟧"
STANDARD = "kind: standard\nid: shop\nversion: 1.0.0\ntitle: A shop\n"
OBSERVATION = "kind: observation\nstandard: shop@1.0.0\n"


def unmarked(text: str) -> tuple[str, tuple[int, int]]:
    """Take the marks out of a text; also give line and column of what they stood around."""
    before, _, rest = text.partition(OPEN)
    inside, _, after = rest.partition(CLOSE)
    return before + inside + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def mended(text: str, remedy: str | tuple[str, str]) -> str:
    """Put a remedy in place of what is marked, or of another part of the text."""
    if isinstance(remedy, str):
        before, _, rest = text.partition(OPEN)
        return before + remedy + rest.partition(CLOSE)[2]
    wrong, right = remedy
    bare = unmarked(text)[0]
    assert wrong in bare
    return bare.replace(wrong, right, 1)


def standard(text: str) -> tuple[Plan, sources.Source]:
    """Compile a standard that loads without a word."""
    source = sources.parse("shop.yaml", (STANDARD + text).encode())
    loaded = load(source, Standard)
    assert loaded.value is not None, [str(one.message) for one in loaded.diagnostics]
    return compile_standard(loaded.value), source


def observation(text: str) -> tuple[Observation, sources.Source]:
    """Load an observation that loads without a word."""
    source = sources.parse("visit.yaml", (OBSERVATION + text).encode())
    loaded = load(source, Observation)
    assert loaded.value is not None, [str(one.message) for one in loaded.diagnostics]
    return loaded.value, source
