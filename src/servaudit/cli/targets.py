"""Which files are meant by the outputs that were named: the format of each, and the language of what people read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from servaudit.cli.exits import UsageError
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.cli.language import Speech

STREAMED: Final = (".jsonl", ".csv")
SPOKEN: Final = (".html", ".pdf", ".xlsx")
"""What is written for people, in a language; the other formats are the same in all of them."""
WHOLE: Final = (".json", *SPOKEN)
TEMPLATES: Final = (".html", ".xlsx")


class Target(NamedTuple):
    """A file to write. Without a language it speaks the standard's, if it is in any."""

    path: Path
    language: Speech | None = None

    @property
    def form(self) -> str:
        """Its format: the extension, in small letters."""
        return self.path.suffix.lower()


def targets(names: Sequence[str], languages: Sequence[Speech]) -> list[Target]:
    """Give the file of each name, each once; two languages make two of a report: `visit.fr.html` and `visit.en.html`.

    Raises `UsageError` for what is no file, has no known extension, or names one file for two formats.
    """
    found: dict[str, Target] = {}
    for path in (known(name, STREAMED + WHOLE) for name in names):
        for target in _spoken(path, languages):
            first = found.setdefault(os.path.realpath(target.path), target)
            if first[1:] != target[1:] or first.form != target.form:
                raise UsageError(
                    msg("{one} and {other} are the same file", one=str(first.path), other=str(target.path))
                )
    return list(found.values())


def _spoken(path: Path, languages: Sequence[Speech]) -> list[Target]:
    if path.suffix.lower() not in SPOKEN:
        return [Target(path)]
    if len(languages) <= 1:
        return [Target(path, *languages)]
    return [Target(path.with_name(f"{path.stem}.{language}{path.suffix}"), language) for language in languages]


def known(name: str, forms: Sequence[str]) -> Path:
    """Give the path of a file whose extension is one of `forms`; raises `UsageError`."""
    path = Path(name)
    if path.stem == "-" or name == "-":
        raise UsageError(msg("{name}: an output is a file; for JSON on standard output: --format json", name=name))
    if path.suffix.lower() not in forms:
        raise UsageError(
            msg("{name}: the extension says the format, one of {forms}", name=name or '""', forms=list(forms))
        )
    return path
