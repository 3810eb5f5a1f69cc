"""Observations written as YAML: what is read again is what was written, and a person can read it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from servaudit import sources
from servaudit.render.observation import render
from servaudit.scoring.spelled import spelled
from visits import criterion, plan, section

_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=30)
_SCALARS = _TEXTS | st.integers(-10**9, 10**9) | st.booleans() | st.sampled_from(
    ["yes", "no", "on", "007", "1e3", "null", "~", "- a", "a: b", "a #b", "{x}", "2026-11-03", "12:30", "", " a "]
)  # fmt: skip
_KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.just("café : crème"), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=5), st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_what_is_written_is_what_is_read(answers: dict[str, Any], visit: dict[str, Any]) -> None:
    data = {"kind": "observation", "standard": "shop@1.0.0", "visit": {"id": "v", **visit}, "answers": answers}
    source = sources.parse("visit.yaml", render(data, origin="a.xlsx\n# b").encode())
    assert [one for one in source.diagnostics if one.severity == "error"] == []
    if not source.diagnostics:
        assert source.data == data


def test_a_visit_reads_as_a_person_would_write_it() -> None:
    note = "Un conseiller s’est excusé deux fois, puis a proposé un autre rendez-vous dans la semaine, avec son nom."
    data = {
        "answers": {
            "smile": "yes", "wait": [240, "3 min"], "greeted": {"yes": 7, "no": 3},
            "calm": {"value": "partly", "note": note, "evidence": ["photos/a.jpg"]},
            "rooms": [{"clean": "yes"}, {"clean": {"value": "no", "note": note}, "lit": "na"}],
        },
        "visit": {"id": "lyon-2026-11-03", "date": "2026-11-03", "started": "10:15", "context": {"hurry": True}},
        "kind": "observation", "standard": "shop@1.0.0", "commendations": [{"note": "Bravo", "team": "Guichet"}],
    }  # fmt: skip
    assert (
        render(data, origin="from a.xlsx")
        == f"""\
# from a.xlsx
kind: observation
standard: shop@1.0.0
visit:
  id: lyon-2026-11-03
  date: 2026-11-03
  started: "10:15"
  context: {{hurry: true}}
answers:
  smile: yes
  wait: [240, 3 min]
  greeted: {{yes: 7, no: 3}}
  calm:
    value: partly
    note: "{note}"
    evidence: [photos/a.jpg]
  rooms:
    - {{clean: yes}}
    - clean:
        value: no
        note: "{note}"
      lit: na
commendations:
  - {{note: Bravo, team: Guichet}}
"""
    )


def test_answers_are_spelled_by_their_keys() -> None:
    made = plan(
        criterion("smile"),
        criterion("seen", repeat="mean"),
        criterion("late"),
        criterion("heat", scale={"range": [0, 10], "max": 10}),
        criterion("all", repeat="mean"),
        criterion("stars", scale={"choices": {"5": 5, "0": 0}}),
        criterion("wait", scale={"curve": [[60, 1], [300, 0]], "unit": "s"}),
        section("rooms", criterion("clean"), repeat="mean"),
    )
    answers = {
        "smile": {"value": " OUI", "note": "x"}, "seen": {"Oui": 2, "no": 1}, "stars": 5.0, "wait": "Sans objet",
        "rooms": [{"clean": "Non"}, {"clean": None}], "gone": "Oui", "other": {"a": "Oui"},
        "late": "perhaps", "heat": 7.5, "all": ["Oui", ["x"]],
    }  # fmt: skip
    assert spelled(made, answers) == {
        "smile": {"value": "yes", "note": "x"}, "seen": {"yes": 2, "no": 1}, "stars": "5", "wait": "na",
        "rooms": [{"clean": "no"}, {"clean": None}], "gone": "Oui", "other": {"a": "Oui"},
        "late": "perhaps", "heat": 7.5, "all": ["yes", ["x"]],
    }  # fmt: skip
