"""Photos that no page could show are told by their bytes, and those of phones and cameras are not."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from servaudit.render.photos import shrunk
from servaudit.sources.photos import PIXELS, fault


def encoded(form: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((40, 30), 80).convert("RGB").save(file, form, **options)
    return file.getvalue()


WITH_THUMBNAIL = b"Exif\0\0" + encoded("JPEG")
WHOLE = {
    "jpeg": encoded("JPEG"),
    "progressive": encoded("JPEG", progressive=True),
    "thumbnail": encoded("JPEG", exif=WITH_THUMBNAIL),
    "png": encoded("PNG"),
    "webp": encoded("WEBP"),
    "gif": encoded("GIF"),
    "bmp": encoded("BMP"),
    "tiff": encoded("TIFF"),
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0\0\0\x10mdat" + b"\1" * 8,
}
CUT = ("jpeg", "progressive", "thumbnail", "png", "webp", "bmp")


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    at = WHOLE["jpeg"].index(b"\xff\xc0") + 5
    return WHOLE["jpeg"][:at] + struct.pack(">HH", height, width) + WHOLE["jpeg"][at + 4 :]


def gif(width: int, height: int) -> bytes:
    return WHOLE["gif"][:6] + struct.pack("<HH", width, height) + WHOLE["gif"][10:]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_photo_that_is_whole_has_no_fault(kind: str) -> None:
    assert fault("a", WHOLE[kind]) is None


@pytest.mark.parametrize("kind", WHOLE)
def test_what_a_phone_writes_behind_a_photo_is_no_fault(kind: str) -> None:
    """Moving pictures and the maker's own notes stand behind the photo's end."""
    assert fault("a", WHOLE[kind] + b"\0\0\0\x10SEFHmore of it") is None


@pytest.mark.parametrize("kind", CUT)
def test_a_photo_cut_short_anywhere_is_said(kind: str) -> None:
    whole = WHOLE[kind]
    left_out = range(12, len(whole), 7)
    assert [cut for cut in left_out if fault("a", whole[:cut]) is None] == []
    assert "not whole" in str(fault("a", whole[: len(whole) // 2]))


def test_a_photo_made_of_boxes_ends_where_the_last_one_does() -> None:
    assert "not whole" in str(fault("a.heic", WHOLE["avif"][:-1]))
    assert "not whole" in str(fault("a.heic", WHOLE["avif"][:20]))


@pytest.mark.parametrize("content", [b"", b"words", b"%PDF-1.7", b"<svg/>", png(0, 9), jpeg(9, 0)])
def test_what_is_no_image_is_said(content: bytes) -> None:
    assert "not an image" in str(fault("a.jpg", content))


@pytest.mark.parametrize("made", [png, jpeg, gif])
def test_more_pixels_than_a_page_shows_are_said(made) -> None:  # type: ignore[no-untyped-def] # three functions above
    assert str(fault("a", made(60_000, 60_000))) == (
        "“a” has 60000 × 60000 pixels: no page shows a photo of more than 120 million"
    )
    assert fault("a", made(12_000, PIXELS // 12_000)) is None
    assert fault("a", made(12_000, PIXELS // 12_000 + 1)) is not None


@pytest.mark.parametrize("kind", CUT)
def test_what_no_page_shows_is_never_passed_over(kind: str) -> None:
    whole = WHOLE[kind]
    silent = [
        cut for cut in range(0, len(whole), 11) if shrunk(whole[:cut]) is None and fault("a", whole[:cut]) is None
    ]
    assert silent == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + b"\xff\xe0\0\2" * 100_000,
        b"\xff\xd8" + b"\xff" * 100_000,
        b"\xff\xd8\xff\xe0\0\0" * 1000,
        b"\0\0\0\x18ftypheic" + b"\0\0\0\1mdat" + b"\0" * 8 + b"\0\0\0\1" * 9,
        b"\0\0\0\x08ftyp" * 100_000,
        b"\x89PNG\r\n\x1a\n",
        b"BM",
        b"GIF89a",
        b"RIFF\0\0",
    ],
)
def test_what_was_made_to_mislead_ends_soon_and_without_a_crash(content: bytes) -> None:
    fault("a", content)
