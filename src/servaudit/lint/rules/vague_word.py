"""`vague-word`: a word that two auditors understand in two ways, such as “appropriate” or « convenablement »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.wording import has_figure, looked_for, shown, whole
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
        adaptée?s?(?!\s+(?:à|aux?)\b) | de (?:façon|manière) (?:adaptée|professionnelle|efficace|claire et précise)
        correcte?s? | correctement | satisfaisante?s? | acceptables? | raisonnables? | raisonnablement
        efficaces? | efficacement | professionnellement | de qualité | en bon état | au mieux | optimale?s?
        si (?:possible|nécessaire|besoin) | au besoin | autant que possible | dans la mesure du possible
        etc\. | et ainsi de suite"""),
    "en": whole(r"""
        appropriate | appropriately | inappropriate | inappropriately | adequate | adequately
        proper | properly | suitable | suitably | relevant | satisfactory | satisfactorily | acceptable | acceptably
        reasonable | reasonably | correctly | effective(?!\s+(?:from|until|date)) | effectively | efficient
        efficiently | in good (?:condition|order|repair) | of good quality | optimal | optimally
        as (?:needed|required|necessary|appropriate|far as possible)
        (?:if|where|when|wherever|whenever) (?:possible|necessary|needed|appropriate|applicable)
        etc\. | and so (?:on|forth)"""),
}  # fmt: skip
"""Words for how something is done, which say that it is done well and not what that is."""
MEASURE: Final = {
    "fr": whole(r"""
        rapides? | rapidement | promptement | vite | bref délai | brefs délais | meilleurs délais | temps utile
        sans (?:délai|tarder|attendre) | suffisante?s? | suffisamment | assez | régulièrement | souvent
        fréquemment | quelques | plusieurs fois | tôt | court délai | dès que possible"""),
    "en": whole(r"""
        quick | quickly | prompt | promptly | timely | swift | swiftly | speedy | speedily | soon | in good time
        in a timely (?:manner|fashion) | as soon as possible | without delay | sufficient | sufficiently | enough
        regular | regularly | often | frequently | a few | several times"""),
}  # fmt: skip
"""Words for how much, how often or how fast, which a figure beside them makes plain."""


def find(document: Document) -> Iterator[Problem]:
    """Look for vague words in what an auditor is asked.

    Words of measure pass where a figure says what they mean: in the text, in its guidance, or as a measured value.
    """
    asked = list(questions(document))
    for question, match in looked_for(asked, MANNER):
        remedy = msg("say what is seen or heard when it is so")
        yield _problem(question, shown(question, match), match.start(), remedy)
    for question, match in looked_for((one for one in asked if not _measured(one)), MEASURE):
        yield _problem(question, shown(question, match), match.start(), msg("say how much, how often or how fast"))


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
