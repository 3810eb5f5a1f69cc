"""What a grid asks, said in a language: fields of the visit, sections, criteria with their answers."""

from pathlib import Path

import pytest

from servaudit import sources
from servaudit.checklists import Checklists
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.report.grid import grid_view

STANDARD = """
kind: standard
id: shop
version: 1.2.0
language: fr
title: {fr: Boutique, en: Shop}
context:
  big: {type: bool, title: {fr: Grande boutique, en: Large shop}}
  crowd: {type: choice, values: {few: {fr: Rare, en: Sparse}, many: {fr: Dense, en: Dense}, none: }}
facets: {stage: {title: {fr: Étape, en: Stage}, values: {hello: {fr: Accueil, en: Welcome}}}}
criteria:
  - {id: open, text: {fr: "C’est ouvert", en: It is open}, policies: {not_applicable: forbid}}
sections:
  - id: welcome
    title: {fr: Accueil, en: Welcome}
    criteria:
      - id: smile
        text: {fr: Sourire, en: Smile}
        severity: major
        facets: {stage: hello}
        scale: {choices: {often: {points: 1, label: {fr: Souvent, en: Often}}, never: 0, dk: null}}
        examples: {good: {fr: Bonjour, en: Good morning}}
        evidence: {require: note}
      - {id: wait, text: Attente, scale: {curve: [[60, 1], [300, 0]], unit: s}, repeat: mean}
    sections:
      - id: rooms
        title: Salles
        repeat: worst
        criteria:
          - {id: mark, text: Note, scale: {range: [0, 10], max: 10}}
          - {id: when, text: Heure, scale: {info: time}}
"""
CHECKLIST = """
kind: checklist
id: mystery
version: 1.0.0
language: fr
title: {fr: Visite mystère, en: Mystery visit}
scenario: {fr: Vous cherchez un cadeau., en: You look for a present.}
standards: [{standard: shop, version: ^1.0, exclude: {criteria: open}}]
visit:
  site: {required: true, choices: {lyon: Lyon, brest: {fr: Brest (port), en: Brest harbour}}}
  date: {required: true, title: {fr: Jour, en: Day}}
  context: {crowd: {required: true, choices: {few: {fr: Peu, en: Few}}}}
"""


@pytest.fixture
def grids(tmp_path: Path):
    (tmp_path / "shop.yaml").write_text(STANDARD, "utf-8")
    (tmp_path / "mystery.yaml").write_text(CHECKLIST, "utf-8")

    def view(name: str, language: str):
        opened = Checklists(Library()).open(sources.read(str(tmp_path / f"{name}.yaml")))
        assert opened.grid is not None, [str(one.message) for one in opened.diagnostics]
        return grid_view(opened.grid, translator(language))

    return view


def test_a_checklist_says_who_it_is_and_what_it_asks_of_the_visit(grids):
    view = grids("mystery", "en")
    assert (view.kind, view.identity, view.title, view.several) == (
        "checklist",
        "mystery@1.0.0",
        "Mystery visit",
        False,
    )
    assert view.scenario == "You look for a present."
    fields = {field.id: field for field in view.fields}
    assert list(fields) == ["site", "date", "context.crowd", "context.big"]
    site = fields["site"]
    assert (site.type, site.required, [tuple(one[:2]) for one in site.choices]) == (
        "choice", True, [("lyon", "Lyon"), ("brest", "Brest harbour")],
    )  # fmt: skip
    assert (fields["date"].title, fields["date"].type) == ("Day", "date")
    assert [one.label for one in fields["context.crowd"].choices] == ["Few", "Dense", "none"]
    assert (fields["context.big"].title, fields["context.big"].type, fields["context.big"].required) == (
        "Large shop", "bool", False,
    )  # fmt: skip


def test_a_standard_alone_asks_the_usual_fields(grids):
    view = grids("shop", "fr")
    assert (view.kind, view.identity) == ("standard", "shop@1.2.0")
    assert [field.id for field in view.fields] == [
        "site", "date", "started", "ended", "auditor", "context.big", "context.crowd",
    ]  # fmt: skip
    assert [one.label for one in view.fields[5].choices] == ["Oui", "Non"]


def test_a_fact_that_rules_look_at_and_nothing_stands_in_for_is_required(tmp_path):
    text = """
kind: standard
id: facts
version: 1.0.0
title: Facts
context: {asked: {type: bool}, given: {type: bool, default: false}, told: {type: text}}
criteria: [{id: a, text: A, applies_when: context.asked or context.given}]
"""
    (tmp_path / "facts.yaml").write_text(text, "utf-8")
    grid = Checklists(Library()).open(sources.read(tmp_path / "facts.yaml")).grid
    assert grid is not None
    fields = {field.id: field.required for field in grid_view(grid, translator("en")).fields}
    assert (fields["context.asked"], fields["context.given"], fields["context.told"]) == (True, False, False)


def test_sections_are_flat_in_order_with_their_depth(grids):
    (part,) = grids("shop", "fr").parts
    assert [(one.id, one.path, one.depth, one.repeated) for one in part.sections] == [
        ("", "", 0, False), ("welcome", "welcome", 1, False), ("rooms", "welcome.rooms", 2, True),
    ]  # fmt: skip
    assert [row.path for row in part.criteria] == [
        "open", "welcome.smile", "welcome.wait", "welcome.rooms.mark", "welcome.rooms.when",
    ]  # fmt: skip


def test_a_criterion_has_its_answers_and_bounds(grids):
    (part,) = grids("mystery", "fr").parts
    smile, wait, mark, when = part.criteria
    assert part.left_out == 1
    assert (smile.kind, smile.choices) == (
        "choices", (("often", "Souvent", 1.0), ("never", "never", 0.0), ("dk", "dk", None)),
    )  # fmt: skip
    assert (smile.severity_word, smile.facets, smile.good, smile.bad) == (
        "Majeur",
        (("Étape", "Accueil"),),
        "Bonjour",
        None,
    )
    assert tuple(smile.evidence) == ("note", "not_met")
    assert (wait.kind, wait.unit, wait.repeat, wait.low) == ("number", "s", "mean", None)
    assert (mark.kind, mark.low, mark.high, mark.scored) == ("number", 0.0, 10.0, True)
    assert (when.kind, when.scored) == ("time", False)


def test_not_applicable_is_offered_unless_it_is_forbidden(grids):
    (part,) = grids("shop", "en").parts
    assert [row.na_allowed for row in part.criteria] == [False, True, True, True, True]
    assert [one.label for one in part.criteria[0].choices] == ["Yes", "No"]
