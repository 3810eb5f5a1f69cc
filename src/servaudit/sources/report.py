"""Reports that servaudit made, read back: the documents they name by hash, and the figures they carry."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.diagnostics import Diagnostic, msg
from servaudit.sources.text import read_bytes
from servaudit.sources.workbook import parse as parse_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Message
    from servaudit.sources.workbook import Workbook

LIMIT = 256 * 1024 * 1024
"""Bytes that a report may have."""
VISITS = 100_000
"""Scorecards that a report may have."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,99}")
_VERSION = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}")
_LINE = re.compile(r"(.+) sha256:([0-9a-f]{64})(?: (.+))?")


class Named(NamedTuple):
    """A document that a report names: what it is called (`id@version`, or the path once more), and its hash."""

    name: str
    path: str
    sha256: str


class Made(NamedTuple):
    """A report: `cards` are scorecards as JSON has them, none in a workbook (`book`); `texts` what a page shows.

    `observations` and `standards` (checklists too) are told apart by their hash. `diagnostics` has an error when it
    cannot be used.
    """

    path: str
    generator: str = ""
    language: str | None = None
    cards: tuple[dict[str, Any], ...] = ()
    rollups: tuple[Any, ...] | None = None
    observations: tuple[Named, ...] = ()
    standards: tuple[Named, ...] = ()
    texts: tuple[str, ...] | None = None
    book: Workbook | None = None
    template: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class _UnusableError(Exception):
    """The report is none; the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _shape(key: str) -> _UnusableError:
    return _UnusableError(msg("“{key}” is missing, or is none of a report", key=key))


def read(path: str) -> Made:
    """Read a report: JSON, JSON lines, a page or a workbook, told by its content. Never raises: see `diagnostics`."""
    content = read_bytes(path, LIMIT)
    if isinstance(content, Diagnostic):
        return Made(path, diagnostics=(content,))
    if content.startswith(b"PK"):
        return _workbook(path, content)
    try:
        text = content.decode("utf-8")
        return _page(path, text) if text.lstrip()[:1] == "<" else _data(path, text)
    except (UnicodeDecodeError, _UnusableError, RecursionError, AssertionError) as error:
        why = msg("this is no report of servaudit with its data: .json, .jsonl, .html or .xlsx")
        help_ = error.message if isinstance(error, _UnusableError) else None
        return Made(path, diagnostics=(Diagnostic("report", path, why, help_),))


def _data(path: str, text: str) -> Made:
    first = text.lstrip().split("\n", 1)[0]
    if '"servaudit/scorecard/' in first[:200]:
        return _made(path, [_loaded(line) for line in text.splitlines() if line.strip()], None, "")
    document = _loaded(text)
    if document.get("schema") != "servaudit/scores/1":
        raise _shape("schema")
    generator = document.get("generator")
    version = generator.get("version") if isinstance(generator, dict) else ""
    rollups = document.get("rollups")
    return _made(
        path, document.get("scorecards"), rollups if isinstance(rollups, list) else None, f"servaudit {version}"
    )


def _loaded(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _UnusableError(msg("this is not JSON")) from error
    if not isinstance(document, dict):
        raise _UnusableError(msg("this is not JSON"))
    return document


def _made(path: str, cards: object, rollups: list[Any] | None, generator: str) -> Made:
    """Check that scorecards name their documents, and gather those."""
    if not isinstance(cards, list) or not 0 < len(cards) <= VISITS:  # with no visit, nothing can be the same
        raise _shape("scorecards")
    observations, standards = {}, {}
    for card in cards:
        made = card.get("observation") if isinstance(card, dict) else None
        if not isinstance(made, dict) or not isinstance(made.get("path"), str) or not _hash(made.get("sha256")):
            raise _shape("scorecards.observation")
        observations[made["sha256"]] = Named(made["path"], made["path"], made["sha256"])
        for key in ("standard", "checklist"):
            named = card.get(key)
            if named is None and key == "checklist":
                continue
            if not _is_standard(named):
                raise _shape(f"scorecards.{key}")
            name = f"{named['id']}@{named['version']}"
            standards[name, named["sha256"]] = Named(name, named["path"], named["sha256"])
    return Made(
        path, generator, cards=tuple(cards), rollups=None if rollups is None else tuple(rollups),
        observations=tuple(observations.values()), standards=tuple(standards.values()),
    )  # fmt: skip


def _is_standard(named: object) -> bool:
    if not isinstance(named, dict):
        return False
    identity, version, path = named.get("id"), named.get("version"), named.get("path")
    return (
        isinstance(identity, str) and _ID.fullmatch(identity) is not None
        and isinstance(version, str) and _VERSION.fullmatch(version) is not None
        and isinstance(path, str) and _hash(named.get("sha256"))
    )  # fmt: skip


def _hash(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


class _Page(HTMLParser):
    """Takes out of a page what it shows, the data it carries, its language and who made it.

    What it shows is made of its texts, of what tags show, of styles and of scripts: each can say or hide a figure.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: list[str] = []
        self.texts: list[str] = []
        self.language: str | None = None
        self.generator = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are."""
        named = dict(attrs)
        if named.get("type") != "application/json" and (shown := _tag(tag, attrs)):
            self.texts.append(shown)
        if tag == "html":
            self.language = named.get("lang")
        elif tag == "meta" and named.get("name") == "generator":
            self.generator = named.get("content") or ""
        elif tag in ("script", "style"):
            self._inside = "data" if named.get("type") == "application/json" else tag

    def handle_endtag(self, tag: str) -> None:
        """Come out again."""
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep what is read, by a person or by a program."""
        if self._inside == "data":
            self.data.append(data)
        elif data.strip():
            self.texts.append(" ".join(data.split()))


_ACTIVE = frozenset(("script", "style", "link", "base", "iframe", "object", "embed", "template"))
_SHOWING = frozenset(
    ("alt", "aria-label", "content", "cx", "cy", "d", "data-v", "fill", "height", "hidden", "href", "placeholder",
     "points", "r", "src", "srcdoc", "srcset", "stroke", "style", "title", "transform", "value", "width", "x", "x1",
     "x2", "y", "y1", "y2")
)  # fmt: skip


def _tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """Write what a tag shows, hides, loads or runs, empty when it does none of it; photos are left aside."""
    if tag == "img" and any(name == "src" and (value or "").startswith("data:image/") for name, value in attrs):
        return ""
    shown = "".join(f' {name}="{value or ""}"' for name, value in attrs if name in _SHOWING or name.startswith("on"))
    return f"<{tag}{shown}>" if shown or tag in _ACTIVE else ""


def texts_of(page: str) -> tuple[str, ...]:
    """Give what makes up what a reader sees of a page, piece by piece: texts, what tags show, styles and scripts."""
    parser = _Page()
    parser.feed(page)
    return tuple(parser.texts)


def _page(path: str, text: str) -> Made:
    parser = _Page()
    parser.feed(text)
    if not parser.data:
        raise _UnusableError(
            msg("this page carries no data, as no overview does: verify the JSON, or the page of one visit")
        )
    made = _data(path, "".join(parser.data))
    return made._replace(language=parser.language, texts=tuple(parser.texts))


def _workbook(path: str, content: bytes) -> Made:
    book = parse_workbook(path, content)
    rather = msg("verify the JSON, or the page of one visit")
    if not book.usable:
        large = any(one.code == "workbook-too-large" for one in book.diagnostics)
        message = msg("this workbook is too large to be compared cell by cell")
        return Made(path, diagnostics=(Diagnostic("report", path, message, rather),) if large else book.diagnostics)
    properties = book.properties
    observations = tuple({one.sha256: one for one in _lines(properties.get("observations", ""))}.values())
    if "servaudit" not in properties:
        message = msg("this workbook does not say what it was made from: it is no report of servaudit")
        return Made(path, diagnostics=(Diagnostic("report", path, message),))
    if not observations:
        message = msg("this workbook does not name its visits: there are too many")
        return Made(path, diagnostics=(Diagnostic("report", path, message, rather),))
    return Made(
        path, properties["servaudit"], properties.get("language"), observations=observations,
        standards=tuple(_lines(properties.get("standards", ""))), book=book, template=properties.get("template"),
    )  # fmt: skip


def _lines(text: str) -> Iterator[Named]:
    for line in text.splitlines()[:VISITS]:
        match = _LINE.fullmatch(line.strip())
        if match is not None:
            yield Named(match[1], match[3] or match[1], match[2])
