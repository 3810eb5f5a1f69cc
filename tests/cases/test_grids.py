"""Grids as teams have them become drafts that were read by a person and that servaudit accepts."""

from __future__ import annotations

import pytest
from tests import drafts

from office import converted, needs_office
from servaudit import sources
from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.load import load
from servaudit.model.standard import Standard

EXPECTED = {
    "agence": 9,
    "boutique": 7,
    "centre-appels": 8,
    "deja-rempli": 5,
    "hotel": 8,
    "nettoyage": 4,
    "restaurant": 7,
}


def count(part):
    return len(part.criteria) + sum(count(section) for section in part.sections)


@pytest.mark.parametrize("path", drafts.FILES, ids=lambda path: path.stem)
def test_the_draft_of_a_grid_is_the_one_beside_it(path):
    assert drafts.page(path) == path.with_suffix(".yaml").read_text("utf-8"), "python -m tests.drafts, then read it"


@pytest.mark.parametrize("path", drafts.FILES, ids=lambda path: path.stem)
def test_the_draft_is_valid_and_holds_every_question(path):
    source = sources.read(path.with_suffix(".yaml"))
    assert [str(fault) for fault in Audit(Library()).check(source)] == []
    assert count(load(source, Standard).value) == EXPECTED[path.stem]


def test_every_grid_is_tried():
    assert {path.stem for path in drafts.FILES} == set(EXPECTED)


def scored(name, answers):
    """Score a visit with the draft of a grid; give the score as a ratio."""
    path = next(path for path in drafts.FILES if path.stem == name).with_suffix(".yaml")
    standard = load(sources.read(path), Standard).value
    flat = dict(zip(ids(standard), answers, strict=True))
    lines = "".join(f"  {key}: {value}\n" for key, value in flat.items())
    visit = f"kind: observation\nstandard: {standard.id}@{standard.version}\nvisit: {{id: v}}\nanswers:\n{lines}"
    audited = Audit(Library((str(path.parent),))).visit(sources.parse("visit.yaml", visit.encode()))
    assert [str(fault) for fault in audited.diagnostics] == []
    return audited.scored[0].card.score


def ids(part):
    return [one.id for one in part.criteria] + [name for section in part.sections for name in ids(section)]


def test_a_draft_gives_the_score_that_the_grid_s_own_formula_gave():
    marks, weights = (4, 5, 3, 5, 2, 4, 5), (1, 2, 2, 1, 3, 2, 1)
    total = sum(mark * weight for mark, weight in zip(marks, weights, strict=True))
    assert scored("boutique", marks) == pytest.approx(total / (5 * sum(weights)))
    points, answers = (5, 5, 3, 10, 2, 10, 5), ("yes", "no", "yes", "sometimes", "yes", 7, "no")
    got = (1, 0, 1, 0.5, 1, 0.7, 0)
    expected = sum(share * worth for share, worth in zip(got, points, strict=True)) / sum(points)
    assert scored("hotel", (*answers, "a towel")) == pytest.approx(expected)


def test_not_applicable_leaves_the_total_as_it_does_in_a_grid():
    weights = (1, 0.5, 2, 2, 1.5, 1, 3, 1, 1)
    answers = ("yes", "na", "no", "yes", "yes", "na", "yes", "no", "yes")
    counted = [(weight, answer) for weight, answer in zip(weights, answers, strict=True) if answer != "na"]
    expected = sum(weight for weight, answer in counted if answer == "yes") / sum(weight for weight, _ in counted)
    assert scored("agence", answers) == pytest.approx(expected)


def test_sections_that_weigh_count_as_they_weigh():
    first = scored("centre-appels", ("Très bien", "Très bien", *["Insuffisant"] * 6))
    assert first == pytest.approx(0.2)


@needs_office
@pytest.mark.parametrize("name", ["agence", "restaurant", "centre-appels", "deja-rempli"])
def test_a_grid_saved_by_libreoffice_gives_the_same_draft(name, tmp_path):
    path = drafts.GRIDS / f"{name}.xlsx"
    saved = converted(path.read_bytes(), "xlsx", tmp_path)
    target = tmp_path / path.name
    saved.rename(target)
    written = drafts.page(path)
    said = drafts.page(target)
    if name == "deja-rempli":  # LibreOffice computed the formula that openpyxl leaves without a value
        said, written = (text.partition("# Feuil1!C3")[0] for text in (said, written))
    assert said == written
