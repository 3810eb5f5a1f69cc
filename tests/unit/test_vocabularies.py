import hashlib
from pathlib import Path

import pytest

from servaudit import resources
from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.model.standard import Standard
from servaudit.sources import parse, read

VOCABULARY = """\
kind: vocabulary
id: house
version: 1.0.0
language: fr
title: Le vocabulaire de la maison
facets:
  stage: {title: Étape, values: {welcome: Accueil, closing: Clôture}}
scales:
  often: {choices: {always: {points: 2, label: Toujours}, never: {points: 0, label: Jamais}}}
"""
STANDARD = """\
kind: standard
id: shop
version: 1.0.0
language: en
title: A shop
use: [house@1.0.0]
facets: {channel: {values: {phone: By phone}}}
criteria:
  - {id: greeted, text: Greeted, facets: {stage: welcome, channel: phone}, scale: often}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("house.yaml").write_text(VOCABULARY, "utf-8")
    Path("shop.yaml").write_text(STANDARD, "utf-8")
    return tmp_path


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


def found(path: str = "shop.yaml", library: Library | None = None) -> list[tuple[str, str]]:
    """Every problem of a file: its code and its place."""
    return [(one.code, str(one.where)) for one in Audit(library or Library()).check(read(path))]


def opened(path: str = "shop.yaml"):
    loaded = Library().open(read(path))
    assert isinstance(loaded.value, Standard), loaded.diagnostics
    return loaded


def test_a_standard_has_the_facets_and_scales_of_the_vocabularies_it_uses():
    standard = opened().value
    assert found() == []
    assert list(standard.facets) == ["stage", "channel"]
    assert list(standard.facets["stage"].values) == ["welcome", "closing"]
    assert standard.scales["often"].choices["always"].points == 2
    assert standard.borrowed == {("facets", "stage"), ("scales", "often")}


def test_a_plain_text_of_a_vocabulary_stays_in_its_language():
    standard = opened().value
    assert standard.facets["stage"].title == {"fr": "Étape"}
    assert standard.facets["stage"].values["closing"] == {"fr": "Clôture"}
    assert standard.scales["often"].choices["never"].label == {"fr": "Jamais"}
    assert standard.facets["channel"].values["phone"] == {"": "By phone"}


def test_a_standard_that_uses_none_is_what_it_was():
    change("shop.yaml", "use: [house@1.0.0]\n", "")
    change("shop.yaml", "stage: welcome, ", "")
    change("shop.yaml", ", scale: often", "")
    source = read("shop.yaml")
    loaded = Library().open(source)
    assert loaded.source is source
    assert loaded.value.borrowed == frozenset()


def test_the_hash_is_that_of_the_standard_followed_by_its_vocabularies_in_the_order_of_use():
    Path("other.yaml").write_text(
        "kind: vocabulary\nid: other\nversion: 2.0.0\ntitle: O\nfacets: {a: {values: {b: B}}}\n", "utf-8"
    )
    change("shop.yaml", "[house@1.0.0]", "[other@2.0.0, house@1.0.0]")
    whole = b"".join(Path(name).read_bytes() for name in ("shop.yaml", "other.yaml", "house.yaml"))
    assert opened().source.sha256 == hashlib.sha256(whole).hexdigest()


def test_the_hash_does_not_depend_on_line_ends_and_keeps_a_byte_order_mark():
    before = opened().source.sha256
    data = Path("house.yaml").read_bytes()
    Path("house.yaml").write_bytes(data.replace(b"\n", b"\r\n"))
    assert opened().source.sha256 == before
    Path("house.yaml").write_bytes(b"\xef\xbb\xbf" + data)
    whole = Path("shop.yaml").read_bytes() + Path("house.yaml").read_bytes()
    assert opened().source.sha256 == hashlib.sha256(whole).hexdigest()


def test_a_vocabulary_is_found_where_standards_are(folder, monkeypatch):
    def moved(place: str) -> list[tuple[str, str]]:
        target = folder / place / "v.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(VOCABULARY, "utf-8")
        problems = found(library=Library(("given",)))
        target.unlink()
        return problems

    Path("house.yaml").unlink()
    assert [code for code, _ in found()] == ["vocabulary-not-found"]
    for place in ("", "standards", "standards/deep", "given"):
        assert moved(place) == []
    monkeypatch.setattr(resources, "standards", lambda: folder / "delivered")
    assert moved("delivered") == []


def test_what_is_delivered_uses_what_is_delivered(folder, monkeypatch):
    delivered = folder / "delivered"
    delivered.mkdir()
    Path("shop.yaml").rename(delivered / "shop.yaml")
    (delivered / "house.yaml").write_text(VOCABULARY, "utf-8")
    change("house.yaml", "Accueil", "Réception")
    monkeypatch.setattr(resources, "standards", lambda: delivered)
    Path("visit.yaml").write_text(
        "kind: observation\nstandard: shop@1.0.0\nvisit: {id: v}\nanswers: {greeted: always}\n"
    )
    (scored,) = Audit(Library()).visit(read("visit.yaml")).scored
    whole = (delivered / "shop.yaml").read_bytes() + (delivered / "house.yaml").read_bytes()
    assert scored.standard.sha256 == hashlib.sha256(whole).hexdigest()


def test_a_vocabulary_that_is_not_there_is_said_at_its_place_with_what_was_meant():
    change("shop.yaml", "house@", "housse@")
    (only,) = Audit(Library()).check(read("shop.yaml"))
    assert (only.code, str(only.where)) == ("vocabulary-not-found", "shop.yaml:6:7")
    assert str(only.help) == "did you mean “house”?"


def test_another_version_is_said_with_those_that_are_there():
    change("shop.yaml", "house@1.0.0", "house@1.1.0")
    (only,) = Audit(Library()).check(read("shop.yaml"))
    assert (only.code, str(only.where)) == ("version-mismatch", "shop.yaml:6:7")
    assert "1.0.0 (house.yaml)" in str(only.help)


def test_two_different_files_of_one_version_are_refused():
    Path("standards").mkdir()
    Path("standards/house.yaml").write_text(VOCABULARY.replace("Étape", "Moment"), "utf-8")
    assert found() == [("standard-conflict", "shop.yaml:6:7")]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("title: Le", "titel: Le", ["unknown-key", "standard-invalid"]),
        ("points: 2", "points: ten", ["wrong-type", "standard-invalid"]),
        ("label: Jamais", "label: Toujours", ["scale-shape", "standard-invalid"]),
        ("facets:", "use: [shop@1.0.0]\nfacets:", ["unknown-key", "standard-invalid"]),
        ("facets:", "source: *facets\nfacets: &facets", ["alias", "standard-invalid"]),
    ],
)
def test_a_vocabulary_with_faults_is_said_in_both_files(old, new, codes):
    change("house.yaml", old, new)
    problems = found()
    assert [code for code, _ in problems] == codes
    assert problems[0][1].startswith("house.yaml:")
    assert problems[-1][1] == "shop.yaml:6:7"


def test_a_document_of_another_kind_is_no_vocabulary():
    change("shop.yaml", "house@1.0.0", "shop@1.0.0")
    assert found() == [("vocabulary-not-found", "shop.yaml:6:7")]


def test_a_vocabulary_named_twice_is_refused():
    change("shop.yaml", "[house@1.0.0]", "[house@1.0.0, house@1.0.0]")
    assert found() == [("duplicate-id", "shop.yaml:6:20")]


def test_too_many_vocabularies_are_refused():
    change("shop.yaml", "[house@1.0.0]", f"[{', '.join(f'v{n}@1.0.0' for n in range(21))}]")
    assert found() == [("bad-value", "shop.yaml:6:6")]


def test_a_reference_that_is_none_is_refused():
    change("shop.yaml", "[house@1.0.0]", "[house]")
    (only,) = Audit(Library()).check(read("shop.yaml"))
    assert (only.code, str(only.where)) == ("bad-value", "shop.yaml:6:7")
    assert "house@0.0.0" in str(only.help) or "house@1.0.0" in str(only.help)


def test_a_facet_or_scale_of_its_own_that_a_vocabulary_declares_is_refused_at_its_key():
    change("shop.yaml", "facets: {channel:", "facets: {stage: {values: {welcome: Hello}}, channel:")
    change("shop.yaml", "criteria:", "scales: {often: {choices: {a: 1, b: 0}}}\ncriteria:")
    problems = Audit(Library()).check(read("shop.yaml"))
    assert [(one.code, str(one.where)) for one in problems] == [
        ("vocabulary-clash", "shop.yaml:7:10"),
        ("vocabulary-clash", "shop.yaml:8:10"),
    ]
    assert "house@1.0.0" in str(problems[0].message)


def test_one_id_of_two_vocabularies_is_refused_at_the_second():
    Path("other.yaml").write_text(VOCABULARY.replace("id: house", "id: other"), "utf-8")
    change("shop.yaml", "[house@1.0.0]", "[house@1.0.0, other@1.0.0]")
    problems = Audit(Library()).check(read("shop.yaml"))
    assert {(one.code, str(one.where)) for one in problems} == {("vocabulary-clash", "shop.yaml:6:20")}
    assert [str(one.message) for one in problems] == [
        "facet “stage” is declared by house@1.0.0 and by other@1.0.0",
        "scale “often” is declared by house@1.0.0 and by other@1.0.0",
    ]


def test_unknown_facets_and_scales_know_those_of_the_vocabulary():
    change("shop.yaml", "stage: welcome", "stage: welcom")
    change("shop.yaml", "scale: often", "scale: oftne")
    helps = {one.code: str(one.help) for one in Audit(Library()).check(read("shop.yaml"))}
    assert helps == {"unknown-facet": "did you mean “welcome”?", "scale-unknown": "did you mean “often”?"}


def test_a_vocabulary_is_checked_as_a_document_of_its_own():
    assert found("house.yaml") == []
    change("house.yaml", "label: Jamais", "label: Toujours")
    assert found("house.yaml") == [("scale-shape", "house.yaml:9:66")]
    Path("house.yaml").write_text("kind: vocabulary\nid: house\nversion: 1.0.0\ntitle: T\n", "utf-8")
    assert found("house.yaml") == [("vocabulary-empty", "house.yaml:1:1")]


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("house.yaml", "title: Le", "titel: Le", [("unknown-key", "house.yaml"), ("standard-invalid", "shop.yaml")]),
        ("house.yaml", "Jamais", "Toujours", [("scale-shape", "house.yaml"), ("standard-invalid", "shop.yaml")]),
        ("house.yaml", "id: house", "id: home", [("vocabulary-not-found", "shop.yaml")]),
        ("house.yaml", "version: 1.0.0", "version: 2.0.0", [("version-mismatch", "shop.yaml")]),
        ("shop.yaml", "facets: {channel:", "facets: {stage:", [("vocabulary-clash", "shop.yaml")]),
    ],
)
def test_a_fault_of_what_a_visit_names_is_told_once_and_the_visit_is_not_scored(path, old, new, told):
    change(path, old, new)
    audit = Audit(Library())
    Path("elsewhere").mkdir()
    for number, name in enumerate(("one.yaml", "two.yaml", "elsewhere/three.yaml")):
        text = f"kind: observation\nstandard: shop@1.0.0\nvisit: {{id: v{number}}}\nanswers: {{greeted: always}}\n"
        audited = audit.visit(parse(name, text.encode()))
        assert audited.scored == ()
        faults = [(one.code, one.file) for one in audited.diagnostics]
        assert faults == [*(told if number == 0 else []), ("standard-invalid", name)]


def test_a_vocabulary_in_json_is_read_like_one_in_yaml():
    Path("house.yaml").unlink()
    Path("house.json").write_text(
        '{"facets": {"stage": {"values": {"welcome": "A"}}}, "id": "house", "kind": "vocabulary", "scales":'
        ' {"often": {"choices": {"always": 1, "never": 0}}}, "title": "H", "version": "1.0.0"}'
    )
    assert found() == []
    whole = Path("shop.yaml").read_bytes() + Path("house.json").read_bytes()
    assert opened().source.sha256 == hashlib.sha256(whole).hexdigest()


def test_a_visit_comes_to_the_same_as_with_a_standard_that_declares_it_all_itself():
    visit = "kind: observation\nstandard: {name}@1.0.0\nvisit: {{id: v}}\nanswers: {{greeted: {answer}}}\n"
    declared = VOCABULARY[VOCABULARY.index("  stage:") : VOCABULARY.index("scales:")]
    scales = VOCABULARY[VOCABULARY.index("scales:") :]
    text = (
        STANDARD.replace("id: shop", "id: inline")
        .replace("use: [house@1.0.0]\n", "")
        .replace("language: en", "language: fr")
    )
    text = text.replace(
        "facets: {channel: {values: {phone: By phone}}}\n",
        f"facets:\n{declared}  channel: {{values: {{phone: x}}}}\n{scales}",
    )
    Path("inline.yaml").write_text(text, "utf-8")
    for answer in ("always", "Jamais", "na"):
        cards = []
        for name in ("shop", "inline"):
            source = parse("v.yaml", visit.format(name=name, answer=answer).encode())
            (scored,) = Audit(Library()).visit(source).scored
            cards.append(scored.card)
        one, other = cards
        assert one.criteria == other.criteria
        assert one.facets == other.facets
        assert (one.score, one.bounds, one.verdict) == (other.score, other.bounds, other.verdict)
