"""There and back with the real LibreOffice: filled in, saved, read, and scored as the YAML of the same answers is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grids import cells_of, grid_of
from office import driven, needs_office
from servaudit import sources
from servaudit.render import observation
from servaudit.render.checklist_xlsx import render
from servaudit.scoring.spelled import spelled
from visits import card, criterion, plan, section

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_office

PLAN = plan(
    criterion("greeted", repeat="mean", weight=2),
    criterion("often", scale={"choices": {
        "always": {"points": 3, "label": {"fr": "Toujours", "en": "Always"}},
        "never": {"points": 0, "label": {"fr": "Jamais", "en": "Never"}},
        "unseen": {"points": None, "label": {"fr": "Pas vu", "en": "Not seen"}},
    }}),
    criterion("stars", scale={"choices": {str(n): n for n in range(6)}}),
    criterion("services", scale={"choices": {"wifi": 1, "café crème": 2, "smoke": -1}, "multiple": True}),
    criterion("wait", scale={"curve": [[60, 1], [300, 0]], "unit": "s"}, repeat="median", severity="major"),
    criterion("queue", scale={"steps": [[2, 1], [5, 0.5], [None, 0]], "unit": "count"}),
    criterion("temperature", scale={"range": [0, 10], "max": 10}),
    criterion("worst_exit", repeat="worst", severity="critical"),
    criterion("thanked", bonus=True, weight=0.5),
    criterion("verbatim", scale={"info": "text"}),
    criterion("seen_on", scale={"info": "date"}),
    criterion("seen_at", scale={"info": "time"}),
    criterion("people", scale={"info": "number"}),
    criterion("desk", scale={"info": "choice", "choices": {"left": {"fr": "À gauche", "en": "Left"}, "right": None}}),
    criterion("picture", scale={"info": "photo"}),
    criterion("page", scale={"info": "link"}),
    section("rooms", criterion("clean", scale={"choices": {"good": 2, "bad": 0}}), criterion("lit", repeat="sum"),
            repeat="mean", weight=2),
    section("late", criterion("bill", applies_when="answers.often == 'always'"), criterion("bye")),
    scales={},
    scoring={"ladder": [{"level": "a", "when": "score >= 0.7"}, {"level": "b"}], "levels": ["a", "b"],
             "pass": {"level": "a"}},
)  # fmt: skip

VISITS: list[dict[str, Any]] = [
    {
        "greeted": {"yes": 7, "no": 3}, "often": "always", "stars": 4, "services": ["wifi", "smoke"],
        "wait": [90, 150, 400], "queue": 3, "temperature": 7.25, "worst_exit": ["yes", "no"], "thanked": "yes",
        "verbatim": "« Parfait, merci ! »\n=1+1", "seen_on": "2026-11-03", "seen_at": "14:05", "people": 12.5,
        "desk": "left", "picture": "photos/a.jpg", "page": "https://example.org/a?b=1",
        "rooms": [{"clean": "good", "lit": {"yes": 2, "no": 1}}, {"clean": "bad"}], "bill": "no", "bye": "yes",
    },
    {
        "greeted": {"yes": 1, "na": 2}, "often": "unseen", "stars": 0, "services": "na", "wait": [60, "na"],
        "queue": "na", "temperature": 0, "worst_exit": {"yes": 3}, "bye": {"value": "no", "note": "-2 & <b>"},
        "rooms": [{"clean": {"value": "na", "evidence": ["b.jpg"]}}, {"lit": {"yes": 1}}, {"clean": "good"}],
    },
    {},
]  # fmt: skip


def _commands(cells: list[tuple[str, str, object]]) -> list[tuple[str, ...]]:
    return [
        ("number", name, repr(value))
        if isinstance(value, int | float)
        else ("text", name, str(value).replace("\n", " "))
        for name, _, value in cells
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_libreoffice_saved_scores_as_the_yaml_of_the_same_answers(language: str, tmp_path: Path) -> None:
    grid = grid_of(PLAN)
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(render(grid, language))
    commands: list[tuple[str, ...]] = []
    for number, answers in enumerate(VISITS):
        commands += [("open", str(blank)), *_commands(list(cells_of(grid, answers, language)))]
        if number == 1:
            # People insert rows, and what is below moves.
            commands += [("insert", "a_stars"), ("insert", "a_rooms_1_clean"), ("insert", "v_site")]
        commands += [
            ("read", "live_score"),
            ("read", "live_verdict"),
            ("save", str(tmp_path / f"{number}.xlsx")),
            ("close",),
        ]
    read = driven(commands, tmp_path)
    for number, answers in enumerate(VISITS):
        source = sources.read(tmp_path / f"{number}.xlsx")
        assert source.diagnostics == ()
        assert isinstance(source.data, dict)
        found = source.data["answers"]
        wanted = card(PLAN, answers)
        assert _bare(card(PLAN, found)) == _bare(wanted)
        assert _bare(card(PLAN, spelled(PLAN, found))) == _bare(wanted)
        # Through the YAML that import writes, nothing changes.
        text = observation.render({**source.data, "answers": spelled(PLAN, found)})
        again = sources.parse("visit.yaml", text.encode())
        assert again.diagnostics == ()
        assert isinstance(again.data, dict)
        assert _bare(card(PLAN, again.data["answers"])) == _bare(wanted)
        score, verdict = read[2 * number : 2 * number + 2]
        assert verdict == f"t:{wanted.verdict}"
        assert score == "t:" if wanted.score is None else abs(float(score[2:]) - wanted.score) < 1e-9


def _bare(found: Any) -> Any:
    """Leave out of a scorecard what people typed: the words of answers, not what they are worth."""
    criteria = tuple(
        one._replace(raw=None, readings=(), value=None if one.outcome == "recorded" else one.value, evidence=())
        for one in found.criteria
    )
    return found._replace(criteria=criteria, findings=(), strengths=())
