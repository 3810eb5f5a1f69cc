"""Every standard, observation and photo in the repository is sound, bilingual and set as its language is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.model.standard import Standard
from servaudit.scoring.planner import compile_standard
from servaudit.sources import read

ROOT = Path(__file__).parents[2]


def documents(*folders):
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.yaml"))]
    return {path: read(path).data for path in paths if path.name != "expected.yaml"}


DELIVERED = documents("standards", "examples")
DOCUMENTS = DELIVERED | documents("tests/cases/acceptance", "tests/cases/library")
STANDARDS = [
    pytest.param(path, id=path.relative_to(ROOT).as_posix())
    for path, data in DOCUMENTS.items()
    if data["kind"] == "standard"
]
LIBRARY = [path for path in DOCUMENTS if path.is_relative_to(ROOT / "standards")]
READ_BY_PEOPLE = {"title", "text", "guidance", "why", "good", "bad", "label", "description", "scenario", "help"}
SAID = {"note", "verbatim", "reason"}
BREAKS = re.compile(r"\S [;:?»%]|\S !(?!=)|« ")
STRAIGHT = re.compile(r"\w'\w")


def walk(node, path=()):
    """Yield every value of a document with the keys that lead to it."""
    yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from walk(value, (*path, key))


def criteria_of(path):
    """List the criteria of a standard as its file has them."""
    return [one for keys, node in walk(DOCUMENTS[path]) if keys[-1:] == ("criteria",) and isinstance(node, list)
            for one in node if isinstance(one, dict)]  # fmt: skip


@pytest.mark.parametrize("path", STANDARDS)
def test_a_standard_loads_and_compiles_without_a_word(path):
    loaded = Library().open(read(path))
    assert isinstance(loaded.value, Standard)
    assert [str(one.message) for one in loaded.diagnostics] == []
    assert [str(one.message) for one in compile_standard(loaded.value).problems] == []


def test_a_library_standard_stands_in_a_file_of_its_name_and_in_the_list():
    listed = (ROOT / "standards" / "README.md").read_text("utf-8")
    assert LIBRARY
    for path in LIBRARY:
        assert DOCUMENTS[path]["id"] == path.stem
        assert f"`{path.stem}`" in listed


@pytest.mark.parametrize(
    "path", [path for path in LIBRARY if DOCUMENTS[path].get("parameters")], ids=lambda path: path.stem
)
def test_no_title_of_a_rule_repeats_a_parameter_that_a_checklist_may_change(path):
    data = DOCUMENTS[path]
    for place, node in walk({"scoring": data["scoring"], "rollup": data.get("rollup", {})}):
        named = re.findall(r"parameters\.(\w+)", str(node)) if isinstance(node, dict) else []
        words = str([node[key] for key in ("title", "text") if key in node]) if named else ""
        figures = set(re.findall(r"\d+(?:\.\d+)?", words))
        assert figures.isdisjoint(str(data["parameters"][name]) for name in named), place


def test_every_document_tells_the_editor_where_its_schema_is():
    for path, data in DOCUMENTS.items():
        first = path.read_text("utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.partition("=")[2]).resolve() == ROOT / f"docs/schemas/{data['kind']}.json", path


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in LIBRARY])
def test_a_document_of_the_library_is_sound_where_warnings_count(path):
    assert [f"{one.where}: {one.message}" for one in Audit(Library()).check(read(path))] == []


@pytest.mark.parametrize(
    "criterion", [pytest.param(one, id=f"{path.stem}-{one['id']}") for path in LIBRARY for one in criteria_of(path)]
)
def test_every_criterion_of_the_library_says_how_to_judge_and_why_and_what_both_sides_look_like(criterion):
    assert "guidance" in criterion
    if "info" not in criterion.get("scale", ""):  # what is only recorded is neither good nor bad
        assert criterion["why"]
        assert criterion["examples"].keys() == {"good", "bad"}


def test_every_text_that_is_delivered_is_in_french_and_english():
    seen = 0
    for path, data in DELIVERED.items():
        if data["kind"] == "observation" or (data["kind"] == "checklist" and path not in LIBRARY):
            continue
        texts = [
            (keys, node) for keys, node in walk(data) if keys and (keys[-1] in READ_BY_PEOPLE or keys == ("source",))
        ]
        texts = [(keys, node) for keys, node in texts if "pictures" not in keys]
        texts += [(keys, node) for keys, node in walk(data) if isinstance(node, dict) and {"fr", "en"} & node.keys()]
        seen += len(texts)
        assert [keys for keys, node in texts if not isinstance(node, dict) or set(node) != {"fr", "en"}] == [], path
    assert seen > 1000


def test_the_english_is_set_as_english():
    seen = 0
    for path, data in DELIVERED.items():
        for keys, node in walk(data):
            if isinstance(node, str) and "en" in keys:
                seen += 1
                assert not re.search(r"[«»]|\s[:;!?](?!=)|\u00a0[:;!?%]", node), (path.name, keys, node)
                assert not STRAIGHT.search(node), (path.name, keys, node)
    assert seen > 1000


def test_the_french_is_set_as_french():
    seen = 0
    for path, data in DOCUMENTS.items():
        own = data.get("language") == "fr" and data["kind"] == "observation"
        for keys, node in walk(data):
            if isinstance(node, str) and ("fr" in keys or (own and SAID & set(keys))):
                seen += 1
                assert not BREAKS.search(node), (path.name, keys, node)
                assert not STRAIGHT.search(node), (path.name, keys, node)
    assert seen > 100


def test_the_photos_are_small_and_tell_nothing_of_who_took_them():
    photos = sorted((ROOT / "examples").rglob("*.jpg"))
    assert photos
    for photo in photos:
        assert photo.stat().st_size < 40_000
        with Image.open(photo) as image:
            assert not image.getexif()
