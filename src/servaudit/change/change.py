"""One typed change of a standard, and the notebook that those who compare write their findings in."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic import BaseModel

from servaudit.change.kinds import KINDS, Level, highest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Message, Path

Side = Literal["old", "new"]
RULES: Final = frozenset({"condition", "measure", "ladder", "limit"})
"""The kinds whose texts are expressions."""


class Change(NamedTuple):
    """One change. `old` and `new` are plain values (as JSON has them), None where there is nothing on that side.

    `path` is where it stands in the document of `side`; `subject` is the id of the criterion, section, scale or rule,
    and `title` its text; `field` is the key that changed. `why` says what raises the level above that of its kind.
    """

    kind: str
    level: Level
    side: Side
    path: Path
    subject: str
    title: Mapping[str, str] | None
    field: str
    old: Any
    new: Any
    language: str | None = None
    why: Message | None = None


class Notebook:
    """Takes findings down. `old_language` and `new_language` are what a plain text of each document is in."""

    def __init__(self, old_language: str, new_language: str) -> None:
        self.old_language, self.new_language = old_language, new_language
        self.changes: list[Change] = []

    def note(
        self,
        kind: str,
        path: Path,
        subject: str,
        field: str,
        old: object,
        new: object,
        *,
        side: Side = "new",
        title: Mapping[str, str] | None = None,
        language: str | None = None,
        raised: tuple[Level, Message] | None = None,
    ) -> None:
        """Take a change down; `raised` says what it is at least in this case, and why."""
        level = KINDS[kind].level
        why = None
        if raised is not None and highest([level, raised[0]]) == raised[0]:
            level, why = raised
        self.changes.append(
            Change(kind, level, side, path, subject, title, field, plain(old), plain(new), language, why)
        )

    def value(
        self,
        kind: str,
        path: Path,
        subject: str,
        field: str,
        old: object,
        new: object,
        *,
        side: Side = "new",
        title: Mapping[str, str] | None = None,
        raised: tuple[Level, Message] | None = None,
    ) -> None:
        """Take down that a value changed, if it did."""
        rules = kind in RULES and isinstance(old, str) and isinstance(new, str)
        if old != new and not (rules and same_rule(str(old), str(new))):
            self.note(kind, path, subject, field, old, new, side=side, title=title, raised=raised)

    def text(
        self,
        kind: str,
        path: Path,
        subject: str,
        field: str,
        old: Mapping[str, str] | None,
        new: Mapping[str, str] | None,
        *,
        title: Mapping[str, str] | None = None,
    ) -> None:
        """Compare a text language by language: what the document's own says leads, the others follow or fall behind."""
        if old == new:
            return
        before = {language or self.old_language: _spaced(text) for language, text in (old or {}).items()}
        after = {language or self.new_language: _spaced(text) for language, text in (new or {}).items()}
        if before == after:
            return
        if not before or not after:
            lead = self.new_language if self.new_language in (after or before) else next(iter(after or before))
            self.note(kind, path, subject, field, before.get(lead), after.get(lead), title=title, language=lead,
                      side="new" if after else "old")  # fmt: skip
            return
        changed = [language for language in after if before.get(language, after[language]) != after[language]]
        leads = self.new_language in changed
        for language, text in after.items():
            was = before.get(language)
            if language in changed:
                what = kind if language == self.new_language else "translation-changed"
            elif was is None:
                what = "translation-added"
            elif leads:
                what = "translation-stale"
            else:
                continue
            self.note(what, path, subject, field, was, text, title=title, language=language)
        for language in missing(before, after):
            self.note("translation-removed", path, subject, field, before[language], None, title=title,
                      language=language)  # fmt: skip


def missing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """List the names that are in `old` and no more in `new`, in their order."""
    return [name for name in old if name not in new]


def _spaced(text: str) -> str:
    """Fold line ends and runs of spaces, which YAML's own layout makes; spaces that do not break are typography."""
    return " ".join(part for part in text.replace("\n", " ").replace("\t", " ").split(" ") if part)


def same_rule(old: str, new: str) -> bool:
    """Tell whether two expressions are one, written differently."""
    if old == new:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            before, after = (ast.dump(ast.parse(text.strip(), mode="eval")) for text in (old, new))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return before == after


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON has
    """Give a model's value as plain data; a whole number without its point."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump(by_alias=True, exclude_defaults=True))
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
