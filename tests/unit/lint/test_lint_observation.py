"""Each fault of an observation: the smallest document that has it gives its code at its place, mended it gives nothing."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from marked import OBSERVATION, mended, observation, standard, unmarked
from servaudit.lint import lint_observation, lint_remarks
from servaudit.scoring.layout import lay_out

SHOP = """
context: {big: {type: bool}, crowd: {type: choice, values: [few, many], default: few}}
scales: {often: {choices: {always: 2, never: {points: 0, label: {fr: Jamais, en: Never}}}}}
criteria:
- {id: hello, text: Hello}
- {id: wait, text: Wait, scale: {curve: [[60, 1], [300, 0]], unit: s}, repeat: mean}
- {id: mark, text: Mark, scale: {range: [0, 10], max: 10}}
- {id: smile, text: Smile, scale: often, evidence: {require: note}}
- {id: exit, text: Exit, evidence: {require: photo, when: always}}
- {id: floor, text: Floor, evidence: {require: any}}
- {id: lift, text: Lift, applies_when: context.big}
- {id: ramp, text: Ramp, applies_when: answers.lift == 'yes'}
sections: [{id: rooms, title: Rooms, repeat: mean, criteria: [{id: clean, text: Clean}]}]
scoring: {levels: [5, 4], ladder: [{level: 5, when: score > 0.9}, {level: 4}]}
"""
VISIT = "visit: {id: v1, context: {big: yes}}\n"
ANSWERS = VISIT + "answers: "
NONE = VISIT + "answers: {}\n"
OVERRIDE = "by: A02, reason: Seen again, date: 2026-11-05}]"


def faults_of(document, plan, sheet):
    return [*lint_observation(document, plan, sheet), *lint_remarks(document, [plan], plan)]


CASES = [
    ("unknown-criterion", ANSWERS + "{⟦helo⟧: yes}", "hello"),
    ("unknown-criterion", ANSWERS + "{⟦clean⟧: yes}", ("{clean: yes}", "{rooms: [{clean: yes}]}")),
    ("unknown-criterion", ANSWERS + "{rooms: [{clean: yes}, {⟦cleen⟧: no}]}", "clean"),
    ("unknown-criterion", NONE + "commendations: [{criterion: ⟦smiel⟧, note: Bravo}]", "smile"),
    ("answer-unknown", ANSWERS + "{smile: ⟦nevver⟧}", "ALWAYS"),
    ("answer-unknown", ANSWERS + "{smile: {value: ⟦nevver⟧, note: A note}}", "never"),
    ("answer-unknown", ANSWERS + "{hello: ⟦5⟧}", "true"),
    ("answer-unknown", ANSWERS + "{wait: [60, ⟦long⟧]}", "90"),
    ("answer-unit", ANSWERS + "{wait: ⟦3 km⟧}", "3 min"),
    ("answer-unit", ANSWERS + "{wait: ⟦'4:30'⟧}", "4 min 30 s"),
    ("answer-unit", ANSWERS + "{mark: ⟦8 s⟧}", "8"),
    ("answer-range", ANSWERS + "{mark: ⟦11⟧}", "10"),
    ("answer-shape", ANSWERS + "{hello: ⟦[yes, no]⟧}", "yes"),
    ("answer-shape", ANSWERS + "{hello: ⟦{yes: 7, no: 3}⟧}", "yes"),
    ("answer-shape", ANSWERS + "{hello: ⟦{value: yes, notes: Seen}⟧}", "{value: yes, note: Seen}"),
    ("answer-shape", ANSWERS + "{wait: ⟦{60: often}⟧}", "{60: 3}"),
    ("answer-shape", ANSWERS + "{rooms: ⟦{clean: yes}⟧}", "[{clean: yes}]"),
    ("answer-shape", ANSWERS + "{hello: {value: yes, evidence: ⟦{a: b}⟧}}", "[a.jpg]"),
    ("answer-shape", ANSWERS + "{hello: {value: yes, evidence: [a.jpg, ⟦''⟧]}}", "b.jpg"),
    ("answer-shape", ANSWERS + "{hello: {value: yes, note: ⟦[Seen]⟧}}", "'[Seen]'"),
    ("answer-shape", ANSWERS + "{hello: {value: no, note: well, ⟦no⟧}}", ("well, no", "'well, no'")),
    ("answer-hidden", "visit: {id: v1, context: {big: no}}\nanswers: {⟦lift⟧: yes}", ("big: no", "big: yes")),
    ("answer-hidden", ANSWERS + "{⟦ramp⟧: yes}", ("{ramp: yes}", "{lift: yes, ramp: yes}")),
    ("note-only", ANSWERS + "{hello: ⟦{note: Busy}⟧}", "{value: no, note: Busy}"),
    ("note-only", ANSWERS + "{hello: ⟦{evidence: [a.jpg]}⟧}", "{value: no, evidence: [a.jpg]}"),
    ("context-missing", "⟦visit⟧: {id: v1}\nanswers: {}", ("{id: v1}", "{id: v1, context: {big: no}}")),
    ("context-missing", "visit: {id: v1, ⟦context⟧: {}}\nanswers: {}", ("{}}", "{big: no}}")),
    ("context-unknown", "visit: {id: v1, context: {big: yes, ⟦crowdd⟧: few}}\nanswers: {}", "crowd"),
    ("context-type", "visit: {id: v1, context: {big: ⟦3⟧}}\nanswers: {}", "oui"),
    ("context-type", "visit: {id: v1, context: {big: no, crowd: ⟦mani⟧}}\nanswers: {}", "many"),
    ("override-unknown", NONE + "overrides: [{of: level, to: ⟦3⟧, " + OVERRIDE, "4"),
    ("override-unknown", NONE + "overrides: [{of: level, to: ⟦good⟧, " + OVERRIDE, "'5'"),
    ("override-unknown", NONE + "overrides: [{of: verdict, to: ⟦pased⟧, " + OVERRIDE, "passed"),
    ("override-unknown", NONE + "overrides: [{of: score, to: ⟦high⟧, " + OVERRIDE, "0.8"),
    ("not-a-ratio", NONE + "overrides: [{of: score, to: ⟦55⟧, " + OVERRIDE, "0.55"),
    ("evidence-missing", ANSWERS + "{smile: ⟦never⟧}", "{value: never, note: At all}"),
    ("evidence-missing", ANSWERS + "{smile: ⟦{value: never, evidence: [a.jpg]}⟧}", "{value: never, note: At all}"),
    ("evidence-missing", ANSWERS + "{exit: ⟦yes⟧}", "{value: yes, evidence: [a.JPG]}"),
    ("evidence-missing", ANSWERS + "{exit: ⟦{value: no, evidence: [a.txt]}⟧}", "{value: no, evidence: a.png}"),
    ("evidence-missing", ANSWERS + "{floor: ⟦no⟧}", "yes"),
]


def found(text):
    plan, _ = standard(SHOP)
    document, source = observation(text)
    sheet = lay_out(plan, document.answers, document.visit.context)
    diagnostics = [source.diagnostic(problem) for problem in faults_of(document, plan, sheet)]
    return [(one.code, (one.where.line, one.where.column)) for one in diagnostics]


@pytest.mark.parametrize(
    ("code", "text", "remedy"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)]
)
def test_a_fault_has_its_code_at_its_place_and_mended_there_is_none(code, text, remedy):
    bare, (line, column) = unmarked(text)
    assert found(bare) == [(code, (line + OBSERVATION.count("\n"), column))]
    assert found(mended(text, remedy)) == []


@pytest.mark.parametrize(
    "answers",
    [
        "{hello: OUI, wait: 4 min 30 s, mark: '7,5'}",
        "{hello: na, smile: N/A, wait: sans objet}",
        "{hello: , smile: '', wait: []}",
        "{wait: {60: 3, 120: 1}}",
        "{exit: na, floor: {value: no, note: Dirty}}",
    ],
)
def test_what_an_auditor_may_write_is_no_fault(answers):
    assert found(ANSWERS + answers) == []


def test_the_nearest_word_is_offered():
    plan, _ = standard(SHOP)
    document, _ = observation(ANSWERS + "{helo: yes, smile: nevver}\ncommendations: [{criterion: smiel, note: Bravo}]")
    sheet = lay_out(plan, document.answers, document.visit.context)
    assert [str(one.help) for one in faults_of(document, plan, sheet)] == [
        "did you mean “hello”?",
        "did you mean “never”?",
        "did you mean “smile”?",
    ]
