"""Pictures of a standard: what the handbook could not show is told by validate, and stops no score."""

import io

import pytest
from PIL import Image

from booklets import STANDARD


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/shop.yaml").write_text(STANDARD, "utf-8")
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path / "in"


def drawn() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    return file.getvalue()


def test_a_picture_that_is_there_is_no_fault(folder, run):
    (folder / "smile.png").write_bytes(drawn())
    assert run("validate", "shop.yaml", "--strict").err.count("[picture]") == 0


def test_a_picture_that_is_not_there_is_a_warning_at_its_name(run, folder):
    done = run("validate", "shop.yaml")
    assert folder
    assert "shop.yaml:23:26: warning[picture] there is no file “smile.png”" in done.out + done.err
    assert "in the folder of the standard" in done.out + done.err
    assert done.code == 0


def test_what_is_no_image_or_leads_outside_is_told_and_shown_nowhere(run, folder):
    picture = folder / "smile.png"
    picture.write_bytes(b"<svg/>")
    done = run("validate", "shop.yaml")
    assert "“smile.png” is not an image, although its name says so" in done.out + done.err
    picture.unlink()
    (folder.parent / "outside.png").write_bytes(drawn())
    picture.symlink_to(folder.parent / "outside.png")
    done = run("validate", "shop.yaml")
    assert "“smile.png” is not inside the standard's folder" in done.out + done.err


def test_a_score_needs_no_picture(run, folder):
    visit = "kind: observation\nstandard: shop@1.2.0\nvisit: {id: v, date: 2026-11-03, context: {big: no, staff: 1}}\n"
    (folder / "visit.yaml").write_text(visit + "answers: {smile: often, thanks: yes}\n", "utf-8")
    done = run("score", "visit.yaml")
    assert (done.code, "[picture]" in done.err) == (0, False)
