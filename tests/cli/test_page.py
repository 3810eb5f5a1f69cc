"""The page as `score` writes it: light enough to send, unfolding into the workings, with the photos of the visit."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

WORDS = "Le client qui entre est accueilli d’un regard et d’un mot, dans la demi-minute, quelle que soit l’affluence. "


def block(document: dict[str, object]) -> str:
    """Write a document as YAML, a line for each of its keys."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in document.items())


def standard(criteria: int) -> str:
    """A standard in two languages, in ten sections, with guidance everywhere and two axes of analysis."""
    said = dict.fromkeys(("fr", "en"), WORDS)
    sections = [
        {
            "id": f"section_{section}", "title": said, "weight": section + 1,
            "criteria": [
                {
                    "id": f"criterion_{section}_{number}", "text": dict.fromkeys(said, WORDS[:60]),
                    "guidance": said, "why": said,
                    "severity": ("minor", "major", "critical")[number % 3],
                    "facets": {"stage": f"v{number % 4}", "channel": f"v{section % 4}"},
                }
                for number in range(criteria // 10)
            ],
        }
        for section in range(10)
    ]  # fmt: skip
    axis = {"title": said, "values": {f"v{index}": said for index in range(4)}}
    document = {
        "kind": "standard", "id": "long", "version": "1.0.0", "language": "fr", "title": said, "sections": sections,
        "facets": {"stage": axis, "channel": axis}, "scoring": {"pass": {"score": 0.8}},
    }  # fmt: skip
    return block(document)


def visit(criteria: int, identifier: str = "lyon-1") -> str:
    answers = {
        f"criterion_{section}_{number}": {"value": "no", "note": WORDS} if number % 3 else "yes"
        for section in range(10)
        for number in range(criteria // 10)
    }
    document = {
        "kind": "observation", "standard": "long@1.0.0", "answers": answers,
        "visit": {"id": identifier, "site": "Lyon", "date": "2026-11-03"},
    }  # fmt: skip
    return block(document)


@pytest.fixture
def hundred(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("standard.yaml").write_text(standard(100), "utf-8")
    Path("visit.yaml").write_text(visit(100), "utf-8")
    return run


def test_a_page_of_a_hundred_criteria_with_all_their_workings_stays_under_300_kb(hundred):
    assert hundred("score", "visit.yaml", "-o", "page.html").code == 0
    page = Path("page.html").read_bytes()
    assert page.count(b'<details class="how">') >= 110
    assert len(page) < 300_000


def test_photos_are_carried_small_and_what_is_no_photo_is_only_named(hundred):
    seen = visit(100).replace('"criterion_0_1": {', '"criterion_0_1": {"evidence": [photo.png, fake.jpg, report.txt], ')
    Path("visit.yaml").write_text(seen, "utf-8")
    Image.new("RGB", (3000, 2000), "teal").save("photo.png")
    Path("fake.jpg").write_bytes(b"<script>alert(1)</script>")
    Path("report.txt").write_text("words", "utf-8")
    assert hundred("score", "visit.yaml", "-o", "page.html").code == 0
    page = Path("page.html").read_text("utf-8")
    (carried,) = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', page)
    assert Image.open(io.BytesIO(base64.b64decode(carried))).size == (1280, 853)
    assert ">fake.jpg" in page
    assert ">report.txt" in page


def test_beyond_two_hundred_visits_each_has_a_page_beside_the_overview(hundred):
    Path("standard.yaml").write_text(standard(10), "utf-8")
    Path("visits").mkdir()
    for number in range(201):
        Path("visits", f"{number:03}.yaml").write_text(visit(10, f"lyon-{number}"), "utf-8")
    assert hundred("score", "visits", "-o", "le réseau.html", "-q", "--lang", "en").code == 0
    page = Path("le réseau.html").read_text("utf-8")
    links = re.findall(r'<th scope="row"><a href="([^"]+)">', page)
    assert len(links) == len(set(links)) == 201
    assert page.count("<article") == 0
    texts = [Path(unquote(link)).read_text("utf-8") for link in links]
    assert [text.count("<article") for text in texts] == [1] * 201
    assert [f">lyon-{number}<" in text for number, text in enumerate(texts)] == [True] * 201
    assert all('<a href="../le%20r%C3%A9seau.html">Overview</a>' in text for text in texts)
    assert all('"schema":' in text for text in texts)


def test_two_hundred_visits_are_one_page(hundred):
    Path("standard.yaml").write_text(standard(10), "utf-8")
    Path("visits").mkdir()
    for number in range(200):
        Path("visits", f"{number:03}.yaml").write_text(visit(10, f"lyon-{number}"), "utf-8")
    assert hundred("score", "visits", "-o", "page.html", "-q").code == 0
    assert Path("page.html").read_text("utf-8").count("<article") == 200
    assert not Path("page").exists()
