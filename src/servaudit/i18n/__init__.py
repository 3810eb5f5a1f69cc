"""What servaudit says in its user's language: catalogues of sentences, and numbers and dates the local way."""

from servaudit.i18n.translator import LANGUAGES, Translator, translator

__all__ = ["LANGUAGES", "Translator", "translator"]
