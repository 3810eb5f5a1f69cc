"""Each rule of a good standard finds what is marked ⟦like this⟧ in its files of `tests/cases/rules`, and no more."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.precision import found as found_in

from servaudit import sources
from servaudit.audit import Audit
from servaudit.configuration import Settings
from servaudit.diagnostics import CODES
from servaudit.library import Library
from servaudit.lint.rules import GRADING, WRITTEN, lint_rules, wanted
from servaudit.lint.rules.id_pattern import matches
from standards_drawn import standards
from visits import unchecked

FOLDER = Path(__file__).parents[2] / "cases/rules"
FILES = sorted(FOLDER.glob("*.yaml"))
OPEN, CLOSE = "⟦", "⟧"
SPOKEN = ("two-questions", "vague-word", "judgement-word", "negative-wording")


def unmarked(text):
    """Take all marks out of a text; also list where they stood."""
    bare, places = "", []
    for sign in text:
        if sign == OPEN:
            places.append((bare.count("\n") + 1, len(bare) - bare.rfind("\n")))
        if sign not in (OPEN, CLOSE):
            bare += sign
    return bare, places


def found(text, code, **house):
    """List where a rule that is switched on finds something."""
    audit = Audit(Library(), switches={code: "warning"}, house=Settings(**house))
    diagnostics = audit.check(sources.parse("case.yaml", text.encode()))
    assert [str(one.message) for one in diagnostics if one.severity == "error"] == []
    return [(one.where.line, one.where.column) for one in diagnostics if one.code == code]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_finds_what_is_marked_and_nothing_else(path):
    text, places = unmarked(path.read_text("utf-8"))
    assert places
    assert sorted(found(text, path.name.split(".")[0])) == sorted(places)


def test_every_rule_has_its_cases_and_those_of_language_in_both():
    named = {path.name for path in FILES}
    assert {f"{code}.{language}.yaml" for code in SPOKEN for language in ("fr", "en")} <= named
    assert {name.split(".")[0] for name in named} == {*WRITTEN, *GRADING} <= set(CODES)


def test_no_noun_is_counted_where_points_may_be_one_or_less():
    head = "kind: standard\nid: s\nversion: 1.0.0\ntitle: S\nscales: {few: {choices: {yes: 0.2, no: 0}, max: 1}}\n"
    group = "sections: [{id: g, title: G, combine: sum, max: 1, criteria: [{id: a, text: A}, {id: b, text: B}]}]\n"
    diagnostics = Audit(Library(), house=Settings()).check(sources.parse("case.yaml", (head + group).encode()))
    assert {one.code: str(one.message) for one in diagnostics} == {
        "unreachable-maximum": "the best there is comes to 0.2, and the maximum is 1.0: nobody reaches it",
        "saturated-sum": "“g” adds up to 2.0, and the maximum is 1.0: 1.0 can be missed freely",
    }


def test_a_rule_that_is_off_waits_to_be_switched_on_and_one_that_is_on_can_be_switched_off():
    off, on = "negative-wording", "unused-level"
    assert (CODES[off].usual, CODES[on].usual) == (False, True)
    assert [wanted(code, {}) for code in (off, on)] == [False, True]
    assert [wanted(off, {off: switch}) for switch in ("warning", "error", "off")] == [True, True, False]
    assert not wanted(on, {on: "off"})


IDS = """\
kind: standard
id: ⟦shop⟧
version: 1.0.0
title: A shop
context: {⟦parking⟧: {type: bool, default: false}}
attributes: {⟦noisy⟧: {type: bool, default: false}, is_open: {type: bool, default: true}}
facets: {f_stage: {values: {welcome: }}, ⟦place⟧: {values: {door: }}}
scales: {⟦mark⟧: {choices: {a: 1, b: 0}}}
criteria: [{id: anywhere, text: A, facets: {f_stage: welcome, place: door}, scale: mark}]
sections:
  - id: s_01
    title: S
    criteria: [{id: s_01_door, text: A}, {id: ⟦s_02_door⟧, text: B}]
    sections: [{id: ⟦s_1⟧, title: T, criteria: [{id: s_1_till, text: C, applies_when: context.parking}]}]
"""
HOUSE = {"standard": "acme_*", "section": "s_##", "criterion": "{section}_*", "facet": "f_?*", "scale": "*_scale",
         "fact": "is_*", "checklist": "nothing"}  # fmt: skip


def test_ids_that_the_house_writes_otherwise_are_found_at_their_places():
    text, places = unmarked(IDS)
    assert sorted(found(text, "id-pattern", ids=HOUSE)) == sorted(places)
    assert found(text, "id-pattern") == []
    assert found(text, "id-pattern", ids={"standard": "s*p", "criterion": "*"}) == []


@pytest.mark.parametrize(
    ("name", "pattern", "fits"),
    [
        ("till", "till", True),
        ("till", "t*", True),
        ("till", "*l*l*", True),
        ("till", "t??l", True),
        ("till", "?", False),
        ("till", "till?", False),
        ("till", "", False),
        ("a_12", "a_##", True),
        ("a_1x", "a_##", False),
        ("abcabd", "*abd", True),
        ("abcabc", "*abd", False),
        ("aab", "a*ab*b", False),
    ],
)
def test_a_pattern_fits_a_whole_id(name, pattern, fits):
    assert matches(name, pattern) is fits


@given(st.text("ab_1", max_size=12), st.text("ab_1*?", max_size=8))
def test_a_pattern_means_what_the_shell_means_by_it(name, pattern):
    assert matches(name, pattern) == fnmatchcase(name, pattern)


def test_no_pattern_takes_long():
    before = perf_counter()
    assert not matches("a" * 100, "*a" * 49 + "*b")
    assert perf_counter() - before < 0.1


def test_a_word_spelled_with_accents_of_their_own_is_placed_at_its_text():
    head = "kind: standard\nid: s\nversion: 1.0.0\nlanguage: fr\ntitle: T\ncriteria:\n"
    text = head + "  - {id: a, text: Re\u0301ponse adapte\u0301e}\n"
    assert found(text, "vague-word") == [(7, 19)]


@given(standards())
def test_no_rule_stumbles_over_any_standard(plan):
    switches = dict.fromkeys((*WRITTEN, *GRADING), "warning")
    for problem in lint_rules(plan.standard, plan, switches, {}, {"criterion": "{section}_*"}):
        assert problem.code in CODES
        assert str(problem.message)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["fr", "en"]))
def test_no_rule_stumbles_over_any_text(one, other, language):
    text = f"{one} et {other} and {one} ? {other}"
    made = unchecked({"id": "a", "text": text}, {"id": "b", "text": text + "?"}, language=language)
    switches = dict.fromkeys(WRITTEN, "warning")
    for problem in lint_rules(made.standard, made, switches, {}, {}):
        assert problem.at is None or 0 <= problem.at < len(text) + 1


def test_the_page_tells_what_is_found_in_the_grids():
    page = (FOLDER.parents[2] / "docs/linting.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if "tests/cases/grids" in line)
    read = [found_in(path, "fr") for path in sorted((FOLDER.parent / "grids").glob("*.yaml"))]
    codes = [code for _, hits in read for code, _, _ in hits]
    told = [cell.strip().partition(" of ")[2] or cell.strip() for cell in row.strip("|").split("|")[1:]]
    assert told == [str(sum(texts for texts, _ in read)), *(str(codes.count(code) or "–") for code in SPOKEN)]


@pytest.mark.parametrize("sign", [" et ", "« ", "“", "ne ", "( ", "a et b ? ", "ce que ", "et/", ", ", ". ", "é"])
def test_no_text_takes_long(sign):
    text = sign * 100_000
    made = unchecked({"id": "a", "text": {"fr": text, "en": text}, "guidance": text}, language="fr")
    before = perf_counter()
    lint_rules(made.standard, made, dict.fromkeys((*WRITTEN, *GRADING), "warning"), {}, {})
    assert perf_counter() - before < 2


def test_words_far_down_a_long_text_are_let_be_and_the_first_are_found():
    head = "kind: standard\nid: s\nversion: 1.0.0\nlanguage: fr\ntitle: T\ncriteria:\n"
    padding = "mot " * 1000
    assert found(f"{head}  - {{id: a, text: adaptée {padding}}}\n", "vague-word") == [(7, 19)]
    assert found(f"{head}  - {{id: a, text: {padding}adaptée}}\n", "vague-word") == []
