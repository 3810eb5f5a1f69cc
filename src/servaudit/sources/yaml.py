"""YAML 1.2 built from libyaml's events: fast, bounded, and nothing in it means what an auditor did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from servaudit.diagnostics import Diagnostic, Message, msg
from servaudit.model.base import key
from servaudit.sources.complaints import complaint
from servaudit.sources.places import DEPTH, NODES, TOO_DEEP, Place, span
from servaudit.sources.scalars import DIGITS, WORDS, hides_controls, plain, stood_in

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTED = 100
"""Faults reported of one file; after so many it is hopeless."""

_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


def _parser(text: str) -> Any:  # noqa: ANN401 - libyaml's parser is untyped
    """Start parsing; control characters, which libyaml refuses, are stood in for (`Source` takes them out later)."""
    return _PARSER(stood_in(text) if hides_controls(text) else text)


def _extent(event: Any) -> tuple[int, int]:  # noqa: ANN401 - same
    """Give the offsets where an event starts and ends."""
    return event.start_mark.index, event.end_mark.index


class _HopelessError(Exception):
    """Reading cannot go on; the reason is already among the faults."""


class _Builder:
    """Builds data from events. Every fault is kept with its place; an alias or a tag does not stop the reading."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Diagnostic] = []
        parser = _parser(text)
        self.tags = "!" in text
        self.next: Callable[[], Any] = parser.get_event
        if len(text) > NODES:
            self.next = self._counted(parser.get_event)

    def _counted(self, get_event: Callable[[], Any]) -> Callable[[], Any]:
        """Bound the events of a long text; a shorter one cannot have so many."""
        left = 2 * NODES

        def get() -> Any:  # noqa: ANN401 - libyaml's events are untyped
            nonlocal left
            left -= 1
            event = get_event()
            if left < 0:
                self.give_up(event, "too-many-nodes", msg("the document has more than {limit} values", limit=NODES))
            return event

        return get

    def fault(self, event: Any, code: str, message: Message, remedy: Message | None = None) -> None:  # noqa: ANN401 - same
        """Keep a fault at an event's place."""
        start, end = _extent(event)
        self.faults.append(Diagnostic(code, span(self.file, self.text, start, end), message, remedy))
        if len(self.faults) >= REPORTED:
            raise _HopelessError

    def give_up(self, event: Any, code: str, message: Message, remedy: Message | None = None) -> NoReturn:  # noqa: ANN401 - same
        """Keep a fault and stop reading."""
        self.fault(event, code, message, remedy)
        raise _HopelessError

    def document(self) -> object:
        """Build the one document of the stream."""
        self.next()
        event = self.next()
        if type(event) is StreamEndEvent:
            return None
        data = self.value(self.next(), 0)
        self.next()
        event = self.next()
        if type(event) is not StreamEndEvent:
            self.give_up(event, "several-documents", msg("a second document starts here: a file holds one"))
        return data

    def value(self, event: Any, depth: int) -> Any:  # noqa: ANN401 - both are whatever the file holds
        """Build the value that an event starts."""
        kind = type(event)
        if kind is ScalarEvent:
            return self.scalar(event)
        if kind is AliasEvent:
            self.fault(event, "alias", msg("“*{name}” is a YAML alias", name=event.anchor), msg("write the value out"))
            return None
        if event.tag is not None:
            self.tagged(event)
        if depth >= DEPTH:
            self.give_up(event, "too-deep", *TOO_DEEP)
        return self.mapping(depth + 1) if kind is MappingStartEvent else self.sequence(depth + 1)

    def scalar(self, event: Any) -> Any:  # noqa: ANN401 - same
        """Read a scalar: unquoted it may be a number or a truth value, quoted it is a text."""
        text: str = event.value
        unquoted, quoted = event.implicit
        if unquoted:
            return plain(text) if len(text) <= DIGITS else text
        if not quoted:
            self.tagged(event)
        return text

    def tagged(self, event: Any) -> None:  # noqa: ANN401 - same
        """Refuse a tag."""
        start = event.start_mark.index
        written = self.text[start : start + 40].split(maxsplit=1)[0]
        remedy = msg("leave it out, or put quotes around a text that starts with !")
        self.fault(event, "tag", msg("“{tag}” is a YAML tag", tag=written), remedy)

    def sequence(self, depth: int) -> list[Any]:
        """Build a list, up to its end; short texts, which most answers are, are spelled out as in `mapping`."""
        result: list[Any] = []
        get, scalar_event, words, tags = self.next, ScalarEvent, WORDS, self.tags
        while True:
            event = get()
            if type(event) is scalar_event:
                text = event.value
                result.append(self.scalar(event) if text < ":" or text in words or tags else text)
            elif type(event) is SequenceEndEvent:
                return result
            else:
                result.append(self.value(event, depth))

    def mapping(self, depth: int) -> dict[str, Any]:
        """Build a mapping, up to its end. The common cases are spelled out, because this is where the time goes."""
        result: dict[str, Any] = {}
        get, scalar_event, words, tags = self.next, ScalarEvent, WORDS, self.tags
        while True:
            event = get()
            if type(event) is scalar_event:
                name = event.value
                if name < ":" or name in words or tags:
                    name = self.key(event)
            elif type(event) is MappingEndEvent:
                return result
            else:
                name = self.no_key(event, depth)
            if name in result:
                self.duplicate(event, name)
            event = get()
            if type(event) is scalar_event:
                # Every number sorts before ":"; what else is not a text is one of a few words.
                text = event.value
                result[name] = self.scalar(event) if text < ":" or text in words or tags else text
            elif type(event) is MappingStartEvent and event.tag is None and depth < DEPTH:
                result[name] = self.mapping(depth + 1)
            elif type(event) is SequenceStartEvent and event.tag is None and depth < DEPTH:
                result[name] = self.sequence(depth + 1)
            else:
                result[name] = self.value(event, depth)

    def key(self, event: Any) -> str:  # noqa: ANN401 - same
        """Spell a key that may be a number, a truth value or nothing."""
        name = self.scalar(event)
        if name is None:
            self.fault(event, "key-type", msg("a key is empty here"), msg("write a name before the colon"))
        return key(name)

    def no_key(self, event: Any, depth: int) -> str:  # noqa: ANN401 - same
        """Refuse a list, a mapping or an alias as a key, and read past it."""
        if type(event) is not AliasEvent:
            self.fault(
                event,
                "key-type",
                msg("a list or a mapping cannot be a key"),
                msg("put quotes around a text that starts with [ or {{"),
            )
        return f"\0{event.start_mark.index}{self.value(event, depth)!r:.0}"

    def duplicate(self, event: Any, name: str) -> None:  # noqa: ANN401 - same
        """Refuse a key given twice."""
        self.fault(
            event,
            "duplicate-key",
            msg("the key “{key}” is given twice in one mapping", key=name),
            msg("keep one of them; the first is further up"),
        )


def parse(file: str, text: str) -> tuple[object, list[Diagnostic]]:
    """Build the data of a YAML text; with an error among the diagnostics there is no data."""
    faults: list[Diagnostic] = []
    try:
        builder = _Builder(file, text)
        faults = builder.faults
        data = builder.document()
    except _HopelessError:
        return None, faults
    except yaml.YAMLError as error:
        return None, [*faults, complaint(file, text, error)]
    return (None if faults else data), faults


def places(text: str) -> Place:
    """Make the tree of places of a text; of one that cannot be read, as far as it goes."""
    root = Place(0, 1)
    try:
        parser = _parser(text)
        event: Any = parser.get_event()
        while not isinstance(event, NodeEvent):
            if type(event) is StreamEndEvent:
                return root
            event = parser.get_event()
        _place(root, event, parser.get_event, 0)
    except (yaml.YAMLError, _HopelessError):
        pass
    return root


def _place(place: Place, event: Any, get: Callable[[], Any], depth: int) -> None:  # noqa: ANN401 - untyped events
    """Fill in a place from the events of its value."""
    place.start, place.end = _extent(event)
    if depth > DEPTH:
        raise _HopelessError
    if type(event) is ScalarEvent:
        place.scalar = event.value
    elif type(event) is SequenceStartEvent:
        while type(event := get()) is not SequenceEndEvent:
            place.children[len(place.children)] = child = Place(0, 0)
            _place(child, event, get, depth + 1)
        place.end = max(place.end, place.start + 1)
    elif type(event) is MappingStartEvent:
        while type(event := get()) is not MappingEndEvent:
            child = Place(0, 0)
            name = ""
            if type(event) is ScalarEvent:
                name = key(plain(event.value)) if event.implicit[0] else event.value
                child.key_start, child.key_end = _extent(event)
            else:
                _place(Place(0, 0), event, get, depth + 1)
            _place(child, get(), get, depth + 1)
            # An empty value has no extent of its own: it is shown where its key is.
            if child.end <= child.start and child.key_start is not None:
                child.start, child.end = child.key_start, child.key_end
            place.children.setdefault(name, child)
            if place.end <= place.start:
                place.end = child.key_end
