"""The sheet as CommonMark: what was typed is read back as text by a real CommonMark parser, whatever it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from booklets import STANDARD, opened, sheet_of
from servaudit.render.markdown import escaped, markdown

PARSER = MarkdownIt("gfm-like", {"linkify": False}).enable(["table", "strikethrough"])


def text_of(rendered: str) -> str:
    """Give the characters that a parser shows of one line, and refuse anything that is not text."""
    (opens, inline, closes) = PARSER.parse(rendered)
    assert (opens.type, closes.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    return "".join(child.content for child in inline.children)


@pytest.mark.parametrize(
    "typed",
    ["*a*", "_a_", "`a`", "[a](javascript:x)", "![a](b)", "<script>x</script>", "# a", "- a", "+ a", "1. a", "1) a",
     "> a", "| a | b |", "~~a~~", "&amp;", "a\\", "\\*", "---", "***", "a <!-- b", "$x$", "2 * 3 * 4", "a_b_c", "~~~",
     "10. 11. 12.", "--> a", "[a]: b", "==", "a@b.c", "« Bonjour ! »"],
)  # fmt: skip
def test_what_was_typed_is_shown_as_it_was_typed(typed):
    assert text_of(escaped(typed)) == typed


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=40))
def test_every_text_is_shown_as_it_is(typed):
    assert text_of(escaped(typed)) == typed


def test_lines_that_were_typed_become_one():
    assert escaped("a\n\n# b\r\n- c\u2028d") == "a \\# b - c d"


def test_an_address_is_no_link():
    rendered = escaped("https://x.example www.x.example")
    assert rendered == "https\\://x.example www\\.x.example"


def test_the_sheet_has_a_heading_for_each_section_and_a_numbered_item_for_each_criterion(tmp_path):
    text = markdown(sheet_of(opened(tmp_path))).decode()
    tokens = PARSER.parse(text)
    headings = [tokens[n + 1].content for n, one in enumerate(tokens) if one.type == "heading_open"]
    assert headings == ["Boutique", "La visite", "Accueil", "Accueil › Salles", "Clôture",
                        "Ce qui mérite d’être dit à l’équipe", "Remarques sur la visite"]  # fmt: skip
    assert [one.info for one in tokens if one.type == "list_item_open" and one.info] == [str(n) for n in range(1, 12)]
    assert "☐ Oui · ☐ Non · ☐ Sans objet" in text
    assert "*une fois par observation*" in text
    assert re.search(r"seulement si n°\u00a02", text)


def test_a_hostile_standard_changes_no_structure(tmp_path):
    hostile = "x** <b>\\n# y\\n\\n1. z `q` [l](u) | c |"
    changed = STANDARD.replace("en: There is a smile.", f'en: "{hostile}"').replace("en: Shop}", f'en: "{hostile}"}}')
    plain, odd = (
        [token.type for token in PARSER.parse(markdown(sheet_of(opened(tmp_path, standard=text), "en")).decode())]
        for text in (STANDARD, changed)
    )
    assert plain == odd


def test_the_first_line_says_who_made_it(tmp_path):
    assert markdown(sheet_of(opened(tmp_path))).startswith(b"<!-- servaudit 1.0 -->\n")


def test_a_value_that_is_measured_several_times_has_a_blank_for_each(tmp_path):
    lines = markdown(sheet_of(opened(tmp_path))).decode().splitlines()
    answer = next(lines[at + 1] for at, line in enumerate(lines) if "attente est courte" in line)
    assert answer.count(" min ") == len(sheet_of(opened(tmp_path)).blocks[0].lines[1].times) > 1


def test_answers_that_are_sentences_stand_each_on_a_line(tmp_path):
    long = STANDARD.replace("fr: Souvent", "fr: Une journée par mois chez les clients")
    text = markdown(
        sheet_of(opened(tmp_path, standard=long.replace("        repeat: mean\n        facets", "        facets")))
    )
    assert "☐ Une journée par mois chez les clients\\\n   ☐ Jamais\\\n   ☐ Sans objet\n" in text.decode()
