"""Opens the package of a workbook from outside: its parts within bounds, as XML without document types."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from servaudit.diagnostics import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 32 * 1024 * 1024
"""Bytes that the file of a workbook may have; photos in it count."""
ENTRIES = 4000
"""Parts that a package may list."""
PART = 48 << 20
"""Bytes of one part, unpacked."""
TOTAL = 96 << 20
"""Bytes of all the parts read of one package, unpacked."""
RATIO = 400
"""How many times larger than packed a part may be, when it is larger than a mebibyte: real sheets reach about 60."""


class PackageError(Exception):
    """The file is not a workbook, or not one that is safe to read; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message | None = None, code: str = "workbook-unreadable") -> None:
        super().__init__(str(message))
        self.message, self.help, self.code = message, help_, code


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: `target` is the name of a part, or an address when `external`."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a package, unpacked when they are asked for; PackageError wherever a bound is passed."""

    def __init__(self, content: bytes) -> None:
        if len(content) > SIZE:
            raise _too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise _no_package(content) from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise _too_large()
        self.entries = {entry.filename.lstrip("/"): entry for entry in entries if not entry.is_dir()}
        self._left = TOTAL

    def __contains__(self, part: str) -> bool:
        return part in self.entries

    def read(self, part: str) -> bytes:
        """Unpack one part."""
        entry = self.entries.get(part)
        if entry is None:
            raise PackageError(msg("the workbook lacks its part “{part}”", part=part))
        if entry.flag_bits & 1:
            raise _locked()
        bound = min(PART, self._left)
        if entry.file_size > bound or (
            entry.file_size > 1 << 20 and entry.file_size > RATIO * max(1, entry.compress_size)
        ):
            raise _too_large()
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise PackageError(
                msg("the workbook is damaged: its part “{part}” cannot be unpacked", part=part)
            ) from error
        if len(content) > bound:
            raise _too_large()
        self._left -= len(content)
        return content

    def xml(self, part: str) -> ET.Element:
        """Read one part as XML. Document types, and with them entities, are refused, as are other encodings."""
        content = self.read(part)
        if b"<!DOCTYPE" in content:
            raise PackageError(msg("the part “{part}” declares a document type, which no workbook does", part=part))
        try:
            # The encoding is said here and not left to the part, so that nothing hides from the search above.
            return ET.XML(content, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - no document type, no entity: see above
        except (ET.ParseError, ValueError, LookupError) as error:
            raise PackageError(msg("the workbook is damaged: its part “{part}” is not XML", part=part)) from error

    def relations(self, part: str) -> Iterator[Relation]:
        """Give what a part refers to; `""` is the package itself."""
        folder, name = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{name}.rels")
        if own not in self:
            return
        for element in self.xml(own):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)


def _too_large() -> PackageError:
    return PackageError(
        msg("the workbook is larger, or unpacks to more, than any checklist"),
        msg("keep photos and recordings in files of their own, and delete the empty rows below the table"),
        "workbook-too-large",
    )


def _locked() -> PackageError:
    return PackageError(msg("the workbook is locked by a password"), msg("save it again without a password"))


def _no_package(content: bytes) -> PackageError:
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of .xls, and of an .xlsx that is encrypted
        return PackageError(
            msg("the workbook is locked by a password, or of the old format .xls"),
            msg("open it and save it as .xlsx, without a password"),
        )
    return PackageError(msg("this is not a workbook"), msg("save it from Excel or LibreOffice as .xlsx"))
