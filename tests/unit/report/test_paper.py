"""The sheet to tick by hand: numbers, boxes, blanks, tallies and conditions in words."""

import pytest

from booklets import STANDARD, opened, sheet_of


@pytest.fixture
def lines(tmp_path):
    return {line.row.id: line for block in sheet_of(opened(tmp_path)).blocks for line in block.lines}


def test_criteria_are_numbered_from_1_through_the_whole_sheet(lines):
    assert [line.number for line in lines.values()] == list(range(1, 12))


def test_a_choice_is_ticked_and_one_that_repeats_is_counted(lines):
    assert (lines["told"].way, lines["told"].boxes, lines["told"].absent) == ("boxes", ("Oui", "Non"), "Sans objet")
    assert (lines["smile"].way, lines["smile"].boxes, lines["smile"].times) == ("tally", ("Souvent", "Jamais"), (1,))
    assert lines["smile"].hint == "un trait par observation"


def test_a_duration_has_blanks_for_minutes_and_seconds_as_often_as_it_is_measured(lines):
    assert (lines["wait"].way, lines["wait"].blanks, lines["wait"].times) == ("blanks", ("min", "s"), (1, 2, 3, 4, 5))
    assert (lines["mark"].blanks, lines["mark"].times, lines["mark"].hint) == (("",), (1,), "de 0 à 10")
    assert lines["day"].blanks == ("/", "/", "")


def test_what_is_written_out_has_lines(lines):
    assert (lines["said"].way, lines["said"].absent) == ("lines", None)


def test_not_applicable_is_offered_where_it_may_be_said_and_is_not_said_already(lines):
    assert lines["thanks"].absent is None
    assert (lines["seen"].boxes, lines["seen"].absent, lines["seen"].hint) == (
        ("a", "b", "c"), None, "plusieurs réponses possibles"
    )  # fmt: skip


def test_conditions_are_said_with_the_numbers_of_the_sheet(lines):
    assert lines["told"].condition == "seulement si n°\u00a02\u00a0: plus de 5\u00a0min"
    assert lines["lift"].condition == "seulement si «\u00a0Grande boutique\u00a0» et n°\u00a01\u00a0: Souvent"
    assert lines["smile"].condition is None


def test_evidence_is_asked_for_in_words(lines):
    assert lines["clean"].evidence == "une photo si le critère n’est pas respecté"


def test_a_section_that_repeats_is_printed_three_times_with_its_condition_and_the_titles_above(tmp_path):
    sheet = sheet_of(opened(tmp_path))
    welcome, rooms, closing = sheet.blocks
    assert (rooms.crumbs, rooms.title, rooms.top) == ("Accueil", "Salles", "Accueil")
    assert rooms.condition == "seulement si «\u00a0staff\u00a0»\u00a0: 2 ou plus"
    assert (welcome.condition, closing.crumbs) == (None, "")
    assert [(one.block.title, one.observation) for one in sheet.printed] == [
        ("Accueil", None), ("Salles", "1"), ("Salles", "2"), ("Salles", "3"), ("Clôture", None)
    ]  # fmt: skip


def test_what_is_in_a_section_that_repeats_is_printed_with_each_of_its_copies(tmp_path):
    inner = (
        "        sections:\n          - {id: beds, title: Lits, repeat: mean, criteria: [{id: soft, text: Doux}]}\n"
        "          - {id: walls, title: Murs, criteria: [{id: white, text: Blancs}]}\n"
    )
    nested = STANDARD.replace("  - id: closing\n", inner + "  - id: closing\n", 1)
    printed = [(one.block.title, one.observation) for one in sheet_of(opened(tmp_path, standard=nested)).printed]
    room = [[("Salles", f"{n}"), *(("Lits", f"{n}.{m}") for m in (1, 2, 3)), ("Murs", f"{n}")] for n in (1, 2, 3)]
    assert printed == [("Accueil", None), *room[0], *room[1], *room[2], ("Clôture", None)]


def test_a_checklist_of_several_standards_names_each_and_asks_its_own_fields(tmp_path):
    sheet = sheet_of(opened(tmp_path, "mystery.yaml"))
    assert [(block.part, block.crumbs, block.title) for block in sheet.blocks] == [
        (0, "Boutique", "Clôture"), (1, "", "Desk")
    ]  # fmt: skip
    site, day, *_ = sheet.fields
    assert (site.boxes, day.blanks, sheet.required) == (("Lyon", "Brest (port)"), ("/", "/", ""), True)
    assert [line.number for block in sheet.blocks for line in block.lines] == [1, 2, 3, 4, 5, 6]


def test_conditions_one_within_another_are_joined_as_the_language_joins_them(tmp_path):
    inner = STANDARD.replace(
        "    title: {fr: Accueil, en: Welcome}\n",
        "    title: {fr: Accueil, en: Welcome}\n    applies_when: context.big\n",
    )
    grid = opened(tmp_path, standard=inner)
    said = [sheet_of(grid, language).blocks[1].condition for language in ("fr", "en")]
    assert said == [
        "seulement si «\u00a0Grande boutique\u00a0»\u00a0; seulement si «\u00a0staff\u00a0»\u00a0: 2 ou plus",
        "only if “Large shop”; only if “staff”: 2 or more",
    ]


def test_a_condition_on_what_the_checklist_left_out_or_without_simple_words_says_only_that_there_is_one(tmp_path):
    hard = STANDARD.replace("answers.wait > parameters.long,", "answers.wait + 1 > parameters.long,")
    lines = {line.row.id: line for b in sheet_of(opened(tmp_path, standard=hard)).blocks for line in b.lines}
    assert lines["told"].condition == "seulement s’il y a lieu"
