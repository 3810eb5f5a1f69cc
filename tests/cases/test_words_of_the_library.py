"""The library calls one thing by one name, in all its standards and checklists, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from servaudit.library import Library
from servaudit.lint.glossary import lint_words
from servaudit.sources import parse, read

STANDARDS = Path(__file__).parents[2] / "standards"
TRADE = {
    "en": {
        "house": "company", "home move": "moving house", "client": "customer", "agent": "adviser", "advisor": "adviser",
        "grid": "checklist", "compensation": "redress", "amends": "redress", "listened call": "monitored call",
        "mystery customer": "mystery shopper", "call-back": "callback", "email": "e-mail", "web site": "website",
        "acknowledgment": "acknowledgement", "receipt of acknowledgement": "acknowledgement", "learned": "learnt",
        "quality desk": "quality team", "customer services": "customer service", "delivery person": "delivery driver",
    },
    "fr": {
        "maison": "entreprise", "plainte": "réclamation", "usager": "client", "service clients": "service client",
        "chatbot": "agent conversationnel", "email": "courriel", "e-mail": "courriel", "feedback": "retour",
        "téléconseiller": "conseiller", "opérateur": "conseiller", "check-list": "grille", "checklist": "grille",
        "accusé réception": "accusé de réception", "jours de calendrier": "jours calendaires",
    },
}  # fmt: skip
"""Words that the library does not say, and those it says for them."""


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(STANDARDS.rglob("*.yaml"))])
def test_one_thing_has_one_name(path):
    document = Library().open(read(path)).value
    assert [f"{one.path}: {one.message}" for one in lint_words(document, TRADE)] == []


def test_another_name_would_be_found():
    said = (STANDARDS / "telephone.yaml").read_text("utf-8")
    other = said.replace("le client", "l’usager").replace("the customer", "the client")
    document = Library().open(parse(str(STANDARDS / "telephone.yaml"), other.encode())).value
    assert {str(one.message) for one in lint_words(document, TRADE)} == {
        "the house does not say “usager”, but “client”",
        "the house does not say “client”, but “customer”",
    }
