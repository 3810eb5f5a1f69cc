"""The words, tones and icons of every status, and the cleaning of what people typed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from servaudit.diagnostics import msg
from servaudit.report.view import Badge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import Outcome, Scorecard, Verdict
    from servaudit.report.view import Fact, Icon, Tone

_Status = tuple["Message", "Tone", "Icon"]

OUTCOME_WORDS: Mapping[Outcome, _Status] = {
    "met": (msg("Met"), "good", "check"),
    "partly": (msg("Partly met"), "fair", "half"),
    "not_met": (msg("Not met"), "bad", "cross"),
    "not_applicable": (msg("Not applicable"), "muted", "dash"),
    "unobserved": (msg("Unobserved"), "muted", "question"),
    "recorded": (msg("Recorded"), "muted", "dot"),
}
VERDICT_WORDS: Mapping[Verdict, _Status] = {
    "passed": (msg("Passed"), "good", "check"),
    "below": (msg("Below the pass mark"), "bad", "cross"),
    "limited": (msg("Failed on a rule"), "bad", "alert"),
    "incomplete": (msg("Incomplete"), "muted", "question"),
    "forbidden": (msg("Not valid"), "bad", "alert"),
    "no_score": (msg("No score"), "muted", "dash"),
    "scored": (msg("Scored"), "muted", "dot"),
}
SEVERITY_WORDS: Mapping[str, _Status] = {
    "critical": (msg("Critical"), "bad", "alert"),
    "major": (msg("Major"), "fair", "dot"),
    "minor": (msg("Minor"), "muted", "dot"),
}
_TABLES: Mapping[str, Mapping[Any, _Status]] = {
    "outcome": OUTCOME_WORDS, "verdict": VERDICT_WORDS, "severity": SEVERITY_WORDS,
}  # fmt: skip
REASON_WORDS: Mapping[str, Message] = {
    "coverage_below_floor": msg("Too little was observed for a score to be given."),
    "nothing_scored": msg("Nothing could be scored."),
    "weights_zero": msg("Everything that was scored has a weight of zero."),
}
SOURCE_WORDS: Mapping[str, Message] = {
    "mystery": msg("Mystery visit"),
    "observer": msg("Observer"),
    "self": msg("Self-assessment"),
    "peer": msg("Colleague"),
    "customer": msg("Customer"),
}
YES_NO: Mapping[str, Message] = {"yes": msg("Yes"), "no": msg("No")}

SENTENCE = 28
"""Characters: an answer that is longer is read on a line of its own."""

# Control characters, lone surrogates, and marks that reverse the reading order of what follows them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Take out of a typed text what no page, cell or terminal should receive; line feeds and tabs stay."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


def cleaned(text: str | None) -> str | None:
    """Clean a text that may be missing; one with nothing left is missing."""
    return (clean(text).strip() or None) if text is not None else None


def site(card: Scorecard) -> str:
    """Say where a visit was, or its id where nobody said."""
    return cleaned(card.visit.site) or clean(card.visit.id)


def before_value(title: str, tr: Translator) -> str:
    """Write a title that a value follows: with the colon of the language, unless it ends in a mark of its own."""
    title = title.rstrip()
    if title.endswith(("?", "!", "…", "...", ":")):
        return f"{title} "
    return tr.t("{label}: {text}", label=title.removesuffix("."), text="")


@cache
def _badge(key: str, table: Literal["outcome", "verdict", "severity"], tr: Translator) -> Badge:
    word, tone, icon = _TABLES[table][key]
    return Badge(key, tr.message(word), tone, icon)


def sentence(text: str) -> str:
    """End a typed text as a sentence ends, so that another may follow it."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."


def outcome_badge(outcome: Outcome, tr: Translator) -> Badge:
    """Show an outcome."""
    return _badge(outcome, "outcome", tr)


def verdict_badge(verdict: Verdict, tr: Translator) -> Badge:
    """Show a verdict."""
    return _badge(verdict, "verdict", tr)


def severity_badge(severity: str, tr: Translator) -> Badge:
    """Show a severity."""
    return _badge(severity, "severity", tr)


def source_word(source: str | None, tr: Translator) -> str | None:
    """Say who observed: the usual sources have a word, another is said as it was typed."""
    word = SOURCE_WORDS.get(source or "")
    return tr.message(word) if word else source


def plain_word(key: str, tr: Translator) -> str:
    """Say an answer that has no label: a plain yes or no in the language, whoever wrote the scale."""
    word = YES_NO.get(key)
    return tr.message(word) if word else clean(key)


def paired(facts: Iterable[Fact]) -> str:
    """Write facts in one cell: `Stage=Welcome; Channel=Counter`."""
    return "; ".join(f"{fact.label}={fact.text}" for fact in facts)


def unit_word(unit: str | None, tr: Translator) -> str:
    """Say the unit that stands behind a blank or a bound: days in full, nothing for a count."""
    if unit in (None, "count"):
        return ""
    return tr.t("days") if unit == "d" else clean(str(unit))


def why_no_score(card: Scorecard, tr: Translator) -> str | None:
    """Say why there is no score, or none that counts; None when there is one."""
    if card.verdict == "forbidden":
        return tr.t("An answer is missing, or says “not applicable”, where the standard does not allow it.")
    word = REASON_WORDS.get(card.reason or "")
    return tr.message(word) if word else None
