"""`judgement-word`: a criterion that asks what the auditor feels, not what there is to see or hear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, msg
from servaudit.lint.rules.wording import looked_for, shown, whole
from servaudit.lint.texts import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.lint.texts import Question
    from servaudit.model.base import Document

WORDS: Final = {
    "fr": whole(r"""
        semble(?:nt)? | semblait | semblaient | semble-t-(?:il|elle) | semblée?s? | a l'air | ont l'air
        donne l'impression | donne (?:le sentiment|envie) | se sent | se sentent | vous sentez-vous | ressent
        ressentez-vous
        aimables? | aimablement | amabilité | sympathiques? | gentil(?:le)?s? | gentiment | agréables? | agréablement
        chaleureu(?:x|ses?) | chaleureusement | courtoise?s? | courtoisement | courtoisie | polie?s?(?!-) | poliment
        politesse | conviviale?s? | conviviaux | accueillante?s? | enthousiastes? | enthousiasme | dynamiques?
        dynamisme | motivée?s?(?!\s+par\b) | sincères? | sincèrement | sincérité | authentiques? | empathiques?
        empathie | bienveillante?s? | bienveillance | attentionnée?s? | serviables? | patiemment | convaincante?s?
        esthétiques? | bonne impression | professionnalisme | soignée?s? | impeccables? | irréprochables?"""),
    "en": whole(r"""
        seem | seems | seemed | appear(?:s|ed)? to be | looks? (?:as if|as though|like) | gives? the impression
        looks? (?:happy|clean|tidy|good|nice|professional|smart|interested|friendly|motivated|neat|bored)
        feel | feels | felt | friendly | kindly | kind and \w+ | warmly | warmth | warm (?:greeting|welcome|tone|smile)
        polite | politely | courteous | courteously | courtesy | pleasant | pleasantly | nice | nicely | enthusiastic
        enthusiastically | enthusiasm | sincere | sincerely | genuine | caring | helpful | helpfully | attentive
        attentively | motivated | confident | confidently | respectful | respectfully | empathetic | empathy
        sympathetic | professionalism | professional manner | professionally | good impression | impeccable
        impeccably | attractive | patiently | convincing | convincingly | cheerful | cheerfully"""),
}
_FELT: Final = frozenset({"ressent", "se sent", "se sentent", "feel", "feels", "felt"})
_NAMED: Final = re.compile(r"\b(?:ce qu(?:e|'\w+)|comment|what|how)\s(?:[^\s,;.?]+\s){0,4}$", re.IGNORECASE)
"""Behind these, a feeling is what somebody names or asks about: that can be heard."""


def find(document: Document) -> Iterator[Problem]:
    """Look for words of impressions and of character in what an auditor is asked."""
    for question, match in looked_for(questions(document), WORDS, _reported):
        message = msg("“{word}” is a judgement, not an observation", word=shown(question, match))
        remedy = msg("say what is seen or heard: words, gestures, the order of things")
        yield Problem("judgement-word", question.said.place, message, remedy, at=question.at(match.start()))


def _reported(question: Question, match: re.Match[str]) -> bool:
    """Tell whether a feeling is what somebody names or asks about."""
    return match[0].casefold() in _FELT and _NAMED.search(question.words, 0, match.start()) is not None
