"""Users' files, read: data, the place of every key and value, hashes; nothing else opens what a user names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servaudit.diagnostics import Diagnostic, Problem, msg
from servaudit.sources.folders import EXTENSIONS, Once, documents, identity, is_folder, kind_of
from servaudit.sources.scalars import hides_controls, strip
from servaudit.sources.source import Source
from servaudit.sources.text import LIMIT, PACKAGED, STDIN, decode, empty, read_bytes, too_large

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from servaudit.diagnostics import Path
    from servaudit.sources.source import Format

__all__ = [
    "EXTENSIONS", "LIMIT", "STDIN", "WORKBOOKS", "Once", "Source", "documents", "identity", "is_folder", "parse",
    "read", "said_kind",
]  # fmt: skip

WORKBOOKS = (".xlsx", ".xlsm")
PACKAGE = 32 * 1024 * 1024
"""Bytes that a workbook may have: photos in it count."""
CARRIED = 64 * 1024 * 1024
"""Bytes that a JSON file may have when all but `LIMIT` of them are photos."""
_LARGEST = dict.fromkeys(WORKBOOKS, PACKAGE) | {".json": CARRIED}
_JSON = re.compile(r'\s*\{\s*["}]')


def read(path: str | FilePath, limit: int = LIMIT) -> Source:
    """Read a document, or standard input for `-`. Never raises for a user's mistake: see `Source.diagnostics`."""
    name = str(path)
    data = read_bytes(name, max(limit, _LARGEST.get(name[-5:].lower(), 0)))
    return parse(name, data) if isinstance(data, bytes) else _unusable(name, data)


def parse(name: str, data: bytes) -> Source:
    """Read a document from bytes; `name` is how it is called in messages, `….json` is read as JSON.

    A workbook is told by how it begins, or by its name.
    """
    if data.startswith(PACKAGED) or name.lower().endswith(WORKBOOKS):
        from servaudit.sources.workbook.filled import parse as filled  # noqa: PLC0415 - few documents are workbooks

        return filled(name, data)
    decoded = decode(name, data)
    if isinstance(decoded, Diagnostic):
        return _unusable(name, decoded)
    text, sha256 = decoded
    photos: list[str] = []
    form: Format = "json" if name.lower().endswith(".json") or (name == STDIN and _JSON.match(text)) else "yaml"
    hiding = hides_controls(text)
    if form == "yaml" and not hiding:
        from servaudit.sources import lines  # noqa: PLC0415 - JSON needs none

        plain = lines.parse(text)
        if plain is not None:
            return Source(name, text, plain, sha256, form)
    if form == "json":
        from servaudit.sources.carried import set_apart  # noqa: PLC0415 - most documents are YAML
        from servaudit.sources.json import parse as build  # noqa: PLC0415 - same

        text, photos = set_apart(text)
        if len(text) > LIMIT:
            return _unusable(name, too_large(name, LIMIT))
    else:
        from servaudit.sources.yaml import parse as build  # noqa: PLC0415 - and the others need no libyaml
    content, faults = build(name, text)
    source = Source(name, text, content, sha256, form, tuple(faults))
    if content is None and not faults:
        return Source(name, text, None, sha256, form, (empty(name, msg("the file holds no document")),))
    # A backslash may escape a control character; a text without one cannot hide any.
    if hiding or "\\" in text:
        source = _stripped(source)
    if photos:
        from servaudit.sources.carried import put_back  # noqa: PLC0415 - few documents carry any

        put_back(source.data, photos)
    return source


def said_kind(source: Source) -> str | None:
    """Give the kind that a document says it is, even when it cannot be used; None when it says nothing."""
    if isinstance(source.data, dict):
        kind = source.data.get("kind")
        return kind if isinstance(kind, str) else None
    return kind_of(source.text)


def _unusable(name: str, diagnostic: Diagnostic) -> Source:
    return Source(name, "", None, "", "yaml", (diagnostic,))


def _stripped(source: Source) -> Source:
    """Take the control characters out of a document's texts, and say where they were."""
    found: list[Problem] = []

    def hear(path: Path, in_key: bool) -> None:  # noqa: FBT001 - the signature strip() calls
        if in_key:
            found.append(Problem("key-type", path, msg("a control character in a key"), on_key=True))
        else:
            found.append(Problem("control-character", path, msg("an invisible control character was taken out")))

    data = strip(source.data, hear)
    if not found:
        return source
    diagnostics = (*source.diagnostics, *(source.diagnostic(problem) for problem in found[:100]))
    refused = any(diagnostic.severity == "error" for diagnostic in diagnostics)
    return Source(source.path, source.text, None if refused else data, source.sha256, source.format, diagnostics)
