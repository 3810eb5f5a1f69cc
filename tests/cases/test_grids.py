"""Grids as teams have them become drafts that were read by a person and that servaudit accepts."""

from __future__ import annotations

import pytest
from tests import drafts

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
