"""The heading row is found and columns are told, in French and in English; what cannot be told is said."""

from __future__ import annotations

import pytest
from tests.gridded import sheet

from servaudit.draft.grid import Area
from servaudit.draft.headings import meaning
from servaudit.draft.table import Table, Wishes, find
from servaudit.draft.unsure import Unsure

ITEM = ("Le client est salué dès son entrée", 2)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("N°", "number"), ("#", "number"), ("Réf.", "number"), ("N° question", "number"), ("Item No.", "number"),
        ("RUBRIQUE", "section"), ("Thème", "section"), ("Area", "section"), ("Sous-thème", "section"),
        ("Critère", "question"), ("Points de contrôle", "question"), ("Question", "question"), ("Item", "question"),
        ("Libellé de la question", "question"), ("What to check", "question"),
        ("Comportement attendu", "question"), ("Catégorie", "section"),
        ("Poids", "weight"), ("Pondération", "weight"), ("Coef.", "weight"), ("Weighting (%)", "weight"),
        ("Poids rubrique", "section_weight"), ("Section weight", "section_weight"),
        ("Barème", "points"), ("Points max", "points"), ("Max. score", "points"), ("Note max", "points"),
        ("Réponse", "answers"), ("Note /10", "answers"), ("Score (1-5)", "answers"), ("Options de réponse", "answers"),
        ("Gravité", "severity"), ("Criticité", "severity"), ("Priority", "severity"),
        ("Éliminatoire", "critical"), ("Knock-out", "critical"),
        ("Comment vérifier", "guidance"), ("Consignes", "guidance"), ("How to check", "guidance"), ("Pourquoi", "why"),
        ("Commentaires", "comment"), ("Observations", "comment"), ("Notes", "comment"), ("Photo", "comment"),
        ("Action corrective", "result"), ("Responsable", "result"), ("Points obtenus", "result"),
        ("Score pondéré", "result"),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_is_for_accents_and_case_aside(heading, role):
    assert meaning(heading).role == role


@pytest.mark.parametrize(
    "text",
    ["", "Lyon", "2026", "Le client est accueilli par un conseiller qui lui sourit et lui pose une question ouverte"],
)
def test_what_is_no_heading_says_nothing(text):
    assert meaning(text) is None


def test_the_heading_row_is_found_below_a_title_block():
    table = find(sheet(("Ma grille",), ("Agence :", "Lyon"), (), ("N°", "Critère", "Poids"), (1, *ITEM)))
    assert isinstance(table, Table)
    assert (table.top, table.bottom, table.roles) == (4, 4, {1: "number", 2: "question", 3: "weight"})


def test_two_rows_of_headings_are_read_as_one():
    merged = (Area(1, 1, 2, 1), Area(1, 2, 2, 2), Area(1, 3, 1, 5))
    table = find(
        sheet(
            ("Critère", "Coef", "Réponse", None, None), (None, None, "Oui", "Non", "N/A"), (*ITEM, "x"), merged=merged
        )
    )
    assert (table.bottom, table.ticked) == (2, {3: "Oui", 4: "Non", 5: "N/A"})


def test_columns_of_marks_are_ticked_but_two_numbers_may_be_visits():
    rows = ("Le client est salué", None, "x")
    table = find(sheet(("Critère", "1", "2", "3", "4", "5"), rows))
    assert list(table.ticked.values()) == ["1", "2", "3", "4", "5"]
    assert find(sheet(("Critère", "1", "2"), rows)).ticked == {}


def test_the_plainer_heading_holds_the_questions_and_the_other_is_a_section_on_the_left_guidance_on_the_right():
    assert find(sheet(("Critère", "Point de contrôle"), ("Accueil", "Sourire"))).roles == {1: "section", 2: "question"}
    assert find(sheet(("Question", "Description"), ("Sourire", "Franc"))).roles == {1: "question", 2: "guidance"}


def test_two_columns_that_may_both_hold_the_questions_are_not_guessed_between():
    unsure = find(sheet(("Question", "Item", "Poids"), ("Le sourire est franc", "Le sourire est sincère et franc", 1)))
    assert isinstance(unsure, Unsure)
    assert unsure.why.values["names"] == ["Question", "Item"]
    assert (unsure.place, unsure.likely) == ("A1", "B")
    assert unsure.headings == (("A", "Question"), ("B", "Item"), ("C", "Poids"))


def test_a_table_without_any_heading_is_unsure_and_says_which_column_is_likely():
    unsure = find(sheet(*[(number, f"Le client est salué, essai {number}") for number in range(1, 6)]))
    assert isinstance(unsure, Unsure)
    assert unsure.likely == "B"


def test_a_sheet_without_questions_has_no_table():
    assert find(sheet()) is None
    assert find(sheet(("Oui",), ("Non",), ("NA",))) is None


def test_columns_named_by_letter_or_heading_are_taken_with_and_without_a_heading_row():
    bare = sheet(("Accueil", "Le client est salué", 2), ("Accueil", "Le client est remercié", 1))
    wishes = Wishes({"section": ("A",), "question": ("B",), "weight": ("C",)})
    assert find(bare, wishes).roles == {1: "section", 2: "question", 3: "weight"}
    headed = sheet(("Famille de points", "Ce qu’on regarde", "Poids"), ("Accueil", *ITEM))
    table = find(headed, Wishes({"question": ("ce qu'on regarde",)}))
    assert table.roles == {1: "section", 2: "question", 3: "weight"}


def test_the_author_may_say_which_row_has_the_headings():
    rows = (("Question", "Poids"), ("x", "y"), ("Critère", "Coefficient"), ITEM)
    assert find(sheet(*rows)).top == 1
    assert find(sheet(*rows), Wishes({}, 3)).top == 3


def test_a_column_that_is_not_there_is_said():
    unsure = find(sheet(("Critère", "Poids"), ITEM), Wishes({"question": ("Intitulé",)}))
    assert isinstance(unsure, Unsure)
    assert "Intitulé" in str(unsure.why)


def test_hidden_rows_hold_no_headings_and_hidden_columns_no_questions_but_weights_may_be_hidden():
    old = ("Question", "Critère", "Poids"), ("Le client a été salué ?", *ITEM)
    assert find(sheet(*old, hidden_columns=frozenset({1}))).roles == {2: "question", 3: "weight"}
    assert find(sheet(("Critère", "Poids"), ITEM, hidden_columns=frozenset({2}))).roles == {1: "question", 2: "weight"}
    table = find(sheet(("Question", "Poids"), ("Critère", "Coef"), ITEM, hidden_rows=frozenset({1})))
    assert table.top == 2


def test_a_weak_word_for_sections_on_the_right_of_the_questions_is_none():
    assert find(sheet(("Chapter", "Requirement", "Type"), ("4", "Is it so?", "Major"))).roles == {
        1: "section",
        2: "question",
    }


def test_answers_in_a_row_are_no_headings():
    rows = (("Zone", "Contrôle", "Sem. 1", "Sem. 2"), ("Caisse", "Fond de caisse exact", "OK", "KO"))
    assert find(sheet(*rows)).top == 1


def test_a_column_of_texts_without_a_heading_holds_the_questions_where_the_rest_is_a_grid():
    rows = (
        ("/01/2025", "KO", "pondération", "Note", "Commentaires"),
        ("Lutte contre les nuisibles", None, 0.3, None, "Contrat"),
    )
    table = find(sheet(*rows, ("Maintenance des locaux", None, 0.7)))
    assert (table.column("question"), table.guessed) == (1, 1)
    two = find(sheet((None, None, "Poids", "Note"), ("Lutte contre les nuisibles", "Contrat et passages prévus", 1)))
    assert isinstance(two, Unsure)


def test_sentences_far_down_are_no_headings():
    rows = [("1. Locaux et équipements de la cuisine",)] * 3
    found = find(sheet(*rows, ("Contrôle à réception", "BL pris en photo avec prise de température", "Conforme")))
    assert isinstance(found, Unsure)
