"""What the view model says of a scorecard: every text, every figure, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from handmade import STANDARD, card, criterion, no_score_card, passing_card, rollup_card, section, standard
from servaudit.i18n import translator
from servaudit.model.scorecard import OUTCOMES, LimitResult, OverrideResult, Praise, Reading, Scorecard
from servaudit.report import build, visit_view
from servaudit.report.view import Figure, VisitView
from servaudit.report.words import OUTCOME_WORDS, VERDICT_WORDS

NBSP = "\u00a0"


def view(scorecard: Scorecard | None = None, language: str = "en", **changes: Any) -> VisitView:
    return visit_view(scorecard or card(), standard(**changes), translator(language), generator="servaudit 1.0")


def test_a_visit_that_failed_on_a_rule_shows_both_results() -> None:
    visit = view()
    assert (visit.result.text, visit.result.level, visit.verdict.word) == (
        "62.5%",
        "To be reworked",
        "Failed on a rule",
    )
    assert visit.before is not None
    assert visit.before.level == "Confirmed"
    assert [(limit.text, limit.effect, limit.changed) for limit in visit.limits] == [
        ("A critical criterion is not met.", "The level is “To be reworked” at most.", True)
    ]


def test_a_visit_that_no_limit_changed_has_one_result() -> None:
    assert view(passing_card()).before is None


def test_every_text_is_in_the_language_of_the_report() -> None:
    visit = view(language="fr")
    assert visit.standard_title == "Accueil en agence"
    assert visit.date_text == "3 novembre 2026"
    assert visit.result.text == f"62,5{NBSP}%"
    assert visit.pass_mark == f"niveau «{NBSP}Confirmé{NBSP}»"
    assert [(fact.label, fact.text) for fact in visit.facts] == [
        ("Visite", "lyon-2026-11-03"), ("Site", "Lyon Part-Dieu"), ("Date", "3 novembre 2026"),
        ("Horaire", "10:15–10:50"), ("Auditeur", "A12"), ("Source", "Visite mystère"),
        ("Référentiel", "Accueil en agence 1.2.0"), ("Guichets ouverts", "3"),
    ]  # fmt: skip


def test_a_text_that_the_language_lacks_is_said_in_the_standards_own() -> None:
    assert view(title={"fr": "Accueil"}).standard_title == "Accueil"


def test_findings_keep_their_order_and_say_what_they_cost() -> None:
    findings = [(row.criterion.text, row.criterion.severity.word, row.cost) for row in view().findings]
    assert findings == [
        ("The emergency exit is clear", "Critical", "costs 12.5 pts"),
        ("Open questions are asked", "Major", "costs 12.5 pts"),
        ("The wait is short", "Major", "costs 6.3 pts"),
        ("Every customer is greeted on entry", "Minor", "costs 7.5 pts"),
    ]


def test_answers_are_written_as_people_say_them() -> None:
    answers = {row.id: row.answer for row in view().criteria}
    assert answers["greeted"] == f"Yes{NBSP}×{NBSP}7 · No{NBSP}×{NBSP}3"
    assert answers["wait"] == f"1{NBSP}min · 3{NBSP}min · 5{NBSP}min"
    assert answers["open_questions"] == "Never"
    assert answers["name_used"] == "—"
    assert answers["ramp"] == "Not applicable"


@pytest.mark.parametrize(
    ("scale", "reading", "answer"),
    [
        ({"range": [0, 10]}, Reading(7.5, 7.5, 7.5), "7.5"),
        ({"range": [0, 100], "unit": "%"}, Reading(40, 40.0, 40.0), "40%"),
        ({"range": [0, 9], "unit": "count"}, Reading(4, 4.0, 4.0), "4"),
        ({"curve": [[0, 1]], "unit": "s"}, Reading("4 min 30 s", 270.0, 1.0), f"4{NBSP}min{NBSP}30{NBSP}s"),
        ({"curve": [[0, 1]], "unit": "s"}, Reading(59.5, 59.5, 1.0), f"59.5{NBSP}s"),
        ({"curve": [[0, 1]], "unit": "h"}, Reading("50 min", 50 / 60, 1.0), f"50{NBSP}min"),
        ({"curve": [[0, 1]], "unit": "h"}, Reading("1 h 10 min", 70 / 60, 1.0), f"1{NBSP}h{NBSP}10{NBSP}min"),
        ({"curve": [[0, 1]], "unit": "h"}, Reading(0.001, 0.001, 1.0), f"0.001{NBSP}h"),
        ({"curve": [[0, 1]], "unit": "min"}, Reading(2.5, 2.5, 1.0), f"2{NBSP}min{NBSP}30{NBSP}s"),
        ({"curve": [[0, 1]], "unit": "min"}, Reading(90, 90.0, 1.0), f"90{NBSP}min"),
        ({"curve": [[0, 1]], "unit": "d"}, Reading(1, 1.0, 1.0), f"1{NBSP}day"),
        ({"curve": [[0, 1]], "unit": "d"}, Reading("1.5 j", 1.5, 1.0), f"1.5{NBSP}days"),
        ({"choices": {"a": 1, "b": 2}, "multiple": True}, Reading(["a", "b"], ("a", "b"), 3.0), "a, b"),
        ({"choices": {"a": 1}, "multiple": True}, Reading([], (), 0.0), "—"),
        ({"info": "date"}, Reading("2026-11-03", "2026-11-03", None), "November 3, 2026"),
        ({"info": "number", "unit": "h"}, Reading(3, 3.0, None), f"3{NBSP}h"),
        ({"info": "choice", "choices": {"a": "Alpha"}}, Reading("a", "a", None), "Alpha"),
    ],
)
def test_an_answer_has_its_labels_and_unit(scale: dict[str, Any], reading: Reading, answer: str) -> None:
    only = criterion("it", "", "met", 1.0, path="it", readings=(reading,))
    alone = view(
        card(criteria=(only,), findings=(), sections=(), facets=(), strengths=()),
        sections=[],
        criteria=[{"id": "it", "text": "It", "scale": scale}],
    )
    assert alone.criteria[0].answer == answer


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ({"choices": {"yes": 2, "no": 0}}, ["Oui", "Yes"]),
        ({"info": "choice", "choices": {"yes": None, "no": None}}, ["Oui", "Yes"]),
        ({"choices": {"yes": {"points": 1, "label": "Tout à fait"}}}, ["Tout à fait"] * 2),
        ({"info": "text"}, ["yes"] * 2),
    ],
)
def test_a_plain_yes_is_said_in_the_language_as_the_form_said_it(scale: dict[str, Any], said: list[str]) -> None:
    only = criterion("it", "", "met", 1.0, path="it", readings=(Reading("yes", "yes", 1.0),))
    asked = card(criteria=(only,), findings=(), sections=(), facets=(), strengths=())
    declared = {"sections": [], "criteria": [{"id": "it", "text": "It", "scale": scale}]}
    assert [view(asked, language, **declared).criteria[0].answer for language in ("fr", "en")] == said


def test_what_was_recorded_without_a_reading_is_shown_raw() -> None:
    raws = (True, 12.0, ["a", 1], None, "text")
    rows = tuple(criterion(f"r{n}", "needs", "recorded", None, raw=raw) for n, raw in enumerate(raws))
    visit = view(card(criteria=rows, findings=(), strengths=()))
    assert [row.answer for row in visit.criteria] == ["Yes", "12", "a · 1", "—", "text"]


def test_sections_have_bars_between_zero_and_one_and_name_the_weakest() -> None:
    scores = (section("welcome", 1.2, 2, 0), section("needs", -0.5, 1, 0), section("closing", None, 1, 0))
    visit = view(card(sections=scores))
    assert [row.ratio for row in visit.sections] == [1.0, 0.0, None]
    assert [row.shown for row in visit.sections] == ["120.0%", "−50.0%", "—"]
    assert [row.title for row in visit.sections if row.weakest] == ["Needs and personalisation"]


def test_instances_of_a_repeated_section_are_numbered() -> None:
    rows = tuple(section("needs", 1.0, 1, 0, path=f"needs[{n}]") for n in (1, 2))
    answers = tuple(criterion("remark", "needs", "met", 1.0, path=f"needs[{n}].remark") for n in (1, 2))
    visit = view(card(sections=rows, criteria=answers, findings=(), strengths=()))
    titles = ["Needs and personalisation 1", "Needs and personalisation 2"]
    assert [row.title for row in visit.sections] == titles
    assert [group.title for group in visit.groups] == titles


@pytest.mark.parametrize(
    ("path", "place", "within"),
    [
        ("remark", "Branch welcome", ""),
        ("needs.remark", "Needs and personalisation", ""),
        ("needs[2].remark", "Needs and personalisation 2", "Needs and personalisation 2"),
        ("needs[2].welcome.remark", *["Needs and personalisation 2 · Welcome and first handling"] * 2),
        ("needs[1].welcome[3].remark", *["Needs and personalisation 1 · Welcome and first handling 3"] * 2),
        ("welcome.needs[3].remark", *["Needs and personalisation 3"] * 2),
    ],
)
def test_a_criterion_of_a_repeated_section_says_of_which_instance_it_is(path: str, place: str, within: str) -> None:
    (row,) = view(card(criteria=(criterion("remark", "needs", "met", 1.0, path=path),))).criteria
    assert (row.section, row.within) == (place, within)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": "no_score", "score": None, "reason": "nothing_scored"}, "Nothing could be scored."),
        ({"verdict": "no_score", "score": None, "reason": "weights_zero"},
         "Everything that was scored has a weight of zero."),
        ({"verdict": "forbidden"},
         "An answer is missing, or says “not applicable”, where the standard does not allow it."),
        ({}, None),
    ],
)  # fmt: skip
def test_the_reason_is_said_where_no_score_counts(changes: dict[str, Any], said: str | None) -> None:
    assert view(card(**changes)).reason == said


def test_criteria_are_grouped_by_section_and_no_row_is_lost() -> None:
    visit = view()
    assert [group.title for group in visit.groups] == [row.title for row in visit.sections]
    assert tuple(row for group in visit.groups for row in group.rows) == visit.criteria
    assert len({row.anchor for row in visit.criteria}) == len(visit.criteria)


def test_facets_say_their_titles_and_scores() -> None:
    (group,) = view(language="fr").facets
    assert group.title == "Étape"
    assert [(row.label, row.score.text) for row in group.rows] == [
        ("Accueil", f"72,5{NBSP}%"), ("Besoins", f"25,0{NBSP}%"), ("Clôture", f"50,0{NBSP}%"),
    ]  # fmt: skip


def test_a_score_that_does_not_exist_is_a_dash_with_its_reason() -> None:
    visit = view(no_score_card())
    assert visit.result.score == Figure(None, "—")
    assert visit.result.text == "—"
    assert visit.ratio is None
    assert visit.reason == "Too little was observed for a score to be given."
    assert visit.bounds_text == "between 10.0% and 90.0%, had everything been observed"


@pytest.mark.parametrize(
    ("points", "maximum", "display", "text"),
    [
        (20.0, None, None, "20"),
        (87.0, 100.0, None, f"87{NBSP}/{NBSP}100"),
        (87.0, 100.0, {"unit": "%"}, "87.0%"),
        (87.0, 100.0, {"times": 20, "unit": "/20", "decimals": 1}, f"17.4{NBSP}/20"),
        (87.0, 100.0, {"times": 1, "unit": None, "decimals": 3}, "0.870"),
    ],
)
def test_a_sum_is_shown_in_points_unless_the_standard_says_otherwise(
    points: float, maximum: float | None, display: dict[str, Any] | None, text: str
) -> None:
    scoring = {"combine": "sum"} | ({"display": display} if display else {})
    score = points / maximum if maximum else None
    visit = view(card(points=points, max_points=maximum, score=score, limits=()), scoring=scoring)
    assert visit.result.text == text


def test_the_cost_is_in_points_where_the_score_is() -> None:
    by_points = view(card(points=5.0, max_points=8.0), scoring={"combine": "sum"})
    assert [finding.cost for finding in by_points.findings] == [
        "costs 1 pt", "costs 1 pt", "costs 0.5 pts", "costs 0.6 pts",
    ]  # fmt: skip


def test_the_cost_of_a_sum_without_maximum_is_in_its_own_points() -> None:
    without_maximum = view(card(score=None, points=5.0, reason="points_only"), scoring={"combine": "sum"})
    assert without_maximum.findings[0].cost == "costs 0.125 pts"
    assert without_maximum.reason is None


def test_a_decision_is_said_with_both_results() -> None:
    (decision,) = view().overrides
    assert decision.sentence == (
        "Level: To be reworked was computed, Confirmed was retained. "
        "Decided by A02 on November 5, 2026: Issue dégagée pendant la visite."
    )


@pytest.mark.parametrize(
    ("of", "computed", "to", "said"),
    [
        ("score", 0.625, 0.7, ("62.5%", "70.0%")),
        ("score", None, 0.7, ("—", "70.0%")),
        ("verdict", "below", "passed", ("Below the pass mark", "Passed")),
        ("verdict", "below", "unheard of", ("Below the pass mark", "unheard of")),
    ],
)
def test_a_decision_about_anything_can_be_said(of: Any, computed: Any, to: Any, said: tuple[str, str]) -> None:
    override = OverrideResult(of, computed, to, "A02", "because", "2026-11-05")
    (decision,) = view(card(overrides=(override,))).overrides
    assert (decision.computed, decision.retained) == said


@pytest.mark.parametrize(
    ("action", "value", "effect"),
    [
        ("score", 0.0, "The score becomes 0.0%."),
        ("add", 3.0, "Points added: 3."),
        ("fail", None, "The visit fails; its score stays as it is."),
    ],
)
def test_a_limit_says_what_it_does(action: Any, value: Any, effect: str) -> None:
    (limit,) = view(card(limits=(LimitResult("unknown", fired=True, action=action, value=value, changed=True),))).limits
    assert limit.effect == effect
    assert limit.text == "A critical criterion is not fully met."


@pytest.mark.parametrize(
    ("text", "said"),
    [("Two critical ", "Two critical."), ("Two!", "Two!"), ("Is it two?", "Is it two?"), ("And so on…", "And so on…"),
     ("Two critical.", "Two critical.")],
)  # fmt: skip
def test_a_limits_text_ends_before_what_the_limit_does(text: str, said: str) -> None:
    scoring = STANDARD["scoring"]
    visit = view(scoring={**scoring, "limits": [{**scoring["limits"][0], "text": text}]})
    assert visit.limits[0].text == said
    assert f"{said} The level is “To be reworked” at most." in visit.method


def test_a_limit_that_did_not_fire_is_not_shown() -> None:
    quiet = card().limits[0]._replace(fired=False)
    assert view(card(limits=(quiet,))).limits == ()


def test_a_limit_without_text_shows_its_condition() -> None:
    scoring = STANDARD["scoring"]
    bare = {key: value for key, value in scoring["limits"][0].items() if key != "text"}
    visit = view(scoring={**scoring, "limits": [bare]})
    assert visit.limits[0].text == "The condition “missed.critical > 0” holds."
    assert "If “missed.critical > 0”: The level is “To be reworked” at most." in visit.method


@pytest.mark.parametrize(("mark", "said"), [(0.8, "80.0%"), (None, None), ("a", "level “Excellence”")])
def test_the_pass_mark_is_a_score_a_level_or_nothing(mark: Any, said: str | None) -> None:
    assert view(card(pass_mark=mark)).pass_mark == said


def test_sections_and_facets_are_held_against_a_pass_mark_in_score() -> None:
    visit = view(card(pass_mark=0.5))
    assert [row.tone for row in visit.sections] == ["good", "fair", "good"]
    assert [row.tone for row in visit.facets[0].rows] == ["good", "fair", "good"]


def test_facts_and_measures_of_every_type_are_written() -> None:
    facts = card().visit._replace(site=None, date=None, ended=None, context={"counters_open": None, "peak": True})
    visit = view(card(visit=facts, measures={"all": True, "word": "a\x00b", "ratio": 0.25, "none": None}))
    assert (visit.title, visit.date_text) == ("lyon-2026-11-03", None)
    assert ("peak", "Yes") in [(fact.label, fact.text) for fact in visit.facts]
    assert "Counters open" not in [fact.label for fact in visit.facts]
    assert [measure.text for measure in visit.measures] == ["Yes", "ab", "0.25", "—"]


@pytest.mark.parametrize(
    ("display", "said"),
    [
        ({}, [*["74.3%"] * 5, "74.3 points", "−74.3 points"]),
        ({"unit": "/ 20", "times": 20, "decimals": 0}, [*[f"15{NBSP}/ 20"] * 5, "15 points", "−15 points"]),
    ],
)
def test_a_mean_or_an_end_of_scores_is_written_as_scores_are_and_a_difference_in_their_points(
    display: dict[str, Any], said: list[str]
) -> None:
    measures = {
        "mean": ({"agg": "mean", "of": "score"}, 0.743),
        "least": ({"agg": "min", "of": " score ", "over": "sections"}, 0.743),
        "most": ({"agg": "max", "of": "score", "where": "weight > 1"}, 0.743),
        "section": ({"agg": "mean", "of": "sections.welcome"}, 0.743),
        "again": ({"agg": "min", "of": "least"}, 0.743),
        "apart": ({"agg": "mean", "of": "most - least"}, 0.743),
        "below": ({"agg": "max", "of": " least - score"}, -0.743),
        "mixed": ({"agg": "mean", "of": "most - points"}, 0.743),
        "itself": ({"agg": "mean", "of": "itself"}, 0.743),
        "share": ({"agg": "share", "that": "score < 1"}, 0.25),
        "sum": ({"agg": "sum", "of": "score"}, 7.43),
        "points": ({"agg": "mean", "of": "points"}, 7.43),
        "plain": ("score * 1", 0.743),
        "none": ({"agg": "mean", "of": "score", "where": "weight > 9"}, None),
    }
    scoring = {
        "measures": {name: rule for name, (rule, _) in measures.items()},
        **({"display": display} if display else {}),
    }
    others = ["0.743", "0.743", "25.0%", "7.43", "7.43", "0.743", "—"]
    visit = view(card(measures={name: value for name, (_, value) in measures.items()}), scoring=scoring)
    assert [measure.text for measure in visit.measures] == [*said, *others]


def test_the_value_of_a_choice_is_said_in_the_words_it_has() -> None:
    facts = card().visit._replace(context={"rater": "self", "other": "peer"})
    values = {"self": {"fr": "Soi-même", "en": "Oneself"}, "peer": None}
    choice = {"type": "choice", "values": values}
    visit = view(card(visit=facts), "fr", context={"rater": choice, "other": choice})
    assert [(fact.label, fact.text) for fact in visit.facts][-2:] == [("rater", "Soi-même"), ("other", "peer")]


def test_a_finding_that_cost_nothing_says_no_cost() -> None:
    rows = tuple(row._replace(lost=0.0) for row in card().criteria)
    assert {finding.cost for finding in view(card(criteria=rows)).findings} == {None}


def test_a_figure_prints_as_its_text_and_a_badge_as_its_word() -> None:
    visit = view()
    assert (str(visit.result.score), str(visit.verdict)) == ("62.5%", "Failed on a rule")


def test_the_method_says_every_rule() -> None:
    rules = {
        "combine": "sum", "start": 100, "sign": -1, "limits": None, "pass": {"score": 0.8}, "levels": ["A", "B"],
        "ladder": [{"level": "A", "when": "score >= 0.9"}, {"level": "B"}],
        "policies": {"not_applicable": "full", "missing": "zero", "coverage_floor": 0.5},
        "classify": {"targets": [5, 4], "awarded": ["A"]},
    }  # fmt: skip
    assert view(scoring=rules).method == (
        "The score is a sum of points, each multiplied by its weight.",
        "It starts at 100 points, and points are taken away.",
        "What does not apply counts as met.",
        "What was not observed counts as not met.",
        "Where less than 50% was observed, no score is given.",
        "Levels, best first: A and B.",
        "Levels aimed at, tried in this order: 5 and 4.",
        "Pass mark: 80.0%.",
        "A critical criterion that is not fully met fails the visit and leaves the score as it is.",
    )
    assert "It starts at 100 points." in view(scoring={**rules, "sign": 1}).method


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_outcome_and_verdict_has_a_word_an_icon_and_a_tone(language: str) -> None:
    tr = translator(language)
    assert set(OUTCOME_WORDS) == set(OUTCOMES)
    for words in (OUTCOME_WORDS, VERDICT_WORDS):
        said = [tr.message(word) for word, _, _ in words.values()]
        assert len(set(said)) == len(said)


def test_what_people_typed_loses_what_nobody_should_receive() -> None:
    visit = view(card("a\x00b\x1b[31mc\u202ed\ud800e\r\nf\tg\x85"))
    assert visit.criteria[0].note == "ab[31mcde\nf\tg"
    assert visit.commendations[0].note == "ab[31mcde\nf\tg"


def test_a_note_with_nothing_left_is_no_note() -> None:
    assert view(card(" \x00 ")).criteria[0].note is None


def test_a_commendation_may_stand_alone() -> None:
    (praise,) = view(card(commendations=(Praise(None, "Bravo", None),))).commendations
    assert (praise.criterion, praise.team) == (None, None)


def test_several_visits_are_summed_up() -> None:
    cards = (card(), passing_card(), no_score_card())
    report = build([(one, standard()) for one in cards], [(rollup_card(), standard())], translator("en"), generator="g")
    assert report.title == "Branch welcome"
    assert report.summary is not None
    assert report.summary.sentence == "3 visits"
    assert report.summary.mean == Figure(0.775, "77.5%")
    assert [(row.outcome.key, row.count) for row in report.summary.verdicts] == [
        ("passed", 1), ("limited", 1), ("incomplete", 1),
    ]  # fmt: skip
    assert [(row.title, row.result.text, row.findings, row.critical) for row in report.summary.rows] == [
        ("Lyon Part-Dieu", "62.5%", 4, 1), ("Nice Étoile", "92.5%", 1, 0), ("Paris Bastille", "—", 0, 0),
    ]  # fmt: skip
    assert [(row.text, row.sentence, row.share.text) for row in report.summary.frequent][:2] == [
        ("Every customer is greeted on entry", "2 of 3 visits", "67%"),
        ("The emergency exit is clear", "1 of 3 visits", "33%"),
    ]
    assert [(row.title, row.sentence, row.result.level) for row in report.rollups] == [
        ("Rhône network", "2 of 3 visits scored", "Confirmed"),
    ]
    assert len({visit.anchor for visit in report.visits}) == 3


def test_visits_of_several_standards_have_no_mean_in_common() -> None:
    other = card()._replace(standard=card().standard._replace(version="2.0.0"))
    report = build([(card(), standard()), (other, standard(version="2.0.0"))], [], translator("en"), generator="g")
    assert report.title == "Audit report"
    assert report.summary is not None
    assert report.summary.mean is None


def test_one_visit_has_no_summary() -> None:
    assert build([(card(), standard())], [], translator("en"), generator="g").summary is None


def test_an_overview_names_every_document_once() -> None:
    first, other = card(), passing_card()
    copied = first._replace(observation=first.observation._replace(path="visits/copy.yaml"))
    report = build([(one, standard()) for one in (first, copied, other)], [], translator("fr"), generator="g", most=1)
    named = [(one.file, one.sha256) for one in report.documents]
    assert len(named) == len(set(named))
    assert set(named) == {(one.file, one.sha256) for one in report.origins}
    assert {first.observation.path, "visits/copy.yaml", other.observation.path, "photos/perdue.jpg"} <= {
        file for file, _ in named
    }
    assert [file for file, found in named if found is None] == ["photos/perdue.jpg"]


def test_visits_without_any_score_have_no_mean() -> None:
    report = build([(no_score_card(), standard())] * 2, [], translator("en"), generator="g")
    assert report.summary is not None
    assert report.summary.mean is None


def test_the_parts_of_a_whole_are_called_by_their_standard_in_the_table_of_visits() -> None:
    whole, part = card()._replace(role="whole"), passing_card()._replace(role="part")
    report = build([(whole, standard()), (part, standard())], [], translator("en"), generator="servaudit 1.0")
    assert report.summary is not None
    assert [row.name for row in report.summary.rows] == [report.visits[0].title, report.visits[1].standard_title]
    assert report.visits[1].title != report.visits[1].standard_title


@pytest.mark.parametrize(("visits", "shown"), [(1, 0), (2, 1)])
def test_what_one_visit_alone_rolls_up_to_is_not_shown(visits: int, shown: int) -> None:
    rolled = rollup_card()._replace(visits=visits)
    report = build([(card(), standard())], [(rolled, standard())], translator("en"), generator="g")
    assert len(report.rollups) == shown


def test_of_what_fails_equally_often_the_critical_comes_first_however_few_visits_judged_the_other() -> None:
    first, second = card(), passing_card()
    lesser = {one.criterion for one in first.findings if one.severity != "critical"}
    second = second._replace(criteria=tuple(one for one in second.criteria if one.id not in lesser), findings=())
    report = build([(one, standard()) for one in (first, second)], [], translator("en"), generator="g")
    assert report.summary is not None
    found = [(row.severity.key, row.sentence) for row in report.summary.frequent]
    assert found[:2] == [("critical", "1 of 2 visits"), ("major", "1 of 1 visit")]
