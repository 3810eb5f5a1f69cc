"""`vague-word`: a word that two auditors understand in two ways, such as “appropriate” or « convenablement »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.wording import bracketed, has_figure, looked_for, shown, whole
from servaudit.lint.texts import questions
from servaudit.model.scale import Choices, Info

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Message
    from servaudit.lint.texts import Question
    from servaudit.model.base import Document

MANNER: Final = {
    "fr": whole(r"""
        convenables? | convenablement | comme il (?:faut|se doit|convient)
        appropriée?s? | adéquate?s? | adéquatement | opportune?s? | pertinente?s?
        adaptée?s?(?!\s+(?:à|aux?|l[ea]s?|l'|sa|son|ses|leurs?)\b) | de (?:façon|manière) (?:adaptée|professionnelle)
        de (?:façon|manière) (?:efficace|optimale) | efficaces? | efficacement | optimale?s? | au mieux
        correcte?s? | correctement | satisfaisante?s? | acceptables? | raisonnables? | raisonnablement
        professionnellement | de qualité | en bon état | si possible | autant que possible
        dans la mesure du possible | etc\. | et ainsi de suite"""),
    "en": whole(r"""
        appropriate | appropriately | inappropriate | inappropriately | adequate | adequately
        proper | properly | suitable | suitably | relevant | satisfactory | satisfactorily | acceptable | acceptably
        reasonable | reasonably | correctly | effective(?!\s+(?:from|until|date)) | effectively | efficient
        efficiently | in good (?:condition|order|repair) | of good quality | optimal | optimally
        as (?:needed|required|appropriate|far as possible)
        (?:if|where|when|wherever|whenever) (?:possible|appropriate)
        etc\. | and so (?:on|forth)"""),
}
"""Words for how something is done, which say that it is done well and not what that is."""
MEASURE: Final = {
    "fr": whole(r"""
        (?<!accès\s)rapides? | (?<!aussi\s)rapidement | promptement | vite | courts? délais? | brefs? délais?
        meilleurs délais | en temps utile | dès que possible | au plus tôt | sans (?:délai|tarder)
        sans attendre(?=\s*(?:[.,;:!?]|$)) | suffisante?s?(?!\s+pour\b) | suffisamment | assez | régulièrement | souvent
        fréquemment | plusieurs fois | quelques (?:secondes|minutes|heures|jours)"""),
    "en": whole(r"""
        quick | quickly | prompt | promptly | timely | in a timely (?:manner|fashion) | in good time | swift | swiftly
        speedy | speedily | soon(?!\s+as\b) | as soon as possible | without delay | sufficient | sufficiently
        enough(?!\s+(?:for|to)\b)
        regularly | often | frequently | several times | a few (?:seconds|minutes|hours|days)"""),
}
"""Words for how much, how often or how fast, which a figure beside them makes plain."""
_MEANS: Final = re.compile(r"[^,;.?!()]{0,40}\((?:i\.e\.|that is|c'est-à-dire|c\.-à-d\.|soit)\s", re.IGNORECASE)


def find(document: Document) -> Iterator[Problem]:
    """Look for vague words in what an auditor is asked, but where brackets explain them.

    Words of measure pass where a figure says what they mean: in the text, in its guidance, or as a measured value.
    """
    for question, match in looked_for(questions(document), MANNER, _explained):
        remedy = msg("say what is seen or heard when it is so")
        yield _problem(question, shown(question, match), match.start(), remedy)
    unmeasured = (question for question in questions(document) if not _measured(question))
    for question, match in looked_for(unmeasured, MEASURE, _explained):
        yield _problem(question, shown(question, match), match.start(), msg("say how much, how often or how fast"))


def _explained(question: Question, match: re.Match[str]) -> bool:
    """Tell whether a word stands in brackets, or brackets behind it say what it means."""
    return bracketed(question, match) or _MEANS.match(question.words, match.end()) is not None


def _problem(question: Question, word: str, at: int, remedy: Message) -> Problem:
    message = msg("“{word}” means something else to each auditor", word=word)
    return Problem("vague-word", question.said.place, message, remedy, at=question.at(at))


def _measured(question: Question) -> bool:
    if has_figure(question.words):
        return True
    if question.scale is not None and not isinstance(question.scale, Choices | Info):
        return True
    guidance = question.criterion.guidance if question.criterion is not None else None
    return any(has_figure(text) for text in (guidance or {}).values())
