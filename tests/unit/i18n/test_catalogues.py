"""The catalogues are complete, and what is shipped is what people edited."""

from __future__ import annotations

import ast
import re
import string

import pytest
from babel.messages.extract import extract_from_file

import messages
from servaudit.diagnostics import msg
from servaudit.i18n import LANGUAGES, translator

TRANSLATED = [language for language in LANGUAGES if language != "en"]
ORDINARY_SPACE = re.compile(r" [:;!?»%]|« |'")


def _entries(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [
        (message.id, message.string) if message.pluralizable else ((message.id,), (message.string,))
        for message in messages.read(language)
        if message.id
    ]


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_edited_one(language: str) -> None:
    assert (messages.FOLDER / f"{language}.mo").read_bytes() == messages.compiled(messages.read(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_sources_is_in_the_catalogue_and_no_other(language: str) -> None:
    said = {message.id for message in messages.collect() if message.id}
    assert {message.id for message in messages.read(language) if message.id} == said


def test_no_sentence_stands_in_a_formatted_string_where_babel_finds_it_in_some_pythons_only() -> None:
    found = [
        f"{path.name}:{call.lineno}"
        for path in sorted((messages.ROOT / "src").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in messages.KEYWORDS
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_untranslated_or_doubtful(language: str) -> None:
    catalogue = messages.read(language)
    assert [ids for ids, texts in _entries(language) if not all(texts)] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_fields_of_its_sentence(language: str) -> None:
    wrong = [ids for ids, texts in _entries(language) if {frozenset(_fields(text)) for text in texts}
             != {frozenset(_fields(ids[-1]))}]  # fmt: skip
    assert wrong == []


def test_the_fields_of_a_message_are_names() -> None:
    words = {"msg": None, "t": None, "n": (1, 2)}
    said = [text for path in (messages.ROOT / "src").rglob("*.py")
            for _, text, _, _ in extract_from_file("python", path, keywords=words)]  # fmt: skip
    assert len(said) > 200
    texts = [text for found in said for text in ([found] if isinstance(found, str) else found)]
    assert [text for text in texts if not all(name and name.isidentifier() for name in _fields(text))] == []


def test_french_is_typeset_in_french() -> None:
    wrong = [text for _, texts in _entries("fr") for text in texts
             if ORDINARY_SPACE.search(re.sub(r"\{[^}]*\}|“[^”]*”|`[^`]*`|'[^']*'", "x", text))]  # fmt: skip
    assert wrong == []


def test_a_standard_has_one_name_in_french() -> None:
    elsewhere = re.compile(
        r"(entrée|sortie) standard|--as standard|--standards|«\u00a0standards\u00a0»|standard: |\{[^}]*\}+"
    )
    texts = [text for _, translated in _entries("fr") for text in translated]
    assert [text for text in texts if "standard" in elsewhere.sub("", text).casefold()] == []


def test_a_message_is_translated_with_its_values_written_the_local_way() -> None:
    message = msg("Levels, best first: {levels}.", levels=["A", 0.5, msg("No score")])
    assert translator("en").message(message) == "Levels, best first: A, 0.5, and No score."
    assert translator("fr").message(message) == "Niveaux, du meilleur au moins bon\u00a0: A, 0,5 et Sans note."


def test_plurals_follow_the_language() -> None:
    said = [
        translator(language).n("{count} visit", "{count} visits", count)
        for language in LANGUAGES
        for count in (0, 1, 2)
    ]
    assert said == ["0 visite", "1 visite", "2 visites", "0 visits", "1 visit", "2 visits"]


def test_a_language_without_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="no catalogue for 'de'"):
        translator("de")
