"""The words a glossary avoids are found where people read them, and nowhere else."""

from time import perf_counter

import pytest

from servaudit.lint.glossary import lint_words
from servaudit.load import load_any
from servaudit.sources import parse

HEAD = "kind: standard\nid: s\nversion: 1.0.0\nlanguage: fr\n"
STANDARD = (
    HEAD
    + """\
title: {en: user 1, fr: mot 1}
description: mot 2
source: mot 3
parameters: {text: {fr: mot}}
context: {mot: {type: choice, title: mot 4, values: [mot], default: mot}}
attributes: {text: {type: text, title: mot 5}}
facets: {mot: {title: mot 6, values: {mot: mot 7, other: null}}}
scales:
  mot: {choices: {mot: {points: 1, label: mot 8}, no: 0}}
sections:
  - id: mot
    title: mot 9
    sections:
      - id: inner
        title: mot 10
        criteria:
          - id: c
            text: mot 11
            guidance: mot 12
            why: mot 13
            examples: {good: mot 14, bad: {fr: mot 15}}
            attributes: {text: mot}
            facets: {mot: mot}
            scale: {info: choice, choices: {mot: mot 16, b: null}}
scoring:
  measures: {m: {title: mot 17, agg: count}}
  levels: {mot: mot 18}
  ladder: [{level: mot}]
  limits: [{id: mot, when: "score > 2", fail: true, text: mot 19}]
rollup: {title: mot 20}
history: {1.0.0: {note: mot 21}}
"""
)
CHECKLIST = """\
kind: checklist
id: mot
version: 1.0.0
language: en
title: user 1
description: {fr: mot 2}
scenario: user 3
standards:
  - standard: s
    version: 1.0.0
    parameters: {title: user}
    wording: {staff: {c: {text: user 4, guidance: {fr: mot 5}, why: user 6}}}
visit:
  site: {title: user 7, help: user 8, choices: {user: user 9}, default: user}
  context: {user: {title: user 10}}
scoring: {limits: [{id: user, when: "score > 2", fail: true, text: user 11}]}
"""
GLOSSARY = {"fr": {"mot": "terme"}, "en": {"user": "customer"}}


def document(text):
    loaded = load_any(parse("d.yaml", text.encode()))
    assert loaded.diagnostics == ()
    return loaded.source, loaded.value


def marked(text, glossary):
    """Put a title's words that are found in brackets, with the house's own."""
    _, standard = document(f"{HEAD}title: >-\n  {text}\n")
    for problem in reversed(lint_words(standard, {"fr": glossary})):
        word, house = problem.message.values["word"], problem.message.values["house"]
        assert text[problem.at :].startswith(word)
        text = f"{text[: problem.at]}[{word}: {house}]{text[problem.at + len(word) :]}"
    return text


@pytest.mark.parametrize(("text", "count"), [(STANDARD, 22), (CHECKLIST, 11)])
def test_every_text_is_looked_at_and_nothing_else_and_the_word_is_pointed_at(text, count):
    source, value = document(text)
    places = [source.diagnostic(problem).where for problem in lint_words(value, GLOSSARY)]
    texts = {
        (number, at + 1)
        for number, line in enumerate(text.splitlines(), 1)
        for at in range(len(line))
        for word in ("mot ", "user ")
        if line.startswith(word, at) and line[at + len(word)].isdigit()
    }
    assert len(texts) == count
    assert sorted((place.line, place.column) for place in places) == sorted(texts)


def test_a_language_without_words_has_none_to_avoid():
    _, value = document(STANDARD)
    assert [problem.path for problem in lint_words(value, {"fr": {}, "en": {"user": "customer"}})] == [("title", "en")]
    assert lint_words(value, {}) == []


@pytest.mark.parametrize(
    ("text", "glossary", "wanted"),
    [
        ("L’usager, les USAGERS", {"usager": "client"}, "L’[usager: client], les USAGERS"),
        ("Les Bornes automatiques", {"borne automatique": "automate"}, "Les [Bornes automatiques: automate]"),
        ("La borne\N{NO-BREAK SPACE}automatique", {"Borne automatique": "x"},
         "La [borne\N{NO-BREAK SPACE}automatique: x]"),
        ("Des jeux d’enjeu", {"jeu": "x"}, "Des [jeux: x] d’enjeu"),
        ("ETAT, État, état, etat", {"état": "x"}, "[ETAT: x], État, état, etat"),
        ("etat, étatique", {"état": "x"}, "etat, étatique"),
        ("le marché", {"marche": "degré"}, "le marché"),
        ("porte-clés, porte", {"porte": "accès"}, "porte-clés, [porte: accès]"),
        ("l’agence", {"l'agence": "la boutique"}, "[l’agence: la boutique]"),
        ("prix (TTC)*", {"(TTC)*": "net"}, "prix [(TTC)*: net]"),
        ("client final, client", {"client": "client final"}, "client final, [client: client final]"),
        ("client fidèle", {"client": "hôte", "client fidèle": "habitué"}, "[client fidèle: habitué]"),
        ("a b", {"a": "b", "b": "a"}, "[a: b] [b: a]"),
        ("X, xs, Express et gaz", {"x": "croix", "gaz": "air", "express": "rapide"},
         "[X: croix], xs, [Express: rapide] et [gaz: air]"),
        ("l’heure (’heure)", {"'heure": "minute"}, "l’heure ([’heure: minute])"),
    ],
)  # fmt: skip
def test_whole_words_are_found_as_people_write_them(text, glossary, wanted):
    assert marked(text, glossary) == wanted


def test_an_accent_of_its_own_is_the_same_accent():
    _, standard = document(f"{HEAD}title: un e\N{COMBINING ACUTE ACCENT}tat\n")
    (problem,) = lint_words(standard, {"fr": {"état": "situation"}})
    assert (problem.path, problem.at) == (("title",), None)
    assert lint_words(standard, {"fr": {"e": "x", "tat": "y"}}) == []


def test_a_long_glossary_takes_no_longer_than_a_short_one():
    words = {f"{'borne' if number % 2 else 'guichet'}{number} d’accueil": f"point {number}" for number in range(2000)}
    long = "La borne est propre et sèche. " * 20
    criteria = "".join(f"  - {{id: c{number}, text: {long}}}\n" for number in range(100))
    _, standard = document(f"{HEAD}title: La borne7 d'accueil\ncriteria:\n{criteria}")
    before = perf_counter()
    assert [problem.path for problem in lint_words(standard, {"fr": words})] == [("title",)]
    assert perf_counter() - before < 1
