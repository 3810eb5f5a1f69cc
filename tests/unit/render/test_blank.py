"""The blank observation: valid as it is, nothing observed, and everything said that is needed to fill it in."""

import json
import re

import pytest

from booklets import CHECKLIST, STANDARD, opened, sheet_of
from servaudit import sources
from servaudit.audit import Audit
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.render.blank import Visit, blank
from servaudit.report.words import clean


def written(folder, name="shop.yaml", standard=STANDARD, language="fr", site="Lyon: n° 1"):
    text = blank(
        sheet_of(opened(folder, name, standard=standard), language),
        Visit("v-1", site, "2026-11-03"),
        translator(language),
    )
    (folder / "visit.yaml").write_text(text, "utf-8")
    return text


def audited(folder):
    return Audit(Library()).visit(sources.read(folder / "visit.yaml"))


@pytest.mark.parametrize("name", ["shop.yaml", "mystery.yaml"])
def test_it_is_valid_as_it_is_and_nothing_is_observed(tmp_path, name):
    stated = STANDARD.replace("type: bool,", "type: bool, default: no,").replace(
        "type: number}", "type: number, default: 3}"
    )
    written(tmp_path, name, stated, site="Lyon")
    found = audited(tmp_path)
    assert [one for one in found.diagnostics if one.severity == "error"] == []
    assert {row.outcome for one in found.scored for row in one.card.criteria} <= {"unobserved", "not_applicable"}
    assert found.scored


def test_what_the_checklist_proposes_is_written_in(tmp_path):
    opened(tmp_path)
    fields = "  source: {default: mystery, choices: {mystery: , observer: }}\n"
    (tmp_path / "asks.yaml").write_text(CHECKLIST.replace("id: mystery", "id: asks") + fields, "utf-8")
    text = written(tmp_path, "asks.yaml")
    assert "\n  source: mystery\n" in text
    assert audited(tmp_path).scored


def test_facts_that_the_standard_needs_are_asked_for_when_it_is_scored(tmp_path):
    written(tmp_path)
    found = audited(tmp_path).diagnostics
    assert [one.code for one in found if one.severity == "error"] == ["context-missing", "context-missing"]


def test_every_criterion_has_its_key_below_its_comment(tmp_path):
    lines = written(tmp_path).splitlines()
    for number, name in enumerate(("smile", "wait", "told", "lift"), 1):
        at = lines.index(f"  {name}:")
        above = "\n".join(lines[:at])
        assert above.rindex(f"  # {number}. ") > above.rfind(":\n  #")
    assert "  #    → often (Souvent) · never (Jamais) · na (Sans objet) — {often: 7, never: 3}" in lines
    assert "  #    → 4 min 30 s · na (Sans objet) — [4 min, 6 min]" in lines
    assert "      #    → de 0 à 10 · na (Sans objet)" in lines


def test_answers_written_after_the_colons_are_scored(tmp_path):
    text = written(tmp_path)
    given = {
        "smile": "{often: 3}", "wait": "[2 min, 90 s]", "clean": "{value: no, note: Sale}", "mark": "7",
        "thanks": "oui", "said": '"Bien"', "day": "2026-11-03", "rest": "0", "told": "na",
    }  # fmt: skip
    for name, answer in given.items():
        text = re.sub(rf"^([ -]*{name}:)$", rf"\1 {answer}", text, flags=re.MULTILINE)
    text = (
        text.replace("  # context:\n", "  context:\n")
        .replace("  #   big: yes", "    big: no")
        .replace("  #   staff: 3", "    staff: 3")
    )
    (tmp_path / "visit.yaml").write_text(text, "utf-8")
    found = audited(tmp_path)
    assert [one for one in found.diagnostics if one.severity == "error"] == []
    outcomes = {row.id: row.outcome for row in found.scored[0].card.criteria}
    assert (outcomes["smile"], outcomes["wait"], outcomes["thanks"], outcomes["said"]) == (
        "met",
        "met",
        "met",
        "recorded",
    )
    assert "not_met" in {outcomes[name] for name in outcomes if name.startswith("clean")}


def test_a_section_that_repeats_is_a_list_to_go_on_with(tmp_path):
    text = written(tmp_path)
    assert re.search(r"^  rooms:\n(?:      #.*\n)+    - clean:\n(?:      #.*\n)+      mark:$", text, re.MULTILINE)


def test_sections_inside_one_that_repeats_are_set_in_its_items(tmp_path):
    inner = (
        "        sections:\n          - {id: beds, title: Lits, repeat: mean, criteria: [{id: soft, text: Doux}]}\n"
        "          - {id: walls, title: Murs, criteria: [{id: white, text: Blancs}]}\n"
    )
    stated = STANDARD.replace("type: bool,", "type: bool, default: no,").replace(
        "type: number}", "type: number, default: 3}"
    )
    written(tmp_path, standard=stated.replace("  - id: closing\n", inner + "  - id: closing\n", 1))
    answers = sources.read(tmp_path / "visit.yaml").data["answers"]
    assert answers["rooms"] == [{"clean": None, "mark": None, "beds": [{"soft": None}], "white": None}]
    found = audited(tmp_path)
    assert [one.message for one in found.diagnostics if one.severity == "error"] == []


def test_several_standards_have_their_answers_under_their_ids_and_their_versions_pinned(tmp_path):
    text = written(tmp_path, "mystery.yaml")
    assert "checklist: mystery@1.0.0  # Visite mystère\nstandards: [shop@1.2.0, desk@1.0.0]\n" in text
    assert "\n  shop:  # Boutique\n" in text
    assert "\n    tidy:\n" in text


@pytest.mark.parametrize(
    "hostile", ["a\nb: 1", "# x", "x\u2028answers: {}", "x\u0085- y", "'\"", "{{ 1 }}", "---", "x: *a", "\u202e!"]
)
def test_what_was_typed_stays_in_its_comment_or_its_value(tmp_path, hostile):
    typed = json.dumps(hostile)
    text = STANDARD.replace("en: There is a smile.", f"en: {typed}").replace("en: Shop}", f"en: {typed}}}")
    assert text.count(typed) == 2
    made = written(tmp_path, standard=text, language="en", site=f"x {hostile}")
    data = sources.read(tmp_path / "visit.yaml").data
    assert (data["visit"]["site"], list(data)) == (
        " ".join(clean(f"x {hostile}").split()), ["kind", "standard", "language", "visit", "answers"]
    )  # fmt: skip
    assert list(data["answers"]) == ["smile", "wait", "told", "lift", "rooms", "thanks", "rest", "seen", "said", "day"]
    assert data["answers"]["smile"] is None
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", made)
