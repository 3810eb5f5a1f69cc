"""`servaudit import visit.json`: what the offline form hands over becomes text and photo files."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from servaudit import sources
from servaudit.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "examples/agence"


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def visit(tmp_path: Path) -> Callable[..., Path]:
    """Write an observation as the form does."""

    def write(name: str = "photos/step_free-abc.jpg", colour: str = "red") -> Path:
        answer = {"value": "no", "note": "Barrée", "evidence": [name]}
        data: dict[str, Any] = {
            "kind": "observation", "standard": "accueil_agence@1.2.0",
            "visit": {"id": "v1", "date": "2026-11-03", "context": {"counters_open": 3}},
            "answers": {"step_free": answer, "wait": [130], "greeted": {"yes": 4}},
            "photos": {name: f"data:image/jpeg;base64,{base64.b64encode(picture(colour)).decode()}"},
        }  # fmt: skip
        path = tmp_path / "in" / "visit.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, indent=2), "utf-8")
        return path

    return write


@pytest.fixture
def imported(run: Callable[..., Any]) -> Callable[..., Any]:
    return lambda path, target, *more: run("import", path, "--standards", EXAMPLE, "-o", target, *more)


def test_the_text_names_the_photos_that_are_put_beside_it(imported, visit, tmp_path) -> None:
    target = tmp_path / "out" / "visit.yaml"
    assert imported(visit(), target).code == Exit.DONE
    data: Any = sources.read(target).data
    assert "photos" not in data
    assert data["answers"]["step_free"]["evidence"] == ["photos/step_free-abc.jpg"]
    assert (target.parent / "photos/step_free-abc.jpg").read_bytes() == picture("red")


def test_a_photo_that_is_there_is_never_replaced_unless_that_was_asked_for(imported, visit, tmp_path) -> None:
    assert imported(visit(), tmp_path / "out/one.yaml").code == Exit.DONE
    assert imported(visit(), tmp_path / "out/two.yaml").code == Exit.DONE  # the same photo
    refused = imported(visit(colour="blue"), tmp_path / "out/three.yaml")
    assert refused.code == Exit.OUTPUT
    assert "step_free-abc.jpg" in refused.err
    assert not (tmp_path / "out/three.yaml").exists()
    assert (tmp_path / "out/photos/step_free-abc.jpg").read_bytes() == picture("red")
    assert imported(visit(colour="blue"), tmp_path / "out/three.yaml", "--force").code == Exit.DONE
    assert (tmp_path / "out/photos/step_free-abc.jpg").read_bytes() == picture("blue")


def test_no_photo_leaves_the_folder(imported, visit, tmp_path) -> None:
    assert imported(visit("../../stolen.jpg"), tmp_path / "out/a.yaml").code == Exit.INPUT
    (tmp_path / "out").mkdir()
    (tmp_path / "out/photos").symlink_to(tmp_path)
    assert imported(visit(), tmp_path / "out/b.yaml", "--force").code == Exit.OUTPUT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_on_standard_output_the_photos_are_said_not_to_be_there(run, visit) -> None:
    said = run("import", visit(), "--standards", EXAMPLE, "--lang", "en")
    assert said.code == Exit.DONE
    assert "data:image" not in said.out
    assert "photos not written: 1" in said.err


def test_the_file_is_scored_with_its_photos_as_it_is(run, visit, tmp_path) -> None:
    report = tmp_path / "report.html"
    assert run("score", visit(), "--standards", EXAMPLE, "-o", report).code == Exit.DONE
    assert "data:image/jpeg;base64," in report.read_text("utf-8")
