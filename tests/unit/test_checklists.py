"""Visits made with a checklist: found, checked, scored on each standard and as a whole; every fault at its place."""

from pathlib import Path

import pytest
from tests.marked import unmarked

from servaudit import sources
from servaudit.audit import Audit
from servaudit.checklists import Checklists
from servaudit.library import Library

SHOP = """kind: standard
id: shop
version: 1.2.0
title: Shop
parameters: {limit: 3}
context: {big: {type: bool, default: false}, both: {type: bool, default: false}}
facets: {channel: {values: {counter: Counter}}}
sections:
  - id: welcome
    title: Welcome
    criteria:
      - {id: hello, text: Hello, severity: critical, policies: {not_applicable: forbid}}
      - {id: smile, text: Smile}
  - id: rest
    title: Rest
    criteria: [{id: clean, text: Clean, applies_when: answers.smile == 'yes'}, {id: bye, text: Bye}]
rollup: {measures: {n: {agg: count}}}
"""
PHONE = """kind: standard
id: phone
version: 2.0.0
title: Phone
context: {night: {type: bool, default: false}, both: {type: bool, default: false}}
criteria:
  - {id: rings, text: Rings, scale: {curve: [[3, 1], [9, 0]], unit: count}, repeat: mean}
  - {id: name, text: Says a name}
"""
DEMERITS = """kind: standard
id: demerits
version: 1.0.0
title: Demerits
criteria: [{id: dirt, text: Dirt, scale: {choices: {none: 0, some: 5}, better: lower, max: 5}}]
"""
POINTS = DEMERITS.replace("demerits", "points").replace(", max: 5", "") + "scoring: {combine: sum}\n"
NIGHT = PHONE.replace("id: phone", "id: night").replace("both: {type: bool, default: false}", "both: {type: text}")
STATED = """kind: standard
id: facts
version: 1.0.0
title: Facts
context: {desks: {type: number, default: 1}, crowd: {type: choice, values: [few, many], default: few}}
criteria: [{id: a, text: A}]
"""
BUDGET = """kind: standard
id: budget
version: 1.0.0
title: Budget
sections:
  - id: main
    title: Main
    combine: sum
    max: 5
    criteria:
      - {id: one, text: One, scale: {choices: {good: 3, bad: 0}}}
      - {id: two, text: Two, scale: {choices: {good: 2, bad: 0}}}
      - {id: seen, text: Seen, scale: {info: text}}
  - {id: rest, title: Rest, combine: sum, criteria: [{id: three, text: Three}]}
  - {id: free, title: Free, combine: sum, weight: 0, criteria: [{id: four, text: Four}]}
scoring: {combine: sum, limits: [{id: weak, when: sections.rest < 0.5, fail: true}]}
"""
HEAD = "kind: checklist\nid: mystery\nversion: 1.0.0\ntitle: Mystery\n"
FACTS = HEAD + "standards: [{standard: facts, version: '1'}]\n"
TWO = HEAD + 'standards: [{standard: shop, version: ^1.0, weight: 3}, {standard: phone, version: "2"}]\n'
ONE = HEAD + "standards: [{standard: shop, version: ^1.0, include: {sections: rest}}]\n"
VISIT = "kind: observation\nchecklist: mystery@1.0.0\nvisit: {id: v1, context: {big: yes, night: yes, both: yes}}\n"
ANSWERS = VISIT + "answers: {shop: {hello: yes, smile: no, bye: yes}, phone: {rings: [6, 6], name: yes}}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("shop", SHOP), ("phone", PHONE), ("mystery", TWO)):
        write(f"standards/{name}.yaml", text)
    for name, text in (
        ("demerits", DEMERITS),
        ("points", POINTS),
        ("budget", BUDGET),
        ("night", NIGHT),
        ("facts", STATED),
    ):
        write(f"standards/{name}.yaml", text)


def write(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")
    return name


def visit(text: str = ANSWERS, audit: Audit | None = None):
    return (audit or Audit(Library())).visit(sources.read(write("visits/v1.yaml", text)))


def faults(audited):
    return [(one.code, one.where.line, one.where.column) for one in audited.diagnostics]


def test_a_visit_is_scored_on_each_standard_and_as_a_whole():
    audited = visit()
    assert audited.diagnostics == ()
    whole, shop, phone = (scored.card for scored in audited.scored)
    assert [card.role for card in (whole, shop, phone)] == ["whole", "part", "part"]
    assert (shop.score, phone.score, whole.score) == (0.75, 0.75, 0.75)
    assert [card.checklist.id for card in (whole, shop, phone)] == ["mystery"] * 3
    assert (whole.standard.path, shop.standard.path) == ("standards/mystery.yaml", "standards/shop.yaml")
    assert shop.visit.context == {"big": True, "both": True}
    assert phone.visit.context == {"night": True, "both": True}


@pytest.mark.parametrize(
    ("of", "said", "codes"),
    [
        ("criterion: name", [[], ["Bravo"], ["Bravo"]], ["commendation-shared"]),
        ("criterion: name, standard: phone", [[], [], ["Bravo"]], []),
        ("criterion: name, standard: shop", [[], ["Bravo"], []], []),
        ("criterion: smile", [[], ["Bravo"], []], []),
        ("standard: shop", [["Bravo"], [], []], []),
    ],
)
def test_a_commendation_shows_where_it_was_given(of, said, codes):
    write("standards/shop.yaml", SHOP.replace("{id: bye, text: Bye}", "{id: bye, text: Bye}, {id: name, text: Name}"))
    audited = visit(ANSWERS + f"commendations: [{{{of}, note: Bravo}}]\n")
    assert [[praise.note for praise in scored.card.commendations] for scored in audited.scored] == said
    assert [one.code for one in audited.diagnostics] == codes


def test_a_checklist_of_one_standard_takes_its_answers_directly():
    write("standards/mystery.yaml", ONE)
    audited = visit(VISIT.replace(", night: yes", "") + "answers: {bye: yes}\n")
    (scored,) = audited.scored
    assert [one.code for one in audited.diagnostics] == ["critical-left-out", "selection-condition"]
    assert (scored.card.role, scored.card.score, scored.card.coverage) == ("visit", 1.0, 1.0)
    assert scored.card.out_of_scope == ("hello", "smile")


def test_faults_of_a_checklist_are_told_with_the_first_visit():
    write("standards/mystery.yaml", ONE)
    audit = Audit(Library())
    text = VISIT.replace(", night: yes", "") + "answers: {bye: yes}\n"
    assert len(visit(text, audit).diagnostics) == 2
    again = audit.visit(sources.read(write("visits/v2.yaml", text.replace("v1", "v2"))))
    assert again.diagnostics == ()
    assert len(again.scored) == 1


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("unknown-criterion", VISIT + "answers: {⟦shopp⟧: {hello: yes}}"),
        ("unknown-criterion", VISIT + "answers: {⟦hello⟧: yes}"),
        ("unknown-criterion", VISIT + "answers: {shop: {⟦helo⟧: yes}}"),
        ("answer-shape", VISIT + "answers: {shop: ⟦yes⟧}"),
        ("answer-unknown", VISIT + "answers: {shop: {hello: ⟦maybe⟧}}"),
        ("answer-unit", VISIT + "answers: {phone: {rings: [3, ⟦4 km⟧]}}"),
        ("context-unknown", VISIT.replace("big: yes", "⟦bigg⟧: yes") + "answers: {}"),
        ("context-type", VISIT.replace("big: yes", "big: ⟦3⟧") + "answers: {}"),
        ("unknown-criterion", ANSWERS + "commendations: [{criterion: ⟦nmae⟧, note: Bravo}]"),
        ("unknown-criterion", ANSWERS + "commendations: [{criterion: ⟦name⟧, standard: shop, note: Bravo}]"),
        ("standard-not-found", ANSWERS + "commendations: [{criterion: name, standard: ⟦fone⟧, note: Bravo}]"),
        ("checklist-not-found", ANSWERS.replace("mystery@1.0.0", "⟦mistery@1.0.0⟧")),
        ("version-mismatch", ANSWERS.replace("mystery@1.0.0", "⟦mystery@1.1.0⟧")),
        ("version-mismatch", ANSWERS + "standards: [shop@1.2.0, ⟦phone@1.0.0⟧]"),
        ("standard-not-found", ANSWERS + "standards: [⟦mail@1.0.0⟧]"),
        ("version-mismatch", ANSWERS + "standards: [⟦shop@1.3.0⟧]"),
        ("missing-key", "⟦kind⟧: observation\nvisit: {id: v1}\nanswers: {}"),
    ],
)
def test_a_fault_of_an_observation_is_told_at_its_place(code, marked):
    bare, (line, column) = unmarked(marked)
    assert [one for one in faults(visit(bare)) if one[0] == code] == [(code, line, column)]


FIELDS = TWO + "visit: {site: {required: true, choices: {lyon: {fr: Lyon (gare), en: Lyon station}, brest: }}}\n"


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("", ["the checklist asks for “site”"]),
        ("site: ⟦lion⟧", ["“lion” is not in the checklist’s list"]),
        ("site: lyon", []),
        ("site: LYON (Gare)", []),
        ("site: Lyon station", []),
        ("site: brest", []),
    ],
)
def test_what_the_checklist_asks_of_the_visit_is_looked_at(site, expected):
    write("standards/mystery.yaml", FIELDS)
    bare, (line, column) = unmarked(ANSWERS.replace("context:", f"{site}, context:" if site else "context:"))
    audited = visit(bare)
    assert [str(one.message) for one in audited.diagnostics] == expected
    assert len(audited.scored) == 3
    if "⟦" in site:
        assert [(one.where.line, one.where.column) for one in audited.diagnostics] == [(line, column)]


@pytest.mark.parametrize(
    ("desks", "expected"), [("2", []), ("2.0", []), ("deux", ["context-type"]), ("7", ["visit-field"])]
)
def test_a_number_is_looked_for_in_the_list_as_well(desks, expected):
    write("standards/mystery.yaml", FACTS + "visit: {context: {desks: {choices: {1: One, 2: {fr: Deux, en: Two}}}}}\n")
    found = visit(
        "kind: observation\nchecklist: mystery@1.0.0\n"
        f"visit: {{id: v, context: {{desks: {desks}}}}}\nanswers: {{a: yes}}\n"
    )
    assert [one.code for one in found.diagnostics] == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [("lyon", "Lyon station"), ("LYON (gare)", "Lyon station"), ("brest", "brest"), ("Nice", "Nice")],
)
def test_a_site_of_the_list_has_one_name_however_it_was_typed(typed, said):
    write("standards/mystery.yaml", FIELDS)
    audited = visit(ANSWERS.replace("context:", f"site: {typed}, context:"))
    assert {scored.card.visit.site for scored in audited.scored} == {said}


@pytest.mark.parametrize(
    ("typed", "said"), [("floor", "Front line"), ("Terrain", "Front line"), ("self", "self"), ("Lui-même", "self")]
)
def test_a_source_of_the_list_has_one_name_and_a_usual_one_its_key(typed, said):
    choices = "{floor: {fr: Terrain, en: Front line}, self: {fr: Lui-même, en: Themselves}}"
    write("standards/mystery.yaml", FACTS + f"visit: {{source: {{choices: {choices}}}}}\n")
    audited = visit(
        f"kind: observation\nchecklist: mystery@1.0.0\nvisit: {{id: v, source: {typed}, context: {{desks: 2}}}}\n"
        "answers: {a: yes}\n"
    )
    assert {scored.card.visit.source for scored in audited.scored} == {said}


def test_an_observation_names_one_of_both():
    (fault,) = visit(ANSWERS + "standard: shop@1.2.0\n").diagnostics
    assert (fault.code, str(fault.message)) == (
        "bad-value", "an observation names the standard, or the checklist, that it was made with",
    )  # fmt: skip


def test_a_repeated_criterion_and_a_hint_are_found_under_their_standard():
    (fault,) = visit(VISIT + "answers: {shop: {hello: y}}").diagnostics
    assert str(fault.help) == "write it in full: “yes” / “Yes”"


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("standard-not-found", HEAD + "standards: [{standard: ⟦shopp⟧, version: '1'}]"),
        ("version-mismatch", HEAD + "standards: [{standard: ⟦shop⟧, version: ^2}]"),
        ("bad-value", HEAD + "standards: [{standard: shop, version: ⟦latest⟧}]"),
        ("missing-key", HEAD + "standards:\n  - ⟦standard: shop⟧"),
        ("bad-value", HEAD + "standards: ⟦[]⟧"),
        ("duplicate-id", HEAD + "standards: [{standard: shop, version: '1'}, {standard: ⟦shop⟧, version: '1'}]"),
        ("selection-empty", ONE.replace("{sections: rest}", "⟦{sections: rest, severities: critical}⟧")),
        ("bad-value", ONE.replace("{sections: rest}", "⟦{}⟧")),
        ("unknown-criterion", ONE.replace("sections: rest", "sections: [⟦rset⟧]")),
        ("unknown-criterion", ONE.replace("sections: rest", "criteria: [hello, ⟦helo⟧]")),
        ("unknown-facet", ONE.replace("sections: rest", "facets: {⟦chanel⟧: counter}")),
        ("unknown-facet", ONE.replace("sections: rest", "facets: {channel: [⟦couner⟧]}")),
        ("selection-empty", ONE.replace("{sections: rest}", "⟦{facets: {channel: counter}}⟧")),
        (
            "critical-left-out",
            HEAD + "standards:\n  - ⟦standard: shop⟧\n    version: ^1\n    exclude: {criteria: hello}",
        ),
        (
            "selection-condition",
            HEAD + "standards:\n  - ⟦standard: shop⟧\n    version: ^1\n    exclude: {criteria: smile}",
        ),
        ("unknown-criterion", HEAD + "standards: [{standard: shop, version: ^1, order: [⟦helo⟧]}]"),
        ("unknown-name", HEAD + "standards: [{standard: shop, version: ^1, parameters: {⟦limt⟧: 4}}]"),
        (
            "unknown-criterion",
            HEAD + "standards: [{standard: shop, version: ^1, wording: {staff: {⟦helo⟧: {text: Hi}}}}]",
        ),
        ("context-unknown", ONE + "visit: {context: {⟦bigg⟧: {required: true}}}"),
        ("unknown-key", ONE + "visit: {⟦stie⟧: {required: true}}"),
        ("unknown-name", TWO + "scoring: {limits: [{id: x, when: ⟦sections.shopp⟧ > 1, fail: true}]}"),
        ("unknown-level", TWO + "scoring: {levels: [good], ladder: [{level: ⟦goood⟧}]}"),
        ("constant-condition", TWO + "scoring: {limits: [{id: x, when: ⟦1 > 0⟧, fail: true}]}"),
        ("unknown-name", ONE + "rollup: {measures: {x: ⟦scor⟧ + 1}}"),
        ("bad-value", TWO + "scoring: {measures: {n: {agg: count, over: ⟦criteria⟧}}}"),
        ("visit-field", TWO + "visit: {site: {choices: {lyon: Lyon}, default: ⟦brest⟧}}"),
        ("context-type", TWO + "visit: {context: {night: {default: ⟦perhaps⟧}}}"),
        ("visit-field", FACTS + "visit: {context: {desks: {choices: {1: One, 2: Two}, default: ⟦3⟧}}}"),
        ("context-type", FACTS + "visit: {context: {crowd: {choices: {few: Few, ⟦most⟧: Most}}}}"),
        ("reserved-name", TWO + "scoring: {measures: {⟦failed⟧: score}}"),
        (
            "duplicate-id",
            TWO + "scoring: {limits: [{id: x, when: failed > 0, fail: true}, {id: ⟦x⟧, when: failed > 1, fail: true}]}",
        ),
        ("context-type", HEAD + "standards: [{standard: shop, version: '1'}, {standard: ⟦night⟧, version: '2'}]"),
        ("combination", TWO + "scoring: {combine: min, floor: ⟦1⟧}"),
        ("combination", TWO + "scoring: {limits: [{id: x, when: failed > 0, add: ⟦3⟧}]}"),
        ("not-a-ratio", TWO + "scoring: {pass: {score: ⟦80⟧}}"),
        (
            "zero-weights",
            HEAD + "standards: [{standard: shop, version: '1', weight: ⟦0⟧}, "
            "{standard: phone, version: '2', weight: 0}]",
        ),
        (
            "combination",
            HEAD + "standards: [{standard: points, version: '1'}, {standard: ⟦phone⟧, version: '2'}]\n"
            "scoring: {combine: sum}",
        ),
        ("no-maximum", HEAD + "standards: [{standard: phone, version: '2'}, {standard: ⟦points⟧, version: '1'}]"),
        ("combination", HEAD + "standards: [{standard: phone, version: '2'}, {standard: ⟦demerits⟧, version: '1'}]"),
        (
            "no-maximum",
            HEAD + "standards: [{standard: points, version: '1'}, {standard: budget, version: '1'}]\n"
            "scoring: {combine: sum, pass: {score: ⟦0.5⟧}}",
        ),
        (
            "selection-condition",
            HEAD + "standards:\n  - ⟦standard: budget⟧\n    version: '1'\n    exclude: {sections: rest}",
        ),
        (
            "selection-maximum",
            HEAD + "standards:\n  - ⟦standard: budget⟧\n    version: '1'\n    exclude: {criteria: two}",
        ),
        ("zero-weights", HEAD + "standards:\n  - ⟦standard: budget⟧\n    version: '1'\n    include: {sections: free}"),
    ],
)
def test_a_fault_of_a_checklist_is_told_at_its_place(code, marked):
    bare, place = unmarked(marked)
    found = Audit(Library()).check(sources.read(write("standards/mystery.yaml", bare)))
    assert code in [one.code for one in found], found
    (fault,) = [one for one in found if one.code == code]
    assert (fault.where.line, fault.where.column) == place


def test_sound_checklists_have_no_fault():
    for text in (
        TWO,
        HEAD + "standards: [{standard: shop, version: '>=1 <2', order: [rest, smile], parameters: {limit: 9}}]",
        TWO + "scoring: {measures: {n: {agg: min, of: score}}, pass: {score: 0.8}}",
        HEAD + "standards: [{standard: budget, version: '1', exclude: {criteria: [seen, four]}}]",
        HEAD + "standards: [{standard: points, version: '1'}, {standard: budget, version: '1'}]\n"
        "scoring: {combine: sum, max: 30, pass: {score: 0.5}}",
    ):
        assert Audit(Library()).check(sources.read(write("standards/mystery.yaml", text))) == ()


def test_the_values_of_a_fact_mean_the_same_in_any_order():
    write("standards/again.yaml", STATED.replace("id: facts", "id: again").replace("[few, many]", "[many, few]"))
    text = HEAD + "standards: [{standard: facts, version: '1'}, {standard: again, version: '1'}]\n"
    assert Audit(Library()).check(sources.read(write("standards/mystery.yaml", text))) == ()
    write("standards/again.yaml", STATED.replace("id: facts", "id: again").replace("[few, many]", "[few, most]"))
    found = Audit(Library()).check(sources.read(write("standards/mystery.yaml", text)))
    assert [one.code for one in found] == ["context-type"]


def test_a_standard_with_errors_of_its_own_is_pointed_at():
    write("standards/phone.yaml", PHONE.replace("id: name", "id: rings"))
    audited = visit()
    assert [(one.code, one.file) for one in audited.diagnostics] == [
        ("duplicate-id", "standards/phone.yaml"),
        ("standard-invalid", "standards/mystery.yaml"),
        ("standard-invalid", "visits/v1.yaml"),
    ]
    assert audited.scored == ()


def test_facts_of_a_standard_that_is_not_to_be_had_are_no_fault_of_the_checklist():
    text = TWO.replace("standard: phone", "standard: phoen") + "visit: {context: {night: {required: true}}}\n"
    found = Audit(Library()).check(sources.read(write("standards/mystery.yaml", text)))
    assert [one.code for one in found] == ["standard-not-found"]
    complete = TWO + "visit: {context: {nihgt: {required: true}}}\n"
    found = Audit(Library()).check(sources.read(write("standards/mystery.yaml", complete)))
    assert [one.code for one in found] == ["context-unknown"]


def test_a_checklist_with_errors_of_its_own_is_pointed_at_each_time():
    write("standards/mystery.yaml", TWO.replace("weight: 3", "wieght: 3"))
    audit = Audit(Library())
    assert [one.code for one in visit(audit=audit).diagnostics] == ["unknown-key", "standard-invalid"]
    assert [one.code for one in visit(audit=audit).diagnostics] == ["standard-invalid"]


def test_of_a_range_the_highest_version_near_is_taken_unless_the_observation_pins_one():
    write("standards/newer.yaml", SHOP.replace("1.2.0", "1.10.0"))
    write("standards/next.yaml", SHOP.replace("1.2.0", "2.0.0"))
    assert visit().scored[1].card.standard.version == "1.10.0"
    pinned = visit(ANSWERS + "standards: [shop@1.2.0]\n")
    assert (pinned.diagnostics, pinned.scored[1].card.standard.version) == ((), "1.2.0")


def test_a_rollup_of_the_checklist_is_said_instead_of_that_of_its_standards():
    write("standards/mystery.yaml", TWO + "rollup: {measures: {both: {agg: share, that: sections.phone > 0.7}}}\n")
    audit = Audit(Library())
    visit(audit=audit)
    ((card, standard),) = audit.rollups()
    assert (card.standard.id, card.measures, standard.id) == ("mystery", {"both": 1.0}, "mystery")


def test_without_one_each_standard_says_its_own():
    audit = Audit(Library())
    visit(audit=audit)
    ((card, _),) = audit.rollups()
    assert (card.standard.id, card.measures) == ("shop", {"n": 1})


def test_a_rollup_of_a_checklist_of_one_standard_replaces_its_own():
    write("standards/mystery.yaml", ONE + "rollup: {measures: {best: {agg: max, of: score}}}\n")
    audit = Audit(Library())
    visit(VISIT.replace(", night: yes", "") + "answers: {bye: yes}\n", audit)
    ((card, _),) = audit.rollups()
    assert card.measures == {"best": 1.0}


@pytest.mark.parametrize("audience", ["auditor", "staff"])
def test_a_grid_is_opened_in_the_words_of_its_reader(audience):
    write(
        "standards/mystery.yaml",
        ONE.replace("sections: rest}", "sections: rest}, wording: {staff: {bye: {text: Say bye}}}"),
    )
    opened = Checklists(Library(), audience).open(sources.read("standards/mystery.yaml"))
    bye = opened.grid.parts[0].plan.criteria["bye"].criterion
    assert bye.text == {"": "Say bye" if audience == "staff" else "Bye"}


@pytest.mark.parametrize("text", ["kind: observation\nstandard: a@1.0.0\nvisit: {id: a}\nanswers: {}\n", "a: 1", "["])
def test_what_is_neither_a_checklist_nor_a_standard_is_said(text):
    opened = Checklists(Library()).open(sources.read(write("x.yaml", text)))
    assert opened.grid is None
    assert len(opened.diagnostics) == 1


def test_a_bundled_or_distant_checklist_finds_its_standards_around_itself():
    Path("standards").rename("elsewhere")
    audit = Audit(Library(("elsewhere",)))
    assert visit(audit=audit).diagnostics == ()
