"""What trainers and staff read: cards, role-plays and a quiz, drawn from the standard and always the same."""

import pytest

from booklets import CHECKLIST, STANDARD, booklet_of, opened
from servaudit.report.quiz import LONGEST

CRITERION = """
  - id: c{n}
    text: Criterion {n}
    why: Reason {n}
    guidance: Guidance {n}
    examples: {{good: Good {n}, bad: Bad {n}}}
    severity: {severity}
"""


def many(count: int, severity: str = "minor") -> str:
    criteria = "".join(CRITERION.format(n=n, severity=severity if n == 7 else "minor") for n in range(count))
    return f"kind: standard\nid: shop\nversion: 1.0.0\nlanguage: en\ntitle: Shop\ncriteria:{criteria}"


def test_a_card_has_what_to_do_and_what_to_avoid_examples_thresholds_and_pictures(tmp_path):
    welcome, _ = booklet_of(opened(tmp_path)).chapters
    smile, wait, told, _ = welcome.groups[0].cards
    assert smile.do == ("« Bonjour ! »", None, "smile.png")
    assert smile.avoid == ("« Suivant ! »", None, None)
    assert (wait.do, wait.avoid) == ((None, "3\u00a0min ou moins", None), (None, "10\u00a0min ou plus", None))
    assert (told.do, told.avoid) == (None, None)
    assert welcome.groups[0].shown == (smile, wait)
    assert told in welcome.groups[0].plain


def test_chapters_are_the_top_sections_and_their_groups_the_sections_in_them(tmp_path):
    chapters = booklet_of(opened(tmp_path)).chapters
    assert [(c.number, c.title, c.criteria, [g.title for g in c.groups]) for c in chapters] == [
        (1, "Accueil", 6, [None, "Salles"]), (2, "Clôture", 5, [None])
    ]  # fmt: skip


def test_staff_get_what_they_are_judged_on_and_no_more(tmp_path):
    trainer, staff = (booklet_of(opened(tmp_path), audience) for audience in ("trainer", "staff"))
    ids = [{card.row.id for c in b.chapters for g in c.groups for card in g.cards} for b in (trainer, staff)]
    assert ids[0] - ids[1] == {"said", "day"}


def test_a_condition_names_criteria_as_the_reader_knows_them_by_number_or_in_their_words(tmp_path):
    said = {}
    for audience in ("trainer", "staff"):
        welcome, _ = booklet_of(opened(tmp_path), audience).chapters
        said[audience] = [card.line.condition for card in welcome.groups[0].cards]
    assert said["trainer"][2] == "seulement si n°\u00a02\u00a0: plus de 5\u00a0min"
    assert said["staff"] == [
        None,
        None,
        "seulement si «\u00a0L’attente est courte\u00a0»\u00a0: plus de 5\u00a0min",
        "seulement si «\u00a0Grande boutique\u00a0» et «\u00a0Le sourire est là\u00a0»\u00a0: Souvent",
    ]


def test_a_chapter_of_records_alone_is_not_in_the_handbook(tmp_path):
    told = STANDARD + "  - {id: voice, title: Paroles, criteria: [{id: word, text: Un mot, scale: {info: text}}]}\n"
    assert [c.title for c in booklet_of(opened(tmp_path, standard=told), "staff").chapters] == ["Accueil", "Clôture"]


def test_a_role_play_is_of_the_criteria_of_a_stage(tmp_path):
    (play,) = booklet_of(opened(tmp_path)).plays
    assert (play.title, [line.row.id for line in play.lines]) == ("Accueil", ["smile", "wait", "told"])
    assert (play.phrases, play.slips) == (("« Bonjour ! »",), ("« Suivant ! »",))
    assert [(line.way, line.times, line.absent) for line in play.lines] == [
        ("boxes", (1,), None), ("blanks", (1,), None), ("boxes", (1,), None)
    ]  # fmt: skip


def test_without_stages_every_section_of_three_criteria_is_played(tmp_path):
    bare = STANDARD.replace("facets: {stage: {values: {hello: {fr: Accueil, en: Welcome}}}}\n", "")
    bare = bare.replace(", facets: {stage: hello}", "").replace("        facets: {stage: hello}\n", "")
    plays = booklet_of(opened(tmp_path, standard=bare)).plays
    assert [(play.title, len(play.lines)) for play in plays] == [("Accueil", 6), ("Clôture", 3)]
    assert plays[0].phrases == ("Balayée", "« Bonjour ! »")  # the gravest first


@pytest.mark.parametrize(
    ("facets", "played"),
    [
        ((), [0, 1, 2, 3]),
        (("human",) * 4, [0, 1, 2, 3]),
        (("static",) * 4, None),
        (("human", "human", "static", "interactive"), None),
        (("human", "static", "human", "human"), [0, 2, 3]),
        (("static",), [1, 2, 3]),  # of the others nothing is said
    ],
)
def test_what_no_person_does_before_a_customer_is_not_played(tmp_path, facets, played):
    text = many(4).replace(
        "criteria:", "facets: {contact_point: {values: {human: , static: , interactive: }}}\ncriteria:"
    )
    for n, value in enumerate(facets):
        text = text.replace(f"    why: Reason {n}\n", f"    why: Reason {n}\n    facets: {{contact_point: {value}}}\n")
    plays = booklet_of(opened(tmp_path, standard=text), language="en").plays
    assert [[line.row.id for line in play.lines] for play in plays] == ([[f"c{n}" for n in played]] if played else [])


def test_a_standard_that_has_words_for_who_meets_the_customer_and_says_nobody_is_not_played(tmp_path):
    text = many(4).replace("criteria:", "use: [service@1.0.0]\ncriteria:")
    assert booklet_of(opened(tmp_path, standard=text), language="en").plays == ()
    for n in range(3):
        text = text.replace(f"    why: Reason {n}\n", f"    why: Reason {n}\n    facets: {{contact_point: human}}\n")
    (play,) = booklet_of(opened(tmp_path, standard=text), language="en").plays
    assert [line.row.id for line in play.lines] == ["c0", "c1", "c2"]


def test_a_person_is_played_even_out_of_the_stages(tmp_path):
    text = STANDARD.replace("\nfacets: {stage:", "\nfacets: {contact_point: {values: {human: }}, stage:")
    human = text.replace("applies_when: context.big", "facets: {contact_point: human}, applies_when: context.big")
    (play,) = booklet_of(opened(tmp_path, standard=human)).plays
    assert [line.row.id for line in play.lines] == ["smile", "wait", "told", "lift"]


def test_a_stage_that_only_some_visits_come_to_does_not_play_the_scenario_of_the_visit(tmp_path):
    bare = STANDARD.replace("facets: {stage: {values: {hello: {fr: Accueil, en: Welcome}}}}\n", "")
    bare = bare.replace(", facets: {stage: hello}", "").replace("        facets: {stage: hello}\n", "")
    some = bare.replace(
        "title: {fr: Clôture, en: Closing}", "title: {fr: Clôture, en: Closing}\n    applies_when: context.big"
    )
    (tmp_path / "all.yaml").write_text(CHECKLIST.replace(", include: {sections: closing}", ""), "utf-8")
    plays = booklet_of(opened(tmp_path, "all.yaml", "trainer", some)).plays
    assert [(play.title, play.condition, play.scenario) for play in plays] == [
        ("Accueil", None, "Vous cherchez un cadeau."),  # its rooms apply in some visits, the rest in all
        ("Clôture", "seulement si «\u00a0Grande boutique\u00a0»", None),
    ]


@pytest.mark.parametrize(
    ("first", "second", "outer", "said"),
    [
        ("context.staff == 1", "context.staff == 10", None, None),
        ("context.staff == 1", "context.staff == 1", None, "only if “staff”: 1"),
        ("context.staff == 1", "context.staff == 10", "context.big", "only if “Large shop”"),
        ("context.staff == 1", "context.staff == 1", "context.big", "only if “Large shop”; only if “staff”: 1"),
        ("context.staff == 1", None, "context.big", "only if “Large shop”"),
        ("context.staff == 1", None, None, None),
    ],
)
def test_a_stage_is_played_under_the_conditions_that_all_of_it_is_under(tmp_path, first, second, outer, said):
    when = ["" if one is None else f"applies_when: {one}," for one in (outer, first, second)]
    standard = """kind: standard
id: shop
version: 1.0.0
language: en
title: Shop
context: {{big: {{type: bool, title: Large shop}}, staff: {{type: number}}}}
sections:
- {{id: top, title: Top, {0} sections: [
   {{id: one, title: One, {1} criteria: [{{id: a, text: A}}, {{id: b, text: B}}]}},
   {{id: two, title: Two, {2} criteria: [{{id: c, text: C}}, {{id: d, text: D}}]}}]}}
"""
    (play,) = booklet_of(opened(tmp_path, standard=standard.format(*when)), language="en").plays
    assert play.condition == said


def test_questions_have_one_right_answer_among_three_that_differ(tmp_path):
    booklet = booklet_of(opened(tmp_path, standard=many(12)), language="en")
    assert len(booklet.questions) == 12
    for question in booklet.questions:
        texts = [option.text for option in question.options]
        assert [option.letter for option in question.options] == ["A", "B", "C"]
        assert len(set(texts)) == 3
        assert dict(question.options)[question.answer] == question.right


def test_right_answers_belong_to_the_criterion_and_wrong_ones_do_not(tmp_path):
    for question in booklet_of(opened(tmp_path, standard=many(12)), language="en").questions:
        n = str(question.because).rsplit(maxsplit=1)[1]
        others = [option.text for option in question.options if option.letter != question.answer]
        if "right thing" in question.text:
            assert (question.right, f"Criterion {n}." in question.text) == (f"Good {n}", True)
            assert all(text.startswith("Bad") for text in others)
        elif "against" in question.text:
            assert question.right == f"Bad {n}"
            assert all(text.startswith("Good") and text != f"Good {n}" for text in others)
        else:
            assert (question.right, f"Criterion {n}." in question.text) == (f"Reason {n}", True)
            assert all(text.startswith("Reason") for text in others)


def test_the_quiz_is_the_same_each_time_and_its_right_answers_are_not_all_in_one_place(tmp_path):
    one, two = (booklet_of(opened(tmp_path, standard=many(30)), language="en").questions for _ in range(2))
    assert one == two
    assert {question.answer for question in one} == {"A", "B", "C"}
    assert len(one) == LONGEST


def test_the_gravest_criteria_are_asked_about_first_and_what_is_critical_is_a_question(tmp_path):
    questions = booklet_of(opened(tmp_path, standard=many(LONGEST + 8, "critical")), language="en").questions
    (critical,) = [question for question in questions if question.text == "Which of these criteria is critical?"]
    assert (critical.right, critical.because) == ("Criterion 7", "Reason 7")
    assert [question.number for question in questions] == list(range(1, LONGEST + 1))


def test_a_threshold_is_asked_with_values_around_it(tmp_path):
    (question,) = [q for q in booklet_of(opened(tmp_path)).questions if q.text.startswith("L’attente est courte.")]
    assert (question.right, {option.text for option in question.options}) == (
        "3\u00a0min", {"3\u00a0min", "10\u00a0min", "6\u00a0min\u00a030\u00a0s"}
    )  # fmt: skip
    assert (
        question.because == "Pleinement respecté\u00a0: 3\u00a0min ou moins. Plus du tout\u00a0: 10\u00a0min ou plus."
    )


def test_no_value_is_asked_for_where_full_marks_begin_just_above_it(tmp_path):
    steps = STANDARD.replace(
        "{curve: [[180, 1], [600, 0]], unit: s}", "{steps: [[180, 0], [600, 1], [null, 2]], unit: s}"
    )
    assert steps != STANDARD
    questions = booklet_of(opened(tmp_path, standard=steps)).questions
    assert not [q for q in questions if "quelle valeur" in q.text]


def test_where_there_is_too_little_to_choose_among_there_is_no_quiz(tmp_path):
    assert booklet_of(opened(tmp_path, standard=many(1)), language="en").questions == ()
    assert len(booklet_of(opened(tmp_path, standard=many(2)), language="en").questions) == 2


def test_texts_that_are_alike_make_no_question(tmp_path):
    alike = many(6)
    for n in range(6):
        alike = alike.replace(f"Good {n}", "Same").replace(f"Bad {n}", "Same").replace(f"Reason {n}", "Same")
    assert booklet_of(opened(tmp_path, standard=alike), language="en").questions == ()


@pytest.mark.parametrize(
    ("standards", "staff"),
    [
        ("  - {standard: shop, version: ^1.0}\n", ("Boutique", "De la porte à la caisse.")),
        ("  - {standard: shop, version: ^1.0}\n  - {standard: desk, version: ^1.0}\n", ("Boutique et Desk", None)),
    ],
)
def test_the_handbook_of_a_checklist_is_called_by_what_staff_apply(tmp_path, standards, staff):
    checklist = (
        "kind: checklist\nid: one\nversion: 1.0.0\nlanguage: fr\ntitle: Visite mystère\n"
        f"description: À remplir en sortant.\nstandards:\n{standards}"
    )
    (tmp_path / "one.yaml").write_text(checklist, "utf-8")
    said = {}
    for audience in ("trainer", "staff"):
        grid = booklet_of(opened(tmp_path, "one.yaml", audience), audience).grid
        said[audience] = (grid.title, grid.description)
        assert grid.identity == "one@1.0.0"
    assert said == {"trainer": ("Visite mystère", "À remplir en sortant."), "staff": staff}


def test_a_checklist_names_the_standard_of_each_chapter(tmp_path):
    chapters = booklet_of(opened(tmp_path, "mystery.yaml", "staff"), "staff").chapters
    assert [(chapter.standard, chapter.title) for chapter in chapters] == [("Boutique", "Clôture"), (None, "Desk")]


def test_a_question_about_a_criterion_without_a_full_stop_is_two_sentences(tmp_path):
    texts = [one.text for one in booklet_of(opened(tmp_path, standard=many(9)), language="en").questions]
    assert "Criterion 0. What is the right thing to say or do?" in texts
    told = [one.text for one in booklet_of(opened(tmp_path)).questions]
    assert "L’attente est courte. Jusqu’à quelle valeur est-ce pleinement respecté\u00a0?" in told


def test_questions_on_several_standards_are_numbered_through_and_share_the_quiz(tmp_path):
    several = CHECKLIST.replace(", include: {sections: closing}", "")
    (tmp_path / "all.yaml").write_text(several, "utf-8")
    grid = opened(tmp_path, "all.yaml", "trainer", many(40), many(40).replace("id: shop", "id: desk"))
    questions = booklet_of(grid, language="en").questions
    assert [question.number for question in questions] == list(range(1, LONGEST + 1))


def test_what_is_counted_has_no_halves_to_choose_among(tmp_path):
    rings = "criteria: [{id: rings, text: Rings, scale: {curve: [[3, 1], [10, 0]], unit: count}}]"
    text = f"kind: standard\nid: shop\nversion: 1.0.0\nlanguage: en\ntitle: Shop\n{rings}\n"
    (question,) = booklet_of(opened(tmp_path, standard=text), language="en").questions
    assert {option.text for option in question.options} == {"3", "6", "10"}
