"""Reads and writes the package of a workbook: its parts, and how they refer to each other."""

from __future__ import annotations

import io
import posixpath
import sys
import zipfile
import zlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servaudit.render.workbook import markup

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from concurrent.futures import Future
    from typing import IO

    from servaudit.render.workbook.markup import Element

_PARTS = 10_000
_BYTES = 200 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_AHEAD = 4  # pieces that wait to be compressed
_TURN = 0.0005  # seconds after which one thread gives way to the other
_FAST = 2  # for parts in pieces, the long ones: less than half the time of the usual, for a fifth more bytes
TYPES = "[Content_Types].xml"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"


class PackageError(ValueError):
    """The file is not a workbook that can be read."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: `target` is the name of a part, or an address when `external`."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`, `image`, `chart`."""
        return self.type.rpartition("/")[2]


def unpack(content: bytes) -> dict[str, bytes]:
    """Read every part, in the package's order. Raises PackageError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _BYTES:
                raise PackageError("the workbook is too large")
            return {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackageError(str(error)) from error


def pack(parts: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> bytes:
    """Write the package, each part as it comes, whole or in pieces.

    The same parts give the same bytes, since no clock and no system shows in them.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                package.writestr(entry, content, compresslevel=_LEVEL)
                continue
            _set_level(entry)
            with package.open(entry, "w") as part:
                _write(part, content)
    return stream.getvalue()


def _write(part: IO[bytes], pieces: Iterable[bytes]) -> None:
    """Compress pieces in a thread while the next are made: zlib lets go of the interpreter.

    Between pieces the thread needs it for a moment, and would wait ten times as long for it as compressing takes.
    """
    waiting: deque[Future[int]] = deque()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        with ThreadPoolExecutor(1) as beside:
            for piece in pieces:
                waiting.append(beside.submit(part.write, piece))
                if len(waiting) > _AHEAD:
                    waiting.popleft().result()
            for written in waiting:
                written.result()
    finally:
        sys.setswitchinterval(usual)


def _set_level(entry: zipfile.ZipInfo) -> None:
    """Choose how hard a part in pieces is compressed; the name of the setting is public since Python 3.13."""
    name = "compress_level" if hasattr(entry, "compress_level") else "_compresslevel"
    setattr(entry, name, _FAST)


def relations_part(part: str) -> str:
    """Name the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """List what a part refers to."""
    content = parts.get(relations_part(part))
    if content is None:
        return []
    folder = posixpath.dirname(part)
    found = []
    for element in markup.named(markup.parse(content), "Relationship"):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(Relation(element.get("Id", ""), element.get("Type", ""), target, external))
    return found


def reachable(parts: Mapping[str, bytes], part: str, kinds: Container[str] | None = None) -> set[str]:
    """Name all that a part refers to, and what that refers to in turn; of some `kinds` only, where said."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        for relation in relations(parts, waiting.pop()):
            if not relation.external and relation.target not in found and (kinds is None or relation.kind in kinds):
                found.add(relation.target)
                waiting.append(relation.target)
    return found


def write_relations(found: list[Relation]) -> bytes:
    """Write a part of relations; targets are absolute, so that it serves a part in any folder."""
    root = markup.Element("Relationships", {"xmlns": REL})
    for relation in found:
        target = relation.target if relation.external else f"/{relation.target}"
        attributes = {"Id": relation.id, "Type": relation.type, "Target": target}
        root.append(
            markup.Element("Relationship", attributes | ({"TargetMode": "External"} if relation.external else {}))
        )
    return markup.serialise(root)


class ContentTypes:
    """The list of what each part is."""

    def __init__(self, content: bytes) -> None:
        self._root: Element = markup.parse(content)
        self._types = {element.get("PartName"): element for element in markup.named(self._root, "Override")}

    def of(self, part: str) -> str | None:
        """Tell the type declared for this very part."""
        found = self._types.get(f"/{part}")
        return None if found is None else found.get("ContentType")

    def declare(self, part: str, kind: str | None) -> None:
        """Say what a new part is; nothing when its extension says it already."""
        if kind and f"/{part}" not in self._types:
            tag = f"{markup.prefix(self._root)}Override"
            self._types[f"/{part}"] = element = markup.Element(tag, {"PartName": f"/{part}", "ContentType": kind})
            self._root.append(element)

    def forget(self, part: str) -> None:
        """Take a part off the list."""
        element = self._types.pop(f"/{part}", None)
        if element is not None:
            self._root.remove(element)

    def serialise(self) -> bytes:
        """Write the list."""
        return markup.serialise(self._root)
