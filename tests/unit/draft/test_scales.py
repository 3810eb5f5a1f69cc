"""The answers of grids, as their authors write them, become scales."""

from __future__ import annotations

import pytest

from servaudit.draft import scales
from servaudit.draft.grid import Area, Rule
from servaudit.draft.scales import YES_NO, from_labels, from_rule, from_text, in_heading


def points(scale):
    return {choice.label: choice.points for choice in scale.choices}


@pytest.mark.parametrize(
    "text",
    ["Oui / Non", "Oui/Non/NA", "O/N", "Yes / No / N/A", "non ; oui", "Oui, Non, Sans objet", "Y/N", "OUI ou NON"],
)
def test_yes_and_no_are_the_scale_that_is_built_in_and_not_applicable_needs_no_answer(text):
    assert from_text(text) == YES_NO


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1 à 5", 1, 5),
        ("1-5", 1, 5),
        ("de 0 à 4", 0, 4),
        ("1 to 4", 1, 4),
        ("(1–3)", 1, 3),
        ("/5", 0, 5),
        ("note /5", 0, 5),
    ],
)
def test_few_marks_are_a_list_worth_themselves(text, low, high):
    scale = from_text(text)
    assert points(scale) == {str(mark): mark for mark in range(high, low - 1, -1)}
    assert (scale.name, scale.maximum) == (f"score_{low}_{high}", high)
    assert (scale.guess is not None) == (low > 0)  # the lowest mark is worth something: is that meant?


@pytest.mark.parametrize(
    ("text", "high"),
    [("/10", 10), ("Note sur 20", 20), ("0-10", 10), ("out of 100", 100), ("%", 100), ("pourcentage", 100)],
)
def test_many_marks_are_the_number_itself(text, high):
    scale = from_text(text)
    assert (scale.kind, scale.low, scale.high, scale.maximum) == ("range", 0, high, high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui = 2 ; Non = 0", {"Oui": 2, "Non": 0}),
        ("Oui (2) / En partie (1) / Non (0) / NA", {"Oui": 2, "En partie": 1, "Non": 0}),
        ("Oui = 1, En partie = 0,5, Non = 0", {"Oui": 1, "En partie": 0.5, "Non": 0}),
        ("0 : jamais\n2 : souvent\n3 : toujours", {"toujours": 3, "souvent": 2, "jamais": 0}),
        ("Conforme → 10 pts ; Non conforme → 0 pt", {"Conforme": 10, "Non conforme": 0}),
        ("5 ; 3 ; 0", {"5": 5, "3": 3, "0": 0}),
        ("Yes:3|No:0|Not Applicable:NA", {"Yes": 3, "No": 0}),
    ],
)
def test_points_that_are_given_are_taken_as_they_are(text, expected):
    scale = from_text(text)
    assert points(scale) == expected
    assert (scale.explicit, scale.guess) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "Très bien / Bien / Moyen / Insuffisant",
        "Insuffisant, Moyen, Bien, Très bien",
        "Moyen ; Très bien ; Insuffisant ; Bien ; Non observé ; NA",
    ],
)
def test_words_we_know_are_put_in_order_whatever_the_order_they_come_in(text):
    scale = from_text(text)
    assert points(scale) == {"Très bien": 3, "Bien": 2, "Moyen": 1, "Insuffisant": 0}
    assert scale.guess is None


def test_three_answers_are_worth_one_a_half_and_nothing():
    assert points(from_text("Non conforme; Conforme; Partiellement conforme")) == {
        "Conforme": 1, "Partiellement conforme": 0.5, "Non conforme": 0,
    }  # fmt: skip


def test_words_nobody_knows_are_taken_in_their_order_and_the_author_is_told():
    scale = from_labels(["Or", "Argent", "Bronze"])
    assert points(scale) == {"Or": 1, "Argent": 0.5, "Bronze": 0}
    assert "nothing says which answer is the best" in str(scale.guess)


def test_a_long_list_of_words_nobody_knows_is_recorded_and_not_scored():
    scale = from_labels([f"Rayon {number}" for number in range(12)])
    assert (scale.kind, scale.info, scale.maximum, len(scale.choices)) == ("info", "choice", None, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Texte libre", "text"), ("date", "date"), ("Free text", "text"), ("Photo", "photo"), ("heure", "time")],
)
def test_what_is_only_recorded_is_not_scored(text, kind):
    assert (from_text(text).kind, from_text(text).info) == ("info", kind)


@pytest.mark.parametrize("text", ["", "Oui", "NA", "bonjour", "x", "3", "12/11/2026", "N/A / sans objet", "/0", ";;"])
def test_what_lists_no_answers_is_no_scale(text):
    assert from_text(text) is None


@pytest.mark.parametrize(
    ("heading", "high"), [("Note (1 à 5)", 5), ("Score /10", 10), ("Évaluation (sur 20)", 20), ("Rating (1-4)", 4)]
)
def test_a_heading_says_the_marks_beside_what_it_is(heading, high):
    assert in_heading(heading).maximum == high


@pytest.mark.parametrize("heading", ["Réponse / commentaire", "Constat", "Note", "Date, heure et lieu", "Score"])
def test_a_heading_that_says_no_answers_is_not_taken_for_some(heading):
    assert in_heading(heading) is None


def test_keys_are_ascii_and_no_two_answers_can_be_confused():
    scale = from_labels(["Élevé", "Eleve", "Na ïf", "Été / hiver", "???", "!!!"])
    keys = [choice.key for choice in scale.choices]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key.islower() and key != "na" for key in keys)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule((Area(1, 1, 1, 1),), "list", ("Oui", "Non", "NA")), "yes_no"),
        (Rule((), "whole", low=1, high=5), "choices"),
        (Rule((), "whole", low=0, high=10), "range"),
        (Rule((), "decimal", low=0, high=5), "range"),
        (Rule((), "date"), "info"),
        (Rule((), "whole", low=1), None),
        (Rule((), "custom"), None),
    ],
)
def test_what_a_program_lets_in_is_a_scale(rule, expected):
    scale = from_rule(rule)
    assert (scale and scale.kind) == expected


def test_demerits_alone_are_not_taken_for_points():
    scale = from_text("Oui = 0 ; Non = -5")
    assert scale is YES_NO or max(points(scale).values()) > 0


def test_numbers_are_written_the_shortest_way():
    assert [scales.shown(number) for number in (1.0, 0.5, 1.25, 1 / 3)] == ["1", "0.5", "1.25", "0.333333"]


def test_letters_are_grades_and_a_is_taken_as_the_best():
    scale = in_heading("Cotation (A/B/C/D/NA)")
    assert points(scale) == {"A": 3, "B": 2, "C": 1, "D": 0}
    assert "A was taken as the best" in str(scale.guess)
    assert points(from_text("C / B / A")) == {"A": 1, "B": 0.5, "C": 0}
