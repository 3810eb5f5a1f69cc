"""What changes in a checklist is found, too."""

from copy import deepcopy

import pytest

from servaudit.change.checklist import compare_checklists
from servaudit.model.checklist import Checklist, Use, VisitField, VisitFields

BASE = {
    "kind": "checklist",
    "id": "grid",
    "version": "1.0.0",
    "language": "fr",
    "title": {"fr": "Visite", "en": "Visit"},
    "standards": [
        {"standard": "shop", "version": "^1.2", "wording": {"staff": {"smile": {"text": {"fr": "Souris"}}}}},
        {"standard": "desk", "version": "1.0.0", "include": [{"sections": ["a"]}], "parameters": {"p": 1}},
    ],
    "visit": {"site": {"required": True, "choices": {"lyon": "Lyon"}}, "context": {"open": {"help": "Combien"}}},
    "scoring": {"combine": "mean", "pass": {"score": 0.8}},
}
SHOP, DESK = ("standards", 0), ("standards", 1)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("title", "fr"), "Tournée", ["wording patch title", "translation-stale patch title"]),
        (("scenario",), "Jouez", ["wording patch scenario"]),
        (("id",), "x", ["identity major id"]),
        (("language",), "en", ["language patch language"]),
        ((*SHOP, "version"), "^1.3", ["standard-range minor standards.0.version"]),
        ((*SHOP, "version"), "^2", ["standard-range major standards.0.version"]),
        ((*SHOP, "weight"), 2, ["weight major standards.0.weight"]),
        ((*SHOP, "order"), ["b"], ["order patch standards.0.order"]),
        ((*SHOP, "exclude"), {"criteria": ["smile"]}, ["selection major standards.0.exclude"]),
        ((*SHOP, "wording", "staff", "smile", "text", "fr"), "Souriez",
         ["wording patch standards.0.wording.staff.smile.text"]),
        ((*DESK, "include"), [{"sections": ["b"]}], ["selection major standards.1.include"]),
        ((*DESK, "parameters", "p"), 2, ["parameter major standards.1.parameters.p"]),
        (("standards", 2), {"standard": "new", "version": "1"}, ["standard-added major standards.2"]),
        (DESK, ..., ["standard-removed major standards.1"]),
        (("visit", "site", "required"), False, ["visit-field minor visit.site.required"]),
        (("visit", "site", "title"), "Où", ["wording patch visit.site.title"]),
        (("visit", "site", "choices"), {"lyon": "Lyon 3e", "brest": "Brest"},
         ["visit-field minor visit.site.choices", "label patch visit.site.choices.lyon"]),
        (("visit", "date"), {}, ["visit-field minor visit.date"]),
        (("visit", "context", "open", "help"), "Guichets", ["wording patch visit.context.open.help"]),
        (("visit", "context"), {}, ["visit-field minor visit.context.open"]),
        (("scoring", "pass"), {"score": 0.9}, ["pass-mark major scoring.pass"]),
        (("scoring", "combine"), "min", ["combination major scoring.combine"]),
        (("rollup",), {"pass": {"score": 0.8}}, ["rollup-added minor rollup"]),
        (("version",), "3.0.0", []),
    ],
)  # fmt: skip
def test_every_change_has_its_kind_level_and_place(path, value, expected):
    data = deepcopy(BASE)
    *way, last = path
    place = data
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    difference = compare_checklists(Checklist.model_validate(BASE), Checklist.model_validate(data))
    found = [f"{change.kind} {change.level} {'.'.join(map(str, change.path))}" for change in difference.changes]
    assert found == expected


def test_standards_in_another_order_are_the_same():
    other = {**BASE, "standards": list(reversed(BASE["standards"]))}
    difference = compare_checklists(Checklist.model_validate(BASE), Checklist.model_validate(other))
    assert [change.kind for change in difference.changes] == ["order"]


def test_every_field_of_the_models_is_compared():
    assert set(Checklist.model_fields) == {
        "kind", "id", "version", "language", "title", "description", "scenario", "standards", "visit", "scoring",
        "rollup",
    }  # fmt: skip
    assert set(Use.model_fields) == {
        "standard", "version", "weight", "include", "exclude", "order", "parameters", "wording",
    }  # fmt: skip
    assert set(VisitField.model_fields) == {"title", "help", "required", "choices", "default"}
    assert set(VisitFields.model_fields) == {"site", "date", "started", "ended", "auditor", "source", "context"}
