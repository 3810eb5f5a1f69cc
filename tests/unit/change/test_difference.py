"""Each kind of change is found, at its place, with its level; and what is no change is not."""

from copy import deepcopy

import pytest

from servaudit.change import tree
from servaudit.change.change import same_rule
from servaudit.change.difference import compare, raised
from servaudit.change.kinds import KINDS
from servaudit.model.rules import Rollup, Scoring
from servaudit.model.standard import Criterion, Section, Standard
from servaudit.scoring.planner import compile_standard

BASE = {
    "kind": "standard",
    "id": "shop",
    "version": "1.2.0",
    "language": "fr",
    "title": {"fr": "Accueil", "en": "Welcome"},
    "parameters": {"p": 1},
    "context": {"crowded": {"type": "bool", "default": False}, "size": {"type": "choice", "values": ["s", "m"]}},
    "attributes": {"pts": {"type": "number", "default": 0}},
    "facets": {"stage": {"title": {"fr": "Étape"}, "values": {"in": {"fr": "Entrée"}, "out": {"fr": "Sortie"}}}},
    "scales": {
        "often": {"choices": {"always": {"points": 3, "label": {"fr": "Toujours"}}, "often": 2, "never": 0}},
        "spare": {"choices": {"a": 1, "b": 0}},
    },
    "criteria": [{"id": "door", "text": {"fr": "La porte est ouverte", "en": "The door is open"}}],
    "sections": [
        {
            "id": "welcome",
            "title": {"fr": "Accueil"},
            "criteria": [
                {
                    "id": "greeted",
                    "text": {"fr": "Le client est salué", "en": "The customer is greeted"},
                    "guidance": {"fr": "Dans la minute"},
                    "facets": {"stage": "in"},
                },
                {"id": "smile", "text": {"fr": "Un sourire"}, "scale": "often"},
                {"id": "wait", "text": {"fr": "L’attente"}, "scale": {"curve": [[60, 1], [300, 0]], "unit": "s"}},
            ],
        },
        {"id": "exit", "title": {"fr": "Sortie"}, "criteria": [{"id": "thanked", "text": {"fr": "Merci"}}]},
    ],
    "scoring": {
        "measures": {"worst": {"agg": "min", "of": "score"}},
        "levels": {"good": {"fr": "Bien"}, "poor": {"fr": "Faible"}},
        "ladder": [{"level": "good", "when": "score >= 0.8 and worst > 0"}, {"level": "poor"}],
        "limits": [{"id": "cold", "when": "missed.critical > 0", "fail": True, "text": {"fr": "Froid"}}],
        "pass": {"level": "good"},
    },
    "rollup": {"measures": {"mean": {"agg": "mean", "of": "score"}}},
}


def plan(data):
    return compile_standard(Standard.model_validate(data))


def changed(*edits, base=BASE):
    """Edit a copy: each edit is `(path, value)`, where the value ... (Ellipsis) takes the key away."""
    data = deepcopy(base)
    for path, value in edits:
        *way, last = path
        place = data
        for part in way:
            place = place[part] if not isinstance(place, dict) or part in place else place.setdefault(part, {})
        if value is ...:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return data


def found(*edits, base=BASE):
    changes = compare(plan(base), plan(changed(*edits, base=base))).changes
    return [(change.kind, change.level, ".".join(map(str, change.path))) for change in changes]


WELCOME = ("sections", 0)
GREETED = (*WELCOME, "criteria", 0)
SMILE = (*WELCOME, "criteria", 1)
WAIT = (*WELCOME, "criteria", 2)
NEW = {"id": "seat", "text": {"fr": "Un siège"}}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("title",), {"fr": "Accueil !", "en": "Welcome!"}, ["wording patch title", "translation-changed patch title"]),
        (("title", "fr"), "Autre", ["wording patch title", "translation-stale patch title"]),
        (("title", "en"), "Other", ["translation-changed patch title"]),
        (("title", "en"), ..., ["translation-removed patch title"]),
        ((*WELCOME, "title", "en"), "Welcome", ["translation-added patch sections.0.title"]),
        (("title", "fr"), " Accueil\n", []),
        (("description",), "Quoi", ["wording patch description"]),
        (("language",), "en", ["language patch language"]),
        (("id",), "store", ["identity major id"]),
        ((*GREETED, "guidance", "fr"), "Tout de suite", ["guidance patch sections.0.criteria.0.guidance"]),
        ((*GREETED, "guidance"), ..., ["guidance patch sections.0.criteria.0.guidance"]),
        ((*GREETED, "examples"), {"good": "Bonjour"}, ["guidance patch sections.0.criteria.0.examples.good"]),
        ((*GREETED, "weight"), 2, ["weight major sections.0.criteria.0.weight"]),
        ((*GREETED, "weight"), 1, []),
        ((*GREETED, "severity"), "critical", ["severity major sections.0.criteria.0.severity"]),
        ((*GREETED, "status"), "mandatory", ["status major sections.0.criteria.0.status"]),
        ((*GREETED, "facets", "stage"), "out", ["facet minor sections.0.criteria.0.facets.stage"]),
        ((*GREETED, "attributes"), {"pts": 3}, ["attribute major sections.0.criteria.0.attributes.pts"]),
        ((*GREETED, "repeat"), "mean", ["repeat major sections.0.criteria.0.repeat"]),
        ((*GREETED, "bonus"), True, ["bonus major sections.0.criteria.0.bonus"]),
        ((*GREETED, "applies_when"), "context.crowded", ["condition major sections.0.criteria.0.applies_when"]),
        ((*GREETED, "evidence"), {"require": "note"}, ["evidence minor sections.0.criteria.0.evidence"]),
        ((*GREETED, "policies"), {"missing": "zero"}, ["policy major sections.0.criteria.0.policies"]),
        ((*GREETED, "scale"), "often", ["scale major sections.0.criteria.0.scale"]),
        ((*GREETED, "scale"), {"choices": {"yes": 1, "no": 0}}, [  # the built-in one has labels
            "label patch sections.0.criteria.0.scale.choices.yes", "label patch sections.0.criteria.0.scale.choices.no",
        ]),
        ((*WAIT, "scale", "curve"), [[60, 1], [240, 0]], ["scale major sections.0.criteria.2.scale"]),
        ((*WAIT, "scale", "unit"), "min", ["scale major sections.0.criteria.2.scale"]),
        (("scales", "often", "choices", "rarely"), 1, ["answer-added minor scales.often.choices.rarely"]),
        (("scales", "often", "choices", "dk"), None, ["answer-added minor scales.often.choices.dk"]),
        (("scales", "often", "choices", "best"), 4, ["answer-added major scales.often.choices.best"]),
        (("scales", "often", "choices", "often"), 1, ["scale major scales.often.choices.often"]),
        (("scales", "often", "choices", "often"), ..., ["answer-removed major scales.often.choices.often"]),
        (("scales", "often", "choices", "always", "label", "fr"), "Tjs", ["label patch scales.often.choices.always"]),
        (("scales", "often", "max"), 4, ["scale major scales.often.max"]),
        (("scales", "spare", "choices", "a"), 2, ["scale patch scales.spare.choices.a"]),
        (("scales", "spare"), ..., ["scale-removed patch scales.spare"]),
        (("scales", "new"), {"choices": {"a": 1}}, ["scale-added minor scales.new"]),
        ((*WELCOME, "criteria", 3), NEW, ["criterion-added minor sections.0.criteria.3"]),
        (("sections", 1, "criteria", 0), {**NEW, "bonus": True}, [
            "criterion-added minor sections.1.criteria.0", "criterion-removed major sections.1.criteria.0",
        ]),
        (("sections", 1), ..., [
            "section-removed major sections.1", "criterion-removed major sections.1.criteria.0",
        ]),
        (("sections", 2), {"id": "s", "title": "S", "criteria": [NEW]}, [
            "section-added minor sections.2", "criterion-added minor sections.2.criteria.0",
        ]),
        (("sections", 0, "weight"), 2, ["weight major sections.0.weight"]),
        (("sections", 0, "combine"), "min", ["combination major sections.0.combine"]),
        (("sections", 0, "repeat"), "mean", ["repeat major sections.0.repeat"]),
        (("sections", 0, "id"), "accueil", ["section-renamed major sections.0.id"]),
        (("criteria", 0, "id"), "gate", ["criterion-renamed major criteria.0.id"]),
        (("parameters", "p"), 2, ["parameter major parameters.p"]),
        (("parameters", "q"), 2, ["parameter-added minor parameters.q"]),
        (("parameters",), {}, ["parameter-removed major parameters.p"]),
        (("context", "crowded", "default"), True, ["context major context.crowded.default"]),
        (("context", "crowded"), ..., ["context-removed major context.crowded"]),
        (("context", "n"), {"type": "number"}, ["context-added minor context.n"]),
        (("context", "size", "values"), ["s", "m", "l"], ["context-added minor context.size.values"]),
        (("context", "size", "values"), ["s"], ["context major context.size.values"]),
        (("context", "size", "values"), ["m", "s"], ["order patch context.size.values"]),
        (("context", "size", "values"), {"s": "Petit", "m": None}, ["wording patch context.size.values.s"]),
        (("context", "size", "title"), "Taille", ["wording patch context.size.title"]),
        (("attributes", "x"), {"type": "text"}, ["attribute-added minor attributes.x"]),
        (("attributes", "pts", "default"), 1, ["attribute major attributes.pts.default"]),
        (("attributes",), {}, ["attribute-removed major attributes.pts"]),
        (("facets", "channel"), {"values": {"desk": None}}, ["facet-added minor facets.channel"]),
        (("facets", "stage", "values", "mid"), None, ["facet-added minor facets.stage.values.mid"]),
        (("facets", "stage", "values", "out"), ..., ["facet-removed major facets.stage.values.out"]),
        (("facets", "stage", "title", "fr"), "Phase", ["wording patch facets.stage.title"]),
        (("scoring", "combine"), "min", ["combination major scoring.combine"]),
        (("scoring", "policies"), {"missing": "zero"}, ["policy major scoring.policies.missing"]),
        (("scoring", "measures", "n"), {"agg": "count"}, ["measure-added minor scoring.measures.n"]),
        (("scoring", "measures", "worst", "of"), "points", ["measure major scoring.measures.worst.of"]),
        (("scoring", "measures", "worst", "title"), "Pire", ["wording patch scoring.measures.worst.title"]),
        (("scoring", "measures", "worst", "of"), " ( score ) ", []),
        (("scoring", "levels", "good", "fr"), "Bon", ["wording patch scoring.levels.good"]),
        (("scoring", "levels"), ["poor", "good"], [
            "levels major scoring.levels", "wording patch scoring.levels.poor", "wording patch scoring.levels.good",
        ]),
        (("scoring", "ladder", 0, "when"), "score >= 0.9", ["ladder major scoring.ladder.0.when"]),
        (("scoring", "ladder", 0, "when"), "score>=0.8 and  worst > 0", []),
        (("scoring", "ladder", 2), {"level": "none"}, ["ladder major scoring.ladder"]),
        (("scoring", "limits", 0, "text", "fr"), "Glacial", ["wording patch scoring.limits.0.text"]),
        (("scoring", "limits", 0, "when"), "missed.major > 0", ["limit major scoring.limits.0"]),
        (("scoring", "limits", 1), {"id": "x", "when": "score < 1", "score": 0},
         ["limit-added major scoring.limits.1"]),
        (("scoring", "limits"), [], ["limit-removed major scoring.limits.0"]),
        (("scoring", "limits"), ..., ["limit major scoring.limits", "limit-removed major scoring.limits.0"]),
        (("scoring", "pass"), {"score": 0.8}, ["pass-mark major scoring.pass"]),
        (("scoring", "display"), {"decimals": 0}, ["display minor scoring.display.decimals"]),
        (("scoring", "classify"), {"targets": ["a"], "awarded": ["good"]}, ["target major scoring.classify"]),
        (("rollup", "pass"), {"score": 0.5}, ["pass-mark major rollup.pass"]),
        (("rollup",), ..., ["rollup-removed major rollup"]),
        (("history", "1.2.0"), {"note": "x"}, ["history patch history.1.2.0"]),
        (("version",), "9.0.0", []),
    ],
)  # fmt: skip
def test_every_change_has_its_kind_level_and_place(path, value, expected):
    assert [" ".join(change) for change in found((path, value))] == expected


def test_a_conclusion_on_several_visits_can_be_added():
    base = changed((("rollup",), ...))
    assert found((("rollup",), {"pass": {"score": 0.5}}), base=base) == [("rollup-added", "minor", "rollup")]


def test_what_moves_keeps_its_id_and_is_said_once():
    greeted = BASE["sections"][0]["criteria"][0]
    edits = ((GREETED, ...), (("sections", 1, "criteria", 1), greeted))
    assert found(*edits) == [("criterion-moved", "major", "sections.1.criteria.1")]
    (change,) = compare(plan(BASE), plan(changed(*edits))).changes
    assert (change.old, change.new) == ("welcome", "exit")


def test_another_order_of_criteria_changes_only_what_people_read():
    first, second, third = BASE["sections"][0]["criteria"]
    assert found(((*WELCOME, "criteria"), [second, third, first])) == [("order", "patch", "sections.0.criteria")]
    one, two = BASE["sections"]
    assert found((("sections",), [two, one])) == [("order", "patch", "sections")]


def test_a_declared_new_id_is_followed_even_when_the_text_changes_too():
    edits = (
        ((*GREETED, "id"), "hello"),
        ((*GREETED, "text", "fr"), "On salue"),
        (("version",), "2.0.0"),
        (("history", "2.0.0"), {"rename": {"greeted": "hello"}}),
    )
    changes = compare(plan(BASE), plan(changed(*edits))).changes
    assert [change.kind for change in changes] == ["criterion-renamed", "wording", "translation-stale", "history"]
    assert changes[0].why is None
    undeclared = compare(plan(BASE), plan(changed(((*GREETED, "id"), "hello")))).changes
    assert [change.kind for change in undeclared] == ["criterion-renamed"]
    assert undeclared[0].why is not None


def test_two_new_criteria_of_one_text_are_not_taken_for_the_old_one():
    text = {"fr": "La porte est ouverte"}
    edits = ((("criteria",), [{"id": "a", "text": text}, {"id": "b", "text": text}]),)
    assert [kind for kind, _, _ in found(*edits)] == ["criterion-added", "criterion-added", "criterion-removed"]


def test_splits_and_merges_that_are_declared_are_said_once():
    split = (
        ((*GREETED, "id"), "hello"),
        ((*WELCOME, "criteria", 3), {"id": "by_name", "text": "Par son nom"}),
        (("history", "2.0.0"), {"split": {"greeted": ["hello", "by_name"]}}),
    )
    assert [kind for kind, _, _ in found(*split)] == ["criterion-split", "history"]
    merge = (
        ((*WELCOME, "criteria"), [{"id": "warm", "text": "Accueil chaleureux"}]),
        (("history", "2.0.0"), {"merge": {"warm": ["greeted", "smile"]}, "remove": ["wait"]}),
    )
    changes = compare(plan(BASE), plan(changed(*merge))).changes
    assert [change.kind for change in changes] == ["criterion-merged", "criterion-removed", "history"]
    assert (changes[0].old, changes[0].new) == (["greeted", "smile"], "warm")


@pytest.mark.parametrize(
    ("rules", "level"),
    [
        ({"policies": {"missing": "zero"}}, "major"),
        ({"policies": {"missing": "forbid"}}, "major"),
        ({"policies": {"coverage_floor": 0.5}}, "major"),
        ({"measures": {"n": {"agg": "count", "all": True}}}, "major"),
        ({"ladder": [{"level": "good", "when": "coverage == 1"}, {"level": "poor"}]}, "major"),
        ({}, "minor"),
    ],
)
def test_a_new_criterion_is_major_where_what_nobody_answered_counts(rules, level):
    base = changed((("scoring",), {**BASE["scoring"], **rules}))
    assert found(((*WELCOME, "criteria", 3), NEW), base=base) == [("criterion-added", level, "sections.0.criteria.3")]


def test_a_criterion_that_is_only_recorded_is_minor_all_the_same():
    base = changed((("scoring", "policies"), {"missing": "zero"}))
    new = {**NEW, "scale": {"info": "text"}}
    assert found(((*WELCOME, "criteria", 3), new), base=base) == [("criterion-added", "minor", "sections.0.criteria.3")]


def test_a_fact_that_visits_must_now_give_is_major():
    new = {**NEW, "applies_when": "context.n > 1"}
    edits = ((("context", "n"), {"type": "number"}), ((*WELCOME, "criteria", 3), new))
    assert found(*edits)[0] == ("context-added", "major", "context.n")
    assert found((("context", "n"), {"type": "number", "default": 1}), edits[1])[0][1] == "minor"
    known = found(((*WELCOME, "criteria", 3), {**NEW, "applies_when": "context.size == 's'"}))
    assert known[0] == ("context", "major", "context.size")


def test_a_scale_that_takes_the_place_of_a_built_in_one_is_compared_with_it():
    upside_down = {"choices": {"yes": 0, "no": 1}}
    assert ("scale", "major", "scales.yes_no.choices.yes") in found((("scales", "yes_no"), upside_down))
    same = {"choices": {"yes": {"points": 1, "label": {"fr": "Oui", "en": "Yes"}},
                        "no": {"points": 0, "label": {"fr": "Non", "en": "No"}}}}  # fmt: skip
    assert found((("scales", "yes_no"), same)) == [("scale-added", "minor", "scales.yes_no")]


def test_what_a_built_in_scale_had_is_missed_in_the_new_document():
    without = changed((("scales", "yes_no"), {"choices": {"yes": 1, "never": 0}}))
    changes = compare(plan(BASE), plan(without)).changes
    assert {(one.kind, one.side) for one in changes} >= {("answer-removed", "new"), ("answer-added", "new")}
    assert {one.side for one in changes} == {"new"}


def test_the_place_on_an_axis_is_major_where_a_rule_reads_it():
    base = changed((("scoring", "measures", "m"), {"agg": "count", "where": "facets.stage == 'in'"}))
    assert found(((*GREETED, "facets", "stage"), "out"), base=base)[0][:2] == ("facet", "major")


def test_every_field_of_the_models_is_compared():
    criterion = {*tree.CRITERION, *tree.TEXTS, "id", "scale", "facets", "attributes", "examples", "pictures"}
    assert set(Criterion.model_fields) <= criterion
    assert set(Section.model_fields) <= {*tree.SECTION, *tree.TEXTS, "id", "criteria", "sections"}
    assert set(Scoring.model_fields) - set(Rollup.model_fields) == {
        "combine", "start", "sign", "floor", "max", "policies", "classify", "display",
    }  # fmt: skip
    assert set(Standard.model_fields) == {
        "kind", "id", "version", "language", "title", "description", "source", "use", "parameters", "context",
        "attributes", "facets", "scales", "criteria", "sections", "scoring", "rollup", "history",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "expected"), [("none", "1.2.3"), ("patch", "1.2.4"), ("minor", "1.3.0"), ("major", "2.0.0")]
)
def test_a_level_raises_its_part_of_the_version(level, expected):
    assert raised("1.2.3", level) == expected


def test_the_version_must_be_raised_as_the_gravest_change_asks():
    wording, weight = ((*GREETED, "text", "fr"), "Autre"), ((*GREETED, "weight"), 2)
    for edits, version, enough in [
        ([], "1.2.0", True),
        ([wording], "1.2.0", False),
        ([wording], "1.2.1", True),
        ([wording, weight], "1.3.0", False),
        ([wording, weight], "2.0.0", True),
        ([], "1.1.0", False),
    ]:
        difference = compare(plan(BASE), plan(changed(*edits, (("version",), version))))
        assert (difference.enough, difference.new_version) == (enough, version)
    assert compare(plan(BASE), plan(changed(wording, weight))).wanted == "2.0.0"


def test_kinds_have_levels_and_titles():
    assert {kind.level for kind in KINDS.values()} == {"patch", "minor", "major"}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("score > 1", "score>1", True),
        ("(score > 1)", "score > 1", True),
        ("score > 1", "score > 1.5", False),
        ("score > 1 and", "score > 1", False),
        (r"value == '\d'", r"value  ==  '\d'", True),
        ("(" * 300, "(" * 301, False),
        ("context.zone == 'p  q'", "context.zone == 'p q'", False),
    ],
)
def test_rules_are_compared_by_what_they_say(old, new, same):
    assert same_rule(old, new) is same


def test_texts_that_are_no_rules_are_compared_letter_by_letter():
    assert found((("parameters", "p"), "(a)"), base=changed((("parameters", "p"), "a")))[0][0] == "parameter"


def test_policies_that_say_nothing_are_none():
    assert found((("criteria", 0, "policies"), {})) == []
