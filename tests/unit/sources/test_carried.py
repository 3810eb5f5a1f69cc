"""Photos carried in a JSON observation: bounded, set apart while the text is parsed, hashed and read as files are."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from servaudit import sources
from servaudit.load import load
from servaudit.model.observation import Observation
from servaudit.sources import carried
from servaudit.sources.evidence import hash_carried, read_photo

if TYPE_CHECKING:
    from pathlib import Path


def picture(side: int = 8) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(file, "JPEG")
    return file.getvalue()


PICTURE = picture()
ADDRESS = f"data:image/jpeg;base64,{base64.b64encode(PICTURE).decode()}"


def document(**more: Any) -> dict[str, Any]:
    return {"kind": "observation", "standard": "s@1.0.0", "visit": {"id": "v"}, "answers": {}, **more}


def read(path: Path, data: object) -> sources.Source:
    path.write_text(json.dumps(data, indent=1), "utf-8")
    return sources.read(path)


def test_photos_come_back_whole_and_the_places_of_the_rest_stay_right(tmp_path: Path) -> None:
    source = read(tmp_path / "v.json", document(photos={"photos/a.jpg": ADDRESS, "b.jpg": ADDRESS}, note="« ça »"))
    assert source.data["photos"] == {"photos/a.jpg": ADDRESS, "b.jpg": ADDRESS}  # type: ignore[index]
    lines = (tmp_path / "v.json").read_text("utf-8").splitlines()
    place = source.locate(("note",))
    assert lines[place.line - 1].strip().startswith('"note"')
    assert "base64," not in source.text
    assert load(source, Observation).value is not None


def test_the_hash_of_the_document_covers_its_photos(tmp_path: Path) -> None:
    one = read(tmp_path / "a.json", document(photos={"a.jpg": ADDRESS}))
    other = f"data:image/jpeg;base64,{base64.b64encode(picture(9)).decode()}"
    assert one.sha256 != read(tmp_path / "b.json", document(photos={"a.jpg": other})).sha256
    assert one.sha256 == hashlib.sha256((tmp_path / "a.json").read_bytes()).hexdigest()


def test_a_file_of_photos_may_be_larger_than_a_document_but_its_text_may_not(tmp_path: Path) -> None:
    large = f"data:image/jpeg;base64,{base64.b64encode(PICTURE * 20_000).decode()}"
    assert len(large) > sources.LIMIT
    assert read(tmp_path / "photos.json", document(photos={"a.jpg": large})).usable
    text = read(tmp_path / "text.json", document(note="x" * sources.LIMIT))
    assert [one.code for one in text.diagnostics] == ["file-too-large"]
    numbers = read(tmp_path / "numbers.json", document(answers={"a": [1] * (sources.LIMIT // 2)}))
    assert [one.code for one in numbers.diagnostics] == ["file-too-large"]
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(sources.CARRIED + 1)
    assert [one.code for one in sources.read(tmp_path / "huge.json").diagnostics] == ["file-too-large"]


def test_a_mark_that_somebody_wrote_brings_no_photo_where_it_stands(tmp_path: Path) -> None:
    mark = "data:image/;photo,0"
    source = read(tmp_path / "v.json", document(note=mark, photos={"a.jpg": ADDRESS, "b.jpg": "data:image/;photo,7"}))
    assert source.data["note"] == mark  # type: ignore[index]
    assert source.data["photos"]["b.jpg"] == "data:image/;photo,7"  # type: ignore[index]
    assert [one.code for one in load(source, Observation).diagnostics] == ["bad-value"]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/a.jpg",
        "../a.jpg",
        "photos/../../a.jpg",
        "c:a.jpg",
        "a\\b.jpg",
        "a.exe",
        "a.jpg/..",
        "",
        ".jpg",
        "a\nb.jpg",
    ],
)
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    loaded = load(read(tmp_path / "v.json", document(photos={name: ADDRESS})), Observation)
    assert loaded.value is None
    assert {one.severity for one in loaded.diagnostics} == {"error"}


ADDRESSES = (
    "https://example.org/a.jpg",
    "data:text/html;base64,AAAA",
    "data:image/svg+xml;base64,AAAA",
    "data:image/jpeg;base64,<svg>",
    "data:image/jpeg,abc",
    "",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_pictures_in_base64_are_photos(tmp_path: Path, address: str) -> None:
    assert load(read(tmp_path / "v.json", document(photos={"a.jpg": address})), Observation).value is None


def test_a_carried_photo_is_hashed_as_the_file_it_becomes() -> None:
    assert hash_carried("a.jpg", ADDRESS).sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert hash_carried("a.jpg", ADDRESS, limit=10).code == "evidence-unreadable"
    text = f"data:image/jpeg;base64,{base64.b64encode(b'<script>' * 9).decode()}"
    assert hash_carried("a.jpg", text).code == "evidence-not-image"
    assert hash_carried("a.jpg", "data:image/jpeg;base64,A").code == "evidence-unreadable"


def test_a_report_reads_carried_photos_and_refuses_what_is_none(tmp_path: Path) -> None:
    text = f"data:image/jpeg;base64,{base64.b64encode(b'<script>' * 9).decode()}"
    path = str(tmp_path / "v.json")
    read(tmp_path / "v.json", document(photos={"photos/a.jpg": ADDRESS, "b.jpg": text}))
    carried.photos_in.cache_clear()
    assert read_photo(path, "photos/a.jpg") == PICTURE
    assert read_photo(path, "photos/a.jpg", limit=10) is None
    assert read_photo(path, "b.jpg") is None
    assert read_photo(path, "c.jpg") is None


def test_another_text_of_the_standard_is_told(tmp_path: Path) -> None:
    source = read(tmp_path / "v.json", document(made_from={"s@1.0.0": "a" * 64}))
    assert source.unlike([("s@1.0.0", "a" * 64), ("t@1.0.0", "b" * 64)]) == []
    assert [one.code for one in source.unlike([("s@1.0.0", "b" * 64)])] == ["made-from"]
    assert load(source, Observation).value is not None
    assert load(read(tmp_path / "w.json", document(made_from={"s@1.0.0": "short"})), Observation).value is None
