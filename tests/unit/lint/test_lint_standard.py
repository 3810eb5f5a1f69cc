"""Each fault of a standard: the smallest document that has it gives its code at its place, mended it gives nothing."""

# ruff: noqa: E501 - a case is one line, so that the table can be read
from __future__ import annotations

import pytest

from marked import STANDARD, mended, standard, unmarked
from servaudit.diagnostics import CODES
from servaudit.i18n import translator
from servaudit.lint import lint_standard

TWO = "criteria: [{id: a, text: A}, {id: b, text: B}]\n"
LEVELS = TWO + "scoring: {levels: [good, bad], "
RATED = "facets: {stage: {values: {welcome: , closing: }}}\n"
POINTS = "scales: {s: {choices: {yes: 5, no: 0}}}\n"

CASES = [
    ("duplicate-id", "criteria: [{id: a, text: A}, {id: ⟦a⟧, text: B}]", "b"),
    (
        "duplicate-id",
        "criteria: [{id: a, text: A}]\nsections: [{id: ⟦a⟧, title: T, criteria: [{id: b, text: B}]}]",
        "s",
    ),
    (
        "duplicate-id",
        (
            "sections:\n- {id: s, title: S, criteria: [{id: a, text: A}]}\n"
            "- {id: t, title: T, sections: [{id: u, title: U, criteria: [{id: ⟦a⟧, text: A}]}]}"
        ),
        "b",
    ),
    (
        "duplicate-id",
        TWO + "scoring: {limits: [{id: l, when: score < 1, fail: true}, {id: ⟦l⟧, when: score < 0.5, fail: true}]}",
        "m",
    ),
    (
        "duplicate-id",
        TWO + "rollup: {limits: [{id: l, when: visits < 3, fail: true}, {id: ⟦l⟧, when: visits < 2, fail: true}]}",
        "m",
    ),
    ("unknown-facet", RATED + "criteria: [{id: a, text: A, facets: {⟦stag⟧: welcome}}]", "stage"),
    ("unknown-facet", RATED + "criteria: [{id: a, text: A, facets: {stage: ⟦welcom⟧}}]", "welcome"),
    (
        "unknown-attribute",
        "attributes: {pts: {type: number}}\ncriteria: [{id: a, text: A, attributes: {⟦pt⟧: 3}}]",
        "pts",
    ),
    ("wrong-type", "attributes: {pts: {type: number}}\ncriteria: [{id: a, text: A, attributes: {pts: ⟦many⟧}}]", "3"),
    (
        "unknown-target",
        "criteria: [{id: a, text: A, status: {⟦5⟧: mandatory}}]\nscoring:\n  ladder: [{level: won, when: target == '4'}, {level: lost}]\n  classify: {targets: [4], awarded: [won]}",
        "4",
    ),
    ("unknown-name", TWO + "scoring: {measures: {m: ⟦s⟧core2 * 2}}", ("score2", "score")),
    (
        "unknown-name",
        TWO + "scoring: {ladder: [{level: x, when: missed.major == 0 and ⟦c⟧overag > 0.5}, {level: y}]}",
        ("coverag ", "coverage "),
    ),
    (
        "unknown-name",
        "criteria: [{id: a, text: A}, {id: b, text: B, applies_when: ⟦a⟧nswers.aa == 'yes'}]",
        ("aa", "a"),
    ),
    (
        "unknown-name",
        "criteria: [{id: a, text: A}, {id: b, text: B, applies_when: ⟦c⟧ontext.big}]\ncontext: {bigger: {type: bool, default: false}}",
        ("context.big}", "context.bigger}"),
    ),
    (
        "unknown-name",
        TWO + "scoring: {limits: [{id: l, when: ⟦s⟧ections.x < 0.5, fail: true}]}",
        ("sections.x", "score"),
    ),
    ("unknown-name", TWO + "rollup: {measures: {m: {agg: mean, of: ⟦s⟧core2}}}", ("score2", "score")),
    (
        "unknown-answer",
        "criteria: [{id: a, text: A}, {id: b, text: B, applies_when: answers.a == ⟦'⟧yess'}]",
        ("yess", "yes"),
    ),
    ("expression-syntax", TWO + "scoring: {measures: {m: score ⟦*⟧}}", ("score *", "score * 2")),
    (
        "expression-type",
        TWO + "scoring: {ladder: [{level: x, when: ⟦m⟧issed > 1}, {level: y}]}",
        ("missed >", "missed.major >"),
    ),
    (
        "unknown-answer",
        "context: {renewal: {type: bool, default: false}}\ncriteria: [{id: a, text: A, applies_when: context.renewal == ⟦'⟧renewed'}]",
        (" == 'renewed'", ""),
    ),
    ("reserved-name", TWO + "scoring: {measures: {⟦score⟧: '1 - coverage'}}", "rate"),
    ("reserved-name", "attributes: {⟦weight⟧: {type: number}}\n" + TWO, "pts"),
    ("reserved-name", "scales: {s: {choices: {ok: 1, ko: 0, ⟦na⟧: null}}}\n" + TWO, "other"),
    ("bad-value", "context: {kind: ⟦{type: choice}⟧}\n" + TWO, "{type: choice, values: [a, b]}"),
    ("bad-value", TWO + "scoring: {measures: {m: {agg: mean, of: score, over: ⟦visits⟧}}}", "criteria"),
    ("context-type", "context: {open: {type: number, default: ⟦many⟧}}\n" + TWO, "3"),
    ("unknown-level", LEVELS + "ladder: [{level: ⟦god⟧, when: score > 0.5}, {level: bad}]}", "good"),
    (
        "unknown-level",
        LEVELS + "ladder: [{level: good, when: score > 0.5}, {level: bad}], pass: {level: ⟦god⟧}}",
        "good",
    ),
    (
        "unknown-level",
        TWO
        + "scoring: {ladder: [{level: good, when: score > 0.5}, {level: bad}], limits: [{id: l, when: missed.major > 0, at_most: ⟦fair⟧}]}",
        "bad",
    ),
    (
        "unknown-level",
        TWO
        + "scoring: {ladder: [{level: won, when: score > 0.5 and target == '1'}, {level: lost}], classify: {targets: [1], awarded: [⟦win⟧]}}",
        "won",
    ),
    (
        "unknown-level",
        TWO + "rollup: {ladder: [{level: good, when: score > 0.5}, {level: bad}], pass: {level: ⟦god⟧}}",
        "good",
    ),
    ("unknown-level", TWO + "scoring: {pass: {level: ⟦good⟧}}", ("level: good", "score: 0.8")),
    ("scale-unknown", POINTS + "criteria: [{id: a, text: A, scale: ⟦t⟧}]", "s"),
    ("scale-shape", "criteria: [{id: a, text: A, scale: {range: ⟦[10, 0]⟧, max: 10}}]", "[0, 10]"),
    ("scale-shape", "criteria: [{id: a, text: A, scale: {curve: ⟦[[0, 1], [0, 2]]⟧}}]", "[[0, 1], [1, 2]]"),
    ("scale-shape", "criteria: [{id: a, text: A, scale: {steps: ⟦[[5, 1], [5, 0]]⟧}}]", "[[5, 1], [6, 0]]"),
    (
        "scale-shape",
        "criteria: [{id: a, text: A, scale: {steps: [[3, 2], ⟦[2, 1]⟧, [1, 0]]}}]",
        ("[[3, 2], [2, 1], [1, 0]]", "[[1, 0], [2, 1], [3, 2]]"),
    ),
    (
        "scale-shape",
        "criteria: [{id: a, text: A, scale: {steps: [[null, 2], ⟦[2, 1]⟧]}}]",
        ("[[null, 2], [2, 1]]", "[[2, 1], [null, 2]]"),
    ),
    ("scale-shape", "criteria: [{id: a, text: A, scale: {choices: ⟦{x: null}⟧}}]", "{x: 1, y: 0}"),
    (
        "scale-shape",
        "criteria: [{id: z, text: Z}, {id: a, text: A, scale: ⟦{info: choice}⟧}]",
        "{info: choice, choices: {x: }}",
    ),
    ("scale-shape", "scales: {s: {choices: {oui: 1, OUI: ⟦0⟧}}}\n" + TWO, ("OUI", "non")),
    (
        "scale-shape",
        "scales: {s: {choices: {a: {points: 1, label: Bon}, b: ⟦{points: 0, label: bon}⟧}}}\n" + TWO,
        "{points: 0, label: mal}",
    ),
    ("no-maximum", "criteria: [{id: a, text: A, scale: ⟦{range: [0, 10]}⟧}]", "{range: [0, 10], max: 10}"),
    (
        "no-maximum",
        "scales: {d: {choices: {a: 0, b: 5}, better: lower}}\ncriteria: [{id: a, text: A, scale: ⟦d⟧}]",
        "yes_no",
    ),
    (
        "no-maximum",
        "criteria: [{id: a, text: A, scale: {range: [0, 10]}}]\nscoring: {combine: sum, pass: {score: ⟦0.8⟧}}",
        ("combine: sum", "combine: sum, max: 10"),
    ),
    ("zero-maximum", "criteria: [{id: a, text: A, scale: {choices: ⟦{yes: 0, no: 0}⟧}}]", "{yes: 1, no: 0}"),
    (
        "zero-maximum",
        "criteria: [{id: a, text: A, scale: {choices: ⟦{yes: 0, no: -5}⟧}}]\nscoring: {combine: mean}",
        "{yes: 5, no: 0}",
    ),
    (
        "zero-maximum",
        "scales: {s: {choices: ⟦{yes: 0, no: 0}⟧}}\ncriteria: [{id: a, text: A, scale: s}, {id: b, text: B, scale: s}]\nscoring: {combine: sum}",
        "{yes: 1, no: 0}",
    ),
    ("zero-maximum", "criteria: [{id: a, text: A, scale: {steps: ⟦[[5, 0], [null, -1]]⟧}}]", "[[5, 1], [null, 0]]"),
    ("zero-maximum", "criteria: [{id: a, text: A, scale: {choices: {yes: 1, no: 0}, max: ⟦0⟧}}]", "1"),
    ("zero-maximum", TWO + "scoring: {combine: sum, max: ⟦0⟧}", "2"),
    ("zero-weights", "criteria: [{id: a, text: A, weight: ⟦0⟧}, {id: b, text: B, weight: 0}]", "1"),
    ("zero-weights", "sections: [{id: s, title: S, criteria: [{id: a, text: A, weight: ⟦0⟧}]}]", "2"),
    (
        "zero-weights",
        "criteria: [{id: a, text: A, weight: ⟦0⟧}]\nscoring: {pass: {score: 0.8}}",
        ("score: 0.8}", "score: 0.8}, policies: {zero_weights: zero}"),
    ),
    (
        "cyclic-applicability",
        "criteria: [{id: a, text: A, applies_when: ⟦answers.a == 'yes'⟧}]",
        ("applies_when: answers.a == 'yes'", "weight: 2"),
    ),
    (
        "cyclic-applicability",
        "criteria: [{id: a, text: A, applies_when: ⟦answers.b == 'yes'⟧}, {id: b, text: B, applies_when: answers.a == 'yes'}]",
        ("answers.a == 'yes'", "answers.c == 'yes'}, {id: c, text: C"),
    ),
    (
        "cyclic-applicability",
        "sections: [{id: s, title: S, applies_when: ⟦answers.a == 'yes'⟧, criteria: [{id: b, text: B}, {id: a, text: A}]}]",
        (
            "criteria: [{id: b, text: B}, {id: a, text: A}]}]",
            "criteria: [{id: b, text: B}]}]\ncriteria: [{id: a, text: A}]",
        ),
    ),
    (
        "combination",
        "sections: [{id: t, title: T, criteria: [{id: a, text: A}]}, ⟦{id: s, title: S}⟧]",
        "{id: s, title: S, criteria: [{id: b, text: B}]}",
    ),
    ("combination", TWO + "scoring: {combine: mean, start: ⟦100⟧}", ("combine: mean", "combine: sum, sign: -1")),
    ("combination", TWO + "scoring: {combine: min, floor: ⟦0⟧}", ("combine: min", "combine: sum")),
    ("combination", TWO + "scoring: {sign: ⟦-1⟧}", ("sign: -1", "sign: -1, combine: sum, start: 10")),
    ("combination", TWO + "scoring: {limits: [{id: l, when: score < 1, add: ⟦3⟧}]}", ("add: 3", "score: 0.5")),
    ("combination", "criteria: [{id: a, text: A}, {id: b, text: B, bonus: ⟦true⟧}]\nscoring: {combine: min}", "false"),
    (
        "combination",
        "sections: [⟦{id: s, title: S, criteria: [{id: a, text: A}]}⟧]\nscoring: {combine: sum}",
        "{id: s, title: S, max: 10, criteria: [{id: a, text: A}]}",
    ),
    (
        "combination",
        "criteria: [{id: b, text: B}]\nsections: [⟦{id: s, title: S, bonus: true, criteria: [{id: a, text: A}]}⟧]",
        "{id: s, title: S, bonus: true, max: 0.1, criteria: [{id: a, text: A}]}",
    ),
    (
        "ladder-no-last-rung",
        TWO + "scoring: {ladder: [{level: x, when: score > 0.5}, ⟦{level: y, when: score > 0.2}⟧]}",
        "{level: y}",
    ),
    ("ladder-no-last-rung", TWO + "rollup: {ladder: [⟦{level: x, when: visits > 5}⟧]}", "{level: y}"),
    (
        "rung-shadowed",
        TWO + "scoring: {ladder: [{level: x, when: score >= 0.5}, ⟦{level: y, when: score >= 0.8}⟧, {level: z}]}",
        "{level: y, when: score >= 0.3}",
    ),
    (
        "rung-shadowed",
        TWO
        + "scoring: {ladder: [{level: x, when: 0.5 <= score}, ⟦{level: y, when: score == 0.8 and coverage == 1}⟧, {level: z}]}",
        "{level: y, when: score >= 0.3 and coverage == 1}",
    ),
    (
        "rung-shadowed",
        TWO + "scoring: {ladder: [{level: x}, ⟦{level: y, when: score >= 0.8}⟧]}",
        ("[{level: x}, {level: y, when: score >= 0.8}]", "[{level: y, when: score >= 0.8}, {level: x}]"),
    ),
    (
        "rung-shadowed",
        TWO
        + "scoring: {ladder: [{level: x, when: 'score > 0.5 or coverage < 1'}, ⟦{level: y, when: 'score > 0.5 or coverage < 1'}⟧, {level: z}]}",
        "{level: y, when: 'score > 0.4 or coverage < 1'}",
    ),
    (
        "constant-condition",
        "criteria: [{id: a, text: A, applies_when: ⟦'true'⟧}]",
        ("applies_when: 'true'", "weight: 2"),
    ),
    ("constant-condition", TWO + "scoring: {limits: [{id: l, when: ⟦1 < 2⟧, fail: true}]}", "score < 0.2"),
    (
        "constant-condition",
        TWO + "scoring: {ladder: [{level: x, when: ⟦c⟧overage > 1}, {level: y}]}",
        ("coverage > 1", "coverage >= 1"),
    ),
    (
        "constant-condition",
        TWO + "scoring: {limits: [{id: l, when: ⟦m⟧issed.critical >= 0, fail: true}]}",
        ("critical >= 0", "critical > 0"),
    ),
    ("constant-condition", TWO + "scoring: {measures: {m: {agg: count, where: ⟦'true'⟧}}}", "score == 1"),
    (
        "na-critical",
        "scales: {s: {choices: {ok: 1, ko: 0, none: null}}}\ncriteria: [{id: a, text: A, scale: s, severity: ⟦critical⟧}]",
        "major",
    ),
    (
        "na-critical",
        "criteria: [{id: a, text: A, severity: ⟦critical⟧, policies: {not_applicable: full}}]",
        ("full", "forbid"),
    ),
    ("not-a-ratio", TWO + "scoring: {pass: {score: ⟦80⟧}}", "0.8"),
    ("not-a-ratio", TWO + "scoring: {limits: [{id: l, when: score < 0.2, score: ⟦50⟧}]}", "0.5"),
    ("constant-condition", TWO + "scoring: {ladder: [{level: A, when: ⟦score >= 80⟧}, {level: B}]}", "score >= 0.8"),
    ("above-maximum", "criteria: [{id: a, text: A, scale: {choices: {g: 8, b: 0}, max: ⟦5⟧}}]", "8"),
    ("above-maximum", "criteria: [{id: a, text: A, scale: {range: [0, 10], max: ⟦5⟧}}]", "10"),
    ("above-maximum", "criteria: [{id: a, text: A, scale: {range: [-10, 10], max: ⟦5⟧}}]", "1"),
    ("above-maximum", "criteria: [{id: a, text: A, scale: {range: [0, 10], max: ⟦1⟧}}]", "10"),
    ("above-maximum", "criteria: [{id: a, text: A, scale: {curve: [[0, 3], [9, 0]], max: ⟦1⟧}}]", "3"),
    (
        "combination",
        "criteria: [⟦{id: a, text: A, scale: {range: [0, 9], max: 9, better: lower}}⟧, {id: b, text: B}]",
        "{id: a, text: A}",
    ),
    (
        "combination",
        (
            "criteria: [{id: b, text: B}]\nsections:\n- ⟦{id: s, title: S, combine: sum, max: 9,\n"
            "  criteria: [{id: a, text: A, scale: {range: [0, 9], better: lower}}]}⟧"
        ),
        "{id: s, title: S, criteria: [{id: a, text: A}]}",
    ),
    (
        "zero-demerits",
        (
            "criteria: [{id: a, text: A, scale: {range: [0, 9], better: lower}}]\n"
            "scoring: {combine: sum, policies: {missing: ⟦zero⟧}}"
        ),
        "exclude",
    ),
    (
        "zero-demerits",
        (
            "criteria: [{id: a, text: A, scale: {range: [0, 9], better: lower}, policies: {not_applicable: ⟦zero⟧}}]\n"
            "scoring: {combine: sum}"
        ),
        "forbid",
    ),
    (
        "repeated-answer",
        "criteria: [{id: a, text: A, repeat: mean}, {id: b, text: B, applies_when: ⟦answers.a == 'no'⟧}]",
        (", repeat: mean", ""),
    ),
]


def found(text):
    plan, source = standard(text)
    diagnostics = [source.diagnostic(problem) for problem in lint_standard(plan)]
    return [(one.code, (one.where.line, one.where.column)) for one in diagnostics]


@pytest.mark.parametrize(
    ("code", "text", "remedy"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)]
)
def test_a_fault_has_its_code_at_its_place_and_mended_there_is_none(code, text, remedy):
    bare, (line, column) = unmarked(text)
    assert found(bare) == [(code, (line + STANDARD.count("\n"), column))]
    assert found(mended(text, remedy)) == []


def test_every_code_of_a_standards_meaning_is_tried():
    codes = list(CODES)
    meaning = {*codes[codes.index("reserved-name") : codes.index("na-critical") + 1]} - {"unknown-criterion"}
    assert meaning <= {code for code, *_ in CASES}


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        (CASES[5][1], "did you mean “stage”?"),
        (TWO + "scoring: {measures: {m: scor * 2}}", "did you mean “score”?"),
        (TWO + "scoring: {measures: {m: score = 2}}", "write == instead of ="),
        (TWO + "scoring: {measures: {m: {agg: count, where: outcome == met}}}", "a text stands in quotes: 'met'"),
        (POINTS + "criteria: [{id: a, text: A, scale: yesno}]", "did you mean “yes_no”?"),
        (LEVELS + "pass: {level: godo}}", "did you mean “good”?"),
    ],
)
def test_the_help_says_what_was_probably_meant(text, help_):
    plan, _ = standard(unmarked(text)[0])
    assert help_ in str(lint_standard(plan)[0].help)


@pytest.mark.parametrize(
    "text",
    [
        "criteria: [{id: a, text: A, scale: {choices: {fine: 0, bad: -4}}}]\nscoring: {combine: sum, start: 100, max: 100}",
        "criteria: [{id: a, text: A, weight: 0}, {id: b, text: B}]",
        "criteria: [{id: a, text: A}, {id: b, text: B, scale: {info: text}, weight: 0}]",
        "criteria: [{id: a, text: A}, {id: b, text: B, bonus: true, weight: 0}]",
        TWO
        + "scoring: {ladder: [{level: x, when: score >= 0.8}, {level: y, when: score >= 0.5 and coverage == 1}, {level: z}]}",
        TWO
        + "scoring: {ladder: [{level: x, when: score >= 0.8 and coverage == 1}, {level: y, when: score >= 0.9}, {level: z}]}",
        "criteria: [{id: a, text: A}, {id: b, text: B, applies_when: answers.a == 'yes'}, {id: c, text: C, applies_when: answers.b == 'yes'}]",
        "criteria: [{id: a, text: A, severity: critical}]",
        "parameters: {least: 0.8}\n" + TWO + "scoring: {limits: [{id: l, when: score < parameters.least, fail: true}]}",
        "context: {big: {type: bool, default: no}}\ncriteria: [{id: a, text: A, applies_when: context.big == true}]",
    ],
)
def test_a_sound_standard_gives_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("written", "said"), [("72.5", "écrivez 0.725 pour 72,5\u00a0%"), ("57", "écrivez 0.57 pour 57\u00a0%")]
)
def test_a_ratio_to_write_is_written_as_yaml_has_it_whatever_the_language(written, said):
    plan, _ = standard(TWO + f"scoring: {{pass: {{score: {written}}}}}")
    assert [translator("fr").message(one.help) for one in lint_standard(plan)] == [said]


def test_a_rung_that_cannot_be_compiled_hides_no_other():
    assert [
        code
        for code, _ in found(
            TWO + "scoring: {ladder: [{level: x, when: scor > 1}, {level: y, when: score > 0.5}, {level: z}]}"
        )
    ] == ["unknown-name"]
