"""Sentences in one language: English is the source, other languages have a compiled gettext catalogue beside this."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from servaudit.diagnostics import Message
from servaudit.i18n import formats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from gettext import NullTranslations

LANGUAGES = tuple(formats.LOCALES)
SOURCE = "en"


class Translator:
    """Says things in `language` ("fr" or "en"). The catalogue is opened at the first sentence."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no catalogue for {language!r}: one of {', '.join(LANGUAGES)}")
        self.language = language

    @cached_property
    def _catalogue(self) -> NullTranslations:
        from gettext import GNUTranslations, NullTranslations  # noqa: PLC0415 - only when something is said

        if self.language == SOURCE:
            return NullTranslations()
        from importlib.resources import files  # noqa: PLC0415 - same

        with (files(__package__) / f"{self.language}.mo").open("rb") as file:
            return GNUTranslations(file)

    def t(self, text: str, /, **values: object) -> str:
        """Translate a sentence, then fill its `{named}` fields; numbers and lists are written the local way."""
        return self._fill(self._catalogue.gettext(text), values)

    def word(self, text: str) -> str:
        """Translate a text that has no fields, and may have braces of its own."""
        return self._catalogue.gettext(text) if text else ""

    def n(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """Translate a sentence about `count` things; `{count}` is one of its fields."""
        return self._fill(self._catalogue.ngettext(singular, plural, count), {"count": count, **values})

    def grammatical(self, value: float) -> int:
        """Give the count whose grammar a figure takes: below 2, French has the singular; English, for 1 alone."""
        if abs(value) >= 2:  # noqa: PLR2004 - what begins the plural
            return 2
        shown = formats.rounded(abs(value), 3)
        return int(shown) if self.language == "fr" or shown == 1 else 2

    def message(self, message: Message) -> str:
        """Translate a message made far from any language (`servaudit.diagnostics.msg`)."""
        return self.t(message.template, **message.values)

    def _fill(self, template: str, values: dict[str, object]) -> str:
        return template.format(**{name: self._say(value) for name, value in values.items()})

    def _say(self, value: object) -> str:
        if type(value) is str:  # most are
            return value
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, list | tuple):
            return self.list([self._say(item) for item in value])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return getattr(value, "text", None) or self.number(value)
        return str(value)

    def percent(self, ratio: float, decimals: int = 0) -> str:
        """Write a ratio as per cent, rounded half up: 0.625 is `63%`, in French `63 %`."""
        return formats.percent(ratio, decimals, self.language)

    def number(self, value: float, decimals: int | None = None) -> str:
        """Write a number, rounded half up; without `decimals`, as many as it has and three at most."""
        return formats.number(value, decimals, self.language)

    def date(self, iso: str) -> str:
        """Write an ISO date in words: `3 novembre 2026`."""
        return formats.date(iso, self.language)

    def list(self, items: Sequence[str]) -> str:
        """Write `a, b and c`."""
        return formats.enumeration(items, self.language)


@cache
def translator(language: str) -> Translator:
    """Give the translator of a language; ValueError when there is none."""
    return Translator(language)
