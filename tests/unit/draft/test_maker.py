"""Drafts are valid whatever the grid holds, keep its words, and say what was guessed and what was left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gridded import sheet

from servaudit import sources
from servaudit.audit import Audit
from servaudit.draft.choose import choose
from servaudit.draft.ids import Ids, snake
from servaudit.draft.maker import Maker
from servaudit.draft.scales import YES_NO, from_text
from servaudit.draft.table import Wishes
from servaudit.i18n.translator import translator
from servaudit.library import Library
from servaudit.load import load
from servaudit.model.standard import Standard
from servaudit.render.draft import render

HEAD = ("Rubrique", "Critère", "Poids", "Barème", "Réponse", "Gravité", "Consigne")


def draft(*sheets, default=None, wishes=Wishes()):  # noqa: B008 - a frozen tuple
    tables = choose(sheets, (), {}, wishes).tables
    return Maker(default).draft(tables, id_=None, file="ma grille")


def standard(made, language="en"):
    """Read what is written of a draft, as servaudit does."""
    text = render(made, translator(language), source="grille.xlsx", schema="standard.json")
    source = sources.parse("draft.yaml", text.encode())
    faults = Audit(Library()).check(source)
    assert [str(fault) for fault in faults if fault.severity == "error"] == [], text
    return load(source, Standard).value


def criteria(part):
    own = list(part.criteria)
    return own + [one for section in part.sections for one in criteria(section)]


def test_every_column_finds_its_place():
    made = draft(
        sheet(HEAD, ("Accueil", "Le client est salué.", 2.5, None, "Oui/Non", "Majeure", "Écouter.\nRegarder."))
    )
    (one,) = criteria(standard(made))
    assert (one.id, one.weight, one.severity) == ("client_salue", 2.5, "major")
    assert one.text == {"": "Le client est salué."}
    assert one.guidance == {"": "Écouter.\nRegarder."}


@pytest.mark.parametrize(
    ("written", "weight"),
    [("2,5", 2.5), ("x 3", 3), ("coef. 2", 2), ("20 %", 20), (" 1 ", 1), ("0", 0), ("4 pts", 4), (1.5, 1.5)],
)
def test_weights_are_read_as_people_write_them(written, weight):
    made = draft(sheet(("Critère", "Poids"), ("Salut", written), ("Merci", 1)))
    assert criteria(standard(made))[0].weight == weight


@pytest.mark.parametrize("written", ["beaucoup", "-2", -3, "1 ou 2", "#REF!"])
def test_what_is_no_weight_is_left_out_at_its_place(written):
    made = draft(sheet(("Critère", "Poids"), ("Salut", written), ("Merci", 1)))
    assert criteria(standard(made))[0].weight == 1
    assert [one.place for one in made.left] == ["Grille!B2"]


def test_points_are_the_highest_mark_or_the_weight_of_words():
    marks = draft(sheet(("Critère", "Note", "Barème"), ("Salut", None, 4), ("Merci", None, 10)))
    assert [(one.scale, one.weight) for one in criteria(standard(marks))] == [("score_0_4", 1), ("score_0_10", 1)]
    words = draft(sheet(("Critère", "Réponse", "Barème"), ("Salut", "Oui/Non", 4), ("Merci", "/5", 10)))
    assert [(one.scale, one.weight) for one in criteria(standard(words))] == [("yes_no", 4), ("score_0_5", 2)]
    assert (marks.combine, words.combine) == ("sum", "sum")


def test_points_add_up_unless_sections_weigh_or_scales_differ():
    plain = draft(sheet(("Thème", "Critère", "Poids"), ("A", "Salut", 2), ("B", "Merci", 1)))
    assert standard(plain).scoring.combine == "sum"
    weighed = draft(sheet(("Thème", "Poids rubrique", "Critère"), ("A", 70, "Salut"), ("B", 30, "Merci")))
    read = standard(weighed)
    assert (read.scoring.combine, [section.weight for section in read.sections]) == ("mean", [70, 30])
    words = ("Très bien;Bien;Moyen;Insuffisant", "Oui/Non")
    mixed = draft(
        sheet(("Thème", "Critère", "Poids", "Options"), ("A", "Salut", 2, words[0]), ("B", "Merci", 3, words[1]))
    )
    read = standard(mixed)
    assert (read.scoring.combine, [section.weight for section in read.sections]) == ("mean", [2, 3])


def test_weights_that_are_all_zero_are_left_out_and_said():
    made = draft(sheet(("Critère", "Poids"), ("Salut", 0), ("Merci", 0)))
    assert [one.weight for one in criteria(standard(made))] == [1, 1]
    assert [note.place for note in made.notes if "zero" in str(note.what)] == ["Grille!A2"]


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (("Salut", "Critique"), "critical"), (("Salut", "bloquant"), "critical"), (("Salut", "MAJEURE"), "major"),
        (("Salut", "mineur"), "minor"), (("Salut (éliminatoire)", None), "critical"), (("Salut", "High"), "major"),
    ],
)  # fmt: skip
def test_severities_are_read_in_both_languages(row, severity):
    assert criteria(standard(draft(sheet(("Critère", "Gravité"), row))))[0].severity == severity


def test_a_cross_says_what_is_critical():
    made = draft(sheet(("Critère", "Éliminatoire"), ("Salut", "x"), ("Merci", None), ("Adieu", "Non")))
    assert [one.severity for one in criteria(standard(made))] == ["critical", "minor", "minor"]


def test_answers_nobody_said_are_yes_or_no_and_the_author_is_told_once():
    made = draft(sheet(("Critère", "Poids"), ("Salut", 1), ("Merci", 1)))
    assert {one.scale for one in criteria(standard(made))} == {"yes_no"}
    assert ["nothing says which answers" in str(note.what) for note in made.notes] == [True]
    told = draft(sheet(("Critère", "Poids"), ("Salut", 1), ("Merci", 1)), default=from_text("1-5"))
    assert {one.scale for one in criteria(standard(told))} == {"score_1_5"}
    assert told.notes == ()


@pytest.mark.parametrize(
    ("answers", "scale"),
    [
        (("Oui", "non", "NA"), "yes_no"),
        ((3, 5, 4), "score_1_5"),
        ((12, 20, 9.5), "score_0_20"),
        (("3/5", "4/5", "5/5"), "score_0_5"),
    ],
)
def test_answers_already_there_say_which_there_are_and_are_not_taken(answers, scale):
    made = draft(sheet(("Critère", "Note"), *[(f"Critère numéro {n}", answer) for n, answer in enumerate(answers)]))
    assert {one.scale for one in criteria(standard(made))} == {scale}
    assert any("told from those that are there" in str(note.what) for note in made.notes)
    assert any("answers of a visit" in str(one.why) for one in made.left)


def test_a_remark_in_a_column_of_answers_is_no_list_of_answers():
    made = draft(sheet(("Critère", "Réponse"), ("Salut", "Bien, mais lent"), ("Merci", "Oui, enfin")))
    assert {one.scale for one in criteria(standard(made))} == {"yes_no"}


def test_ids_depend_on_the_words_alone_and_the_same_words_are_told_apart_by_their_sections():
    rows = (("Salle", "Le sol est propre"), ("Cuisine", "Le sol est propre"), ("Salle", "Le sourire"))
    made = draft(sheet(("Zone", "Critère"), *rows))
    again = draft(sheet(("Zone", "Critère"), *reversed(rows)))
    ids = {one.id for one in made.root.all_criteria()}
    assert (
        ids == {one.id for one in again.root.all_criteria()} == {"salle_sol_propre", "cuisine_sol_propre", "le_sourire"}
    )


def test_the_same_question_twice_is_said():
    made = draft(sheet(("Zone", "Critère"), ("Salle", "Sol propre"), ("Salle", "Sol propre")))
    assert [note.what.values for note in made.notes if note.place == "Grille!B3"] == [{"place": "Grille!B2"}]


def test_questions_in_two_languages_are_taken_in_both():
    head = ("Section (FR)", "Section (EN)", "Question (FR)", "Question (EN)", "Poids / Weight")
    rows = (
        ("Accueil", "Welcome", "Le client est salué", "The customer is greeted", 2),
        ("Accueil", "", "Sourire", None, 1),
    )
    made = draft(sheet(head, *rows))
    read = standard(made)
    first, second = criteria(read)
    assert (made.language, first.text, first.weight) == (
        "fr", {"fr": "Le client est salué", "en": "The customer is greeted"}, 2,
    )  # fmt: skip
    assert second.text == {"": "Sourire"}
    assert [section.title for section in read.sections] == [{"": "Accueil"}]
    assert ("Grille!B1", "titles in another language") in [(one.place, str(one.why)) for one in made.left]


def test_what_another_tool_exports_is_understood():
    head = ("title", "description", "category", "section", "input_type", "required", "weight", "is_critical", "options")
    rows = (
        ("Greeting within 10 s", "Watch the door", "Service", "Trnx-1", "auto", "true", 2, "false", "Yes:3|No:0|NA:NA"),
        (
            "Fridge below 4 °C",
            "Fridge below 4 °C",
            "Hygiene",
            "Kitchen",
            "option_select",
            "true",
            1,
            "true",
            "Yes:3|No:0",
        ),
        ("Manager on duty", None, "Hygiene", "Kitchen", "short_answer", "false", 0, "false", None),
    )
    read = standard(draft(sheet(head, *rows)))
    first, second, third = criteria(read)
    assert [section.id for section in read.sections] == ["service", "hygiene"]
    assert (first.guidance, first.severity) == ({"": "Watch the door"}, "minor")
    assert (first.scale, first.weight) == ("yes_no", 6)  # a yes is worth 3, and the question weighs 2
    assert second.guidance is None  # the question once more
    assert (second.severity, third.scale.info) == ("critical", "text")


def test_hidden_weights_count_and_are_said_and_a_sheet_of_formulas_is_a_summary():
    rows = (("Critère", "Poids", "Vieux"), ("Salut", 3, "x"), ("Merci", 1, "y"))
    made = draft(sheet(*rows, hidden_columns=frozenset({2, 3})))
    assert criteria(standard(made))[0].weight == 3
    assert ("Grille!B1", "a hidden column: it was taken") in [(note.place, str(note.what)) for note in made.notes]
    assert ("Grille!C1", "a hidden column") in [(one.place, str(one.why)) for one in made.left]
    summary = sheet(("Critère", "Note"), ("=A1", "=B1"), ("=A2", "=B2"), name="Bilan")
    made = draft(sheet(("Critère",), ("Salut",)), summary)
    assert made.sheets == ("Grille",)


def test_sheets_become_sections_and_hidden_ones_are_left_out():
    one, two = sheet(("Critère",), ("Salut",), name="Accueil"), sheet(("Critère",), ("Merci",), name="Départ")
    read = standard(draft(one, two))
    assert [(section.id, len(section.criteria)) for section in read.sections] == [("accueil", 1), ("depart", 1)]
    chosen = choose((one, sheet(("Critère",), ("Merci",), name="Vieux", hidden=True)), (), {}, Wishes())
    assert [str(left.why) for left in chosen.left] == ["a hidden sheet"]


@pytest.mark.parametrize(
    "text", ["class", "été", "2 sourires", "import", "a", "N", "北京", "— ? —", "x" * 300, "True", "na", "Œuvre d’art"]
)
def test_ids_are_what_the_standard_asks_for(text):
    name = Ids().take(text, "criterion_1")
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name)
    assert snake("Accueil") == "accueil"


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["Critère", "Oui/Non", "Total", "1-5", "x", "Accueil", "NA", ": - {", "# a", "'", '"', "null", "&a *b !c"]
    ),
    st.integers(-3, 200),
    st.floats(0, 3, allow_nan=False),
    st.none(),
)


@settings(max_examples=150)
@given(st.lists(st.lists(TEXTS, max_size=7), max_size=9), st.sampled_from(["fr", "en"]))
def test_any_grid_gives_a_valid_draft_that_keeps_its_words(rows, language):
    made = draft(sheet(HEAD, *rows))
    if made is None:
        return
    read = standard(made, language)
    wanted = [one.text for one in made.root.all_criteria()]
    assert [one.text[""] for one in criteria(read)] == wanted
    assert {one.id for one in criteria(read)} == {one.id for one in made.root.all_criteria()}
    assert all(one.scale in (*made.scales, "yes_no") or not isinstance(one.scale, str) for one in criteria(read))


def test_yes_no_is_the_model_s_own():
    assert YES_NO.maximum == 1
