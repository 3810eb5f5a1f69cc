"""Photos in a page: real pictures only, upright, small, and without what cameras write beside them."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from servaudit.render.photos import SIDE, Photo, Photos, shrunk


def encoded(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def opened(photo: Photo | None) -> Image.Image:
    assert photo is not None
    head, _, body = photo.address.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(base64.b64decode(body)))


def test_a_photo_is_made_small_and_keeps_its_shape() -> None:
    photo = shrunk(encoded(Image.new("RGB", (4000, 3000), "teal")))
    assert photo is not None
    assert (photo.width, photo.height) == opened(photo).size == (SIDE, SIDE * 3 // 4)


def test_a_photo_taken_sideways_is_turned_upright_and_says_nothing_of_where_or_with_what() -> None:
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste("red", (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    content = encoded(picture, exif=exif, comment=b"Secret comment", quality=95)
    turned = opened(shrunk(content))
    assert turned.size == (200, 400)
    red, green, _ = turned.getpixel((100, 20))  # type: ignore[misc]
    assert red > 200
    assert green < 100
    assert not turned.getexif()
    assert b"Secret" in content
    assert b"Secret" not in base64.b64decode(shrunk(content).address.partition(",")[2])  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_other_kinds_of_picture_become_jpeg_too(form: str) -> None:
    assert opened(shrunk(encoded(Image.new("RGB", (30, 20), "teal"), form))).size == (30, 20)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "I;16", "1"])
def test_every_way_of_storing_colours_is_read(mode: str) -> None:
    assert opened(shrunk(encoded(Image.new(mode, (30, 20)), "PNG"))).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    pixel = opened(shrunk(encoded(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG"))).getpixel((5, 5))
    assert pixel == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\nnothing",
        b"<svg onload='alert(1)'/>",
        b"%PDF-1.7",
        b"GIF89a" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_is_not_carried(content: bytes) -> None:
    assert shrunk(content) is None


def test_a_picture_cut_short_is_not_carried() -> None:
    whole = encoded(Image.effect_noise((300, 300), 80).convert("RGB"))
    assert shrunk(whole[: len(whole) // 2]) is None


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    assert shrunk(bomb) is None


def test_a_photo_is_given_once_and_only_while_there_is_room() -> None:
    content = encoded(Image.effect_noise((200, 200), 80).convert("RGB"))
    size = len(shrunk(content).address)  # type: ignore[union-attr]
    photos = Photos(lambda _observation, _path: content, budget=size + size // 2)
    taken = [photos.take("visit.yaml", name) for name in ("a.jpg", "a.jpg", "b.jpg")]
    assert [photo is not None for photo in taken] == [True, False, False]


def test_a_photo_that_cannot_be_read_is_none() -> None:
    assert Photos(lambda _observation, _path: None).take(str(Path("visit.yaml")), "a.jpg") is None
