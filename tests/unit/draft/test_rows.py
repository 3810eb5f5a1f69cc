"""Rows are told apart: titles of sections, questions, totals, what stands below the table."""

from __future__ import annotations

from tests.gridded import sheet

from servaudit.draft.grid import Area, Rule
from servaudit.draft.rows import lines
from servaudit.draft.table import find
from servaudit.draft.tree import tree

HEAD = ("N°", "Critère", "Poids")


def outline(*rows, **options):
    """Give the sections and questions of a sheet as indented lines, and what was left out."""
    table = find(sheet(*rows, **options))
    found, left = lines(table)
    shown = []

    def show(group, indent):
        shown.extend(f"{indent}{line.entry.text}" for line in group.lines)
        for inner in group.groups:
            weight = f" ({inner.weight:g})" if inner.weight is not None else ""
            shown.append(f"{indent}[{inner.title.text}]{weight}")
            show(inner, f"{indent}  ")

    show(tree(table, found, left), "")
    return shown, {one.place: str(one.why) for one in left}


def test_a_row_that_lacks_what_the_others_have_is_a_title():
    shown, _ = outline(HEAD, (None, "Accueil"), (1, "Salut", 2), (2, "Sourire", 1), (None, "Caisse"), (3, "Merci", 1))
    assert shown == ["[Accueil]", "  Salut", "  Sourire", "[Caisse]", "  Merci"]


def test_a_title_may_stand_in_the_column_of_numbers():
    shown, _ = outline(HEAD, ("A - Accueil",), (1, "Salut", 2), ("B - Caisse",), (2, "Merci", 1))
    assert shown == ["[A - Accueil]", "  Salut", "[B - Caisse]", "  Merci"]


def test_numbers_in_two_levels_tell_titles():
    head = ("N°", "Critère", "Commentaire")
    rows = (
        ("1", "Accueil"),
        ("1.1", "Salut"),
        ("1.2", "Sourire"),
        ("2", "Caisse"),
        ("2.1", "Merci"),
        ("2.2", "Ticket"),
    )
    assert outline(head, *rows)[0] == ["[Accueil]", "  Salut", "  Sourire", "[Caisse]", "  Merci", "  Ticket"]


def test_titles_right_below_titles_are_in_them():
    rows = (
        ("PARTIE 1",),
        ("Accueil",),
        (1, "Salut", 1),
        ("Caisse",),
        (2, "Merci", 1),
        ("PARTIE 2",),
        ("Suivi",),
        (3, "Appel", 1),
    )
    assert outline(HEAD, *rows)[0] == [
        "[PARTIE 1]", "  [Accueil]", "    Salut", "  [Caisse]", "    Merci", "[PARTIE 2]", "  [Suivi]", "    Appel",
    ]  # fmt: skip


def test_a_column_of_sections_counts_for_the_rows_below_and_two_columns_nest():
    rows = (
        ("Chapitre", "Thème", "Critère"),
        ("Accueil", "Porte", "Ouverte"), (None, None, "Propre"), (None, "Guichet", "Sourire"),
        ("Départ", None, "Merci"), ("Accueil", "Porte", "Éclairée"),
    )  # fmt: skip
    assert outline(*rows)[0] == [
        "[Accueil]", "  [Porte]", "    Ouverte", "    Propre", "    Éclairée", "  [Guichet]", "    Sourire",
        "[Départ]", "  Merci",
    ]  # fmt: skip


def test_a_merged_row_is_a_title_but_not_where_every_question_is_merged():
    head = ("Critère", None, None, "Commentaire")
    rows = (("Accueil",), ("Salut",), ("Sourire",), ("Caisse",), ("Merci",))
    wide = (Area(2, 1, 2, 4), Area(5, 1, 5, 4))
    assert outline(head, *rows, merged=wide)[0] == ["[Accueil]", "  Salut", "  Sourire", "[Caisse]", "  Merci"]
    every = tuple(Area(row, 1, row, 3) for row in range(2, 7))
    assert outline(head, *rows, merged=every)[0] == ["Accueil", "Salut", "Sourire", "Caisse", "Merci"]


def test_a_row_whose_cell_has_no_list_of_answers_is_a_title():
    rules = (Rule((Area(3, 2, 4, 2), Area(6, 2, 6, 2)), "list", ("Oui", "Non")),)
    rows = (("Accueil",), ("Salut",), ("Sourire",), ("Caisse",), ("Merci",))
    shown, _ = outline(("Critère", "Réponse"), *rows, rules=rules)
    assert shown == ["[Accueil]", "  Salut", "  Sourire", "[Caisse]", "  Merci"]


def test_a_title_may_have_the_weight_of_its_section():
    rows = (("ACCUEIL", 60), ("Salut", 2), ("Sourire", 1), ("CAISSE", 40), ("Merci", 3))
    shown, _ = outline(("Critère", "Coef"), *rows)
    assert shown == ["[ACCUEIL] (60)", "  Salut", "  Sourire", "[CAISSE] (40)", "  Merci"]


def test_a_question_in_capitals_stays_a_question_where_it_has_what_questions_have():
    rows = (("Salut", 2), ("BADGE VISIBLE", 2), ("Sourire", 1))
    assert outline(("Critère", "Coef"), *rows)[0] == ["Salut", "BADGE VISIBLE", "Sourire"]
    rows = ((1, "Salut"), (2, "BADGE VISIBLE"), (3, "Sourire"))
    assert outline(("N°", "Critère"), *rows)[0] == ["Salut", "BADGE VISIBLE", "Sourire"]


def test_titles_in_capitals_are_told_where_nothing_else_is_filled_in():
    rows = (("1. ACCUEIL",), ("Salut",), ("Sourire",), ("2. CAISSE",), ("Merci",), ("Ticket remis",))
    head = ("Items", "0", "1", "2", "NA")
    assert outline(head, *rows)[0] == [
        "[1. ACCUEIL]",
        "  Salut",
        "  Sourire",
        "[2. CAISSE]",
        "  Merci",
        "  Ticket remis",
    ]


def test_totals_repeated_headings_and_hidden_rows_are_left_out_with_the_reason():
    rows = (
        (1, "Salut", 2), (None, "Sous-total", "=SUM(C2)"), HEAD, (2, "Merci", 1), (3, "Ancien", 1),
        (None, "TOTAL GÉNÉRAL", 3), (None, "Taux de conformité", "=C7/3"),
    )  # fmt: skip
    shown, left = outline(HEAD, *rows, hidden_rows=frozenset({6}))
    assert shown == ["Salut", "Merci"]
    assert left == {"B3": "a total", "A4": "the headings again", "B6": "a hidden row", "B7": "a total", "B8": "a total"}


def test_a_question_about_a_total_or_a_score_is_a_question():
    rows = ((1, "Le total de l’addition est annoncé au client", 1), (2, "Score affiché en vitrine ?", 1))
    assert len(outline(HEAD, *rows)[0]) == 2


def test_what_stands_below_the_table_is_no_criterion():
    rows = (
        (1, "Salut", 1),
        (2, "Sourire", 1),
        (),
        (None, "Signature :"),
        (None, "Commentaires généraux"),
        ("Légende",),
    )
    shown, left = outline(HEAD, *rows)
    assert shown == ["Salut", "Sourire"]
    assert set(left) == {"B5", "B6", "A7"}


def test_a_title_without_questions_is_left_out():
    shown, left = outline(HEAD, (None, "Accueil"), (1, "Salut", 1), (2, "Sourire", 1), (None, "À compléter"))
    assert shown == ["[Accueil]", "  Salut", "  Sourire"]
    assert left == {"B5": "a title without a question below it"}


def test_a_row_with_nothing_but_numbers_is_left_out():
    _, left = outline(HEAD, (1, "Salut", 1), (2, None, 1))
    assert left == {"A3": "no question in this row"}


def test_a_title_above_each_repetition_of_the_headings_is_a_section():
    head = ("Critère", "Note /5", "Commentaire")
    rows = (
        ("A. Extérieur",),
        head,
        ("Parking",),
        ("Enseigne",),
        (),
        ("B. Intérieur",),
        head,
        ("Sol",),
        ("Température",),
    )
    shown, left = outline(*rows)
    assert shown == ["[A. Extérieur]", "  Parking", "  Enseigne", "[B. Intérieur]", "  Sol", "  Température"]
    assert left == {"A7": "the headings again"}


def test_the_weight_of_a_section_may_stand_in_its_title():
    rows = (("Accueil (60 %)",), ("Sourire", 2), ("Salut", 1), ("Vente (40 %)",), ("Écoute", 1), ("Conseil", 1))
    assert outline(("Critère", "Pond."), *rows)[0] == [
        "[Accueil (60 %)] (60)", "  Sourire", "  Salut", "[Vente (40 %)] (40)", "  Écoute", "  Conseil",
    ]  # fmt: skip


def test_an_empty_cell_counts_as_the_one_above_only_where_sections_are_not_said_in_each_row():
    head = ("Catégorie", "Sous-catégorie", "Critère")
    rows = (
        ("Accueil", "Porte", "Ouverte"),
        ("Accueil", "Porte", "Propre"),
        ("Accueil", None, "Sourire"),
        (None, None, "Merci"),
    )
    assert outline(head, *rows)[0] == ["Merci", "[Accueil]", "  Sourire", "  [Porte]", "    Ouverte", "    Propre"]
