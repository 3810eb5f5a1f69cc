"""JSON documents: read by the standard library, with nothing given twice, and the places of keys and values."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from servaudit.diagnostics import Diagnostic, Message, msg
from servaudit.sources.places import DEPTH, NODES, TOO_DEEP, Place, span
from servaudit.sources.scalars import number

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"')
_ATOM = re.compile(r"[-+.\w]+")
_STRING_OR_BRACKET = re.compile(rf"{_STRING.pattern}|[\[\]{{}}]")


_KEY = (msg("a key in double quotes is expected here"), msg("nothing follows the last comma, and keys are quoted"))
_SYNTAX: dict[str, tuple[Message, Message | None]] = {
    "Expecting property name": _KEY,
    "Illegal trailing comma": _KEY,
    "Expecting ',' delimiter": (msg("a comma is expected here"), msg("separate entries by commas")),
    "Expecting ':' delimiter": (msg("a colon is expected here"), msg('write "key": value')),
    "Expecting value": (msg("a value is expected here"), msg("texts are in double quotes; nothing is null")),
    "Unterminated string": (msg("this text is not closed"), msg("close the quotes")),
    "Invalid control character": (msg("a line end or control character in a text"), msg("write a line end as \\n")),
    "Invalid \\": (msg("an unknown escape after a backslash"), msg("double the backslash")),
    "Extra data": (msg("something follows the end of the document"), msg("a file holds one document")),
}
"""The standard library's complaints, by how they start (the rest depends on Python's version)."""


_CUT = (
    msg("the file ends before the document does"),
    msg("copy it again if it was not copied whole; else close what is open, with ] and }}"),
)


class _RefusedError(Exception):
    """A value that JSON does not have; the scan for places finds where."""


def _refuse(word: str) -> NoReturn:
    raise _RefusedError(word)


def parse(file: str, text: str) -> tuple[object, list[Diagnostic]]:
    """Read a JSON text; with an error among the diagnostics there is no data."""
    twice = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        result = dict(pairs)
        twice = twice or len(result) != len(pairs)
        return result

    try:
        data = json.loads(text, object_pairs_hook=mapping, parse_float=number, parse_int=number, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return None, [_unreadable(file, text, error)]
    except _RefusedError as refused:
        found = re.search(rf"(?<![\w\"]){re.escape(str(refused))}\b", _STRING.sub(lambda m: " " * len(m[0]), text))
        start = found.start() if found else 0
        return None, [
            Diagnostic(
                "json-syntax",
                span(file, text, start, start + len(str(refused))),
                msg("“{word}” is not a number JSON has", word=str(refused)),
                msg("write null where there is no value"),
            )
        ]
    except RecursionError:
        return None, [_too_deep(file, text)]
    excess = _excess(file, text, data)
    if excess is not None:
        return None, [excess]
    duplicates: list[Place] = []
    if twice:
        _Scan(text, duplicates.append).whole()
        return None, [
            Diagnostic(
                "duplicate-key",
                span(file, text, place.key_start or 0, place.key_end),
                msg(
                    "the key “{key}” is given twice in one mapping",
                    key=text[(place.key_start or 0) + 1 : place.key_end - 1],
                ),
                msg("keep one of them; the first is further up"),
            )
            for place in duplicates[:100]
        ]
    return data, []


def _unreadable(file: str, text: str, error: json.JSONDecodeError) -> Diagnostic:
    """Say what JSON's parser refused; a text that was cut short lacks more than what it asks for next."""
    end = len(text.rstrip())
    if error.pos >= end and error.msg != "Extra data":
        return Diagnostic("json-syntax", span(file, text, end - 1, end), *_CUT)
    message, remedy = next(
        (said for start, said in _SYNTAX.items() if error.msg.startswith(start)),
        (msg("this is not valid JSON: {problem}", problem=error.msg), None),
    )
    return Diagnostic("json-syntax", span(file, text, error.pos, error.pos + 1), message, remedy)


def _too_deep(file: str, text: str) -> Diagnostic:
    """Show the bracket that opens one level too many."""
    depth = start = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEPTH:
            start = found.start()
            break
    return Diagnostic("too-deep", span(file, text, start, start + 1), *TOO_DEEP)


def _excess(file: str, text: str, data: object) -> Diagnostic | None:
    """Say whether data is nested too deep or has too many values."""
    nodes, level, depth = 0, [data], 0
    while level:
        nodes += len(level)
        if nodes > NODES:
            message = msg("the document has more than {limit} values", limit=NODES)
            return Diagnostic("too-many-nodes", span(file, text, 0, 1), message)
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        depth += any(isinstance(child, dict | list) for child in level)
        if depth >= DEPTH:
            return _too_deep(file, text)
    return None


def places(text: str) -> Place:
    """Make the tree of places of a text that was read."""
    return _Scan(text, lambda _: None).whole()


class _Scan:
    """Walks a valid JSON text for the offsets of keys and values; `duplicate` hears of keys given twice."""

    def __init__(self, text: str, duplicate: Callable[[Place], None]) -> None:
        self.text = text
        self.duplicate = duplicate
        self.at = 0

    def whole(self) -> Place:
        """Scan the document."""
        self.at = 0
        root = Place(0, 1)
        self.skip()
        self.value(root)
        return root

    def skip(self) -> None:
        """Go past white space."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def value(self, place: Place) -> None:
        """Scan a value and what is in it."""
        place.start = self.at
        character = self.text[self.at : self.at + 1]
        if character == "{":
            self.members(place, "}", self.member)
        elif character == "[":
            self.members(place, "]", self.item)
        else:
            found = (_STRING if character == '"' else _ATOM).match(self.text, self.at)
            self.at = found.end() if found else len(self.text)
            place.scalar = str(json.loads(found[0])) if found and character == '"' else self.text[place.start : self.at]
        place.end = self.at

    def members(self, place: Place, end: str, one: Callable[[Place], None]) -> None:
        """Scan what stands between two brackets."""
        self.at += 1
        self.skip()
        while self.at < len(self.text) and self.text[self.at] != end:
            one(place)
            self.skip()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                self.skip()
        self.at += 1

    def member(self, place: Place) -> None:
        """Scan a key and its value."""
        child = Place(0, 0, key_start=self.at)
        found = _STRING.match(self.text, self.at)
        self.at = child.key_end = found.end() if found else len(self.text)
        name = json.loads(found[0]) if found else ""
        self.skip()
        self.at += 1
        self.skip()
        self.value(child)
        if name in place.children:
            self.duplicate(child)
        else:
            place.children[name] = child

    def item(self, place: Place) -> None:
        """Scan an item of a list."""
        child = Place(0, 0)
        self.value(child)
        place.children[len(place.children)] = child
