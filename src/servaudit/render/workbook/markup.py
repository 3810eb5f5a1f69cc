"""Reads and writes the XML of a workbook's parts with every prefix as it was written.

Excel refuses a part whose prefixes were renamed (`mc:Ignorable="x14ac"` names prefixes, not namespaces), so names are
kept as written instead of being resolved. Document types, and with them entities, are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = ET.Element
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})

_TO_ESCAPE = re.compile('[&<>"\n\t]')


class MarkupError(ValueError):
    """A part is not the XML of a workbook."""


def parse(content: bytes) -> Element:
    """Read a part; MarkupError when it is not well formed or declares a document type."""
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise MarkupError(str(error)) from error
    return builder.close()


def _refuse(*_: object) -> None:
    raise MarkupError("a workbook has no document type")


def serialise(root: Element) -> bytes:
    """Write a part."""
    content: bytes = ET.tostring(root, encoding="utf-8")
    return _DECLARATION + content


def fragment(element: Element) -> str:
    """Write an element alone, without what follows it."""
    tail, element.tail = element.tail, None
    text = ET.tostring(element, encoding="unicode")
    element.tail = tail
    return text


def local(element: Element) -> str:
    """Give an element's name without its prefix."""
    return element.tag.rpartition(":")[2]


def prefix(element: Element) -> str:
    """Give the prefix of an element, with its colon, or nothing."""
    head, colon, _ = element.tag.rpartition(":")
    return head + colon


def named(root: Element, name: str) -> Iterator[Element]:
    """Find every element of that name at any depth, whatever its prefix."""
    return (element for element in root.iter() if local(element) == name)


def child(parent: Element, name: str) -> Element | None:
    """Find the first child of that name."""
    return next((element for element in parent if local(element) == name), None)


def clean(text: str) -> str:
    """Take out what XML cannot hold, and control characters; line ends become LF."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Escape a text for an element or an attribute."""
    return text.translate(_ESCAPES) if _TO_ESCAPE.search(text) else text
