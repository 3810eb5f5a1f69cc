"""English as criteria speak it: whether what follows an “and” is a second verb, and so a second question.

A list of verbs and a few signs, no grammar: where a word is a noun as often as a verb, an object must follow it.
"""

from __future__ import annotations

import re
from typing import Final

from servaudit.lint.rules.wording import clause, listed

_VERBS: Final = """
accept accompany acknowledge adapt adjust agree anticipate apologise apologize apply arrive ask assess assign assist
assure avoid become begin bring carry choose clarify collect come communicate confirm consult contain continue
convey decide deliver describe determine discuss divert empathise enable encourage engage ensure enter escort
establish evaluate examine explain express fill follow forward gather get give go greet guarantee handle happen hear
identify indicate inform install introduce invite involve justify keep know learn let listen maintain make manage
meet mention observe obtain participate pay perform personalise prepare prevent prioritise probe proceed propose
protect prove provide put read reassure receive recognise recommend rectify redirect relate remain remember remind
remove repeat replace resolve respond reuse reveal sanitise say see seek select sell send serve settle solve speak
spell submit suggest summarise take teach tell understand validate verify wipe write
"""
"""Verbs that are nothing else when they follow “and”."""
_OR_NOUNS: Final = """
act address aim answer book build call care change charge check clean clear close comment complaint complete contact
control correct cover deal direct dispatch display end file find finish fit focus guide hand help hold honour label
lead leave lift list log look mark match measure monitor name need note notice offer open order own pass place plan
point post present price process promise question reach record reference refund repair reply report request respect
return review search share show sign smile sound stand start stay stock store supply support talk test thank time
touch train transfer treat turn update use visit wait walk watch wear welcome work
"""
"""Verbs that may be nouns or adjectives there: “names and addresses”."""


def third(verb: str) -> str:
    """Give the third person of a verb: greets, pushes, carries."""
    if verb == "go" or verb.endswith(("s", "sh", "ch", "x", "z")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"


BASE: Final = frozenset(_VERBS.split()) | {"be", "have", "do"}
BASE_OR_NOUN: Final = frozenset(_OR_NOUNS.split())
THIRD: Final = frozenset(map(third, _VERBS.split())) | {
    "is", "are", "was", "were", "has", "have", "does", "can", "will", "must"
}  # fmt: skip
THIRD_OR_NOUN: Final = frozenset(map(third, BASE_OR_NOUN))
_IRREGULAR_PAST: Final = listed("""
    asked brought began chose came dealt did found gave got heard held kept knew led left made met paid put read said
    saw sent shown showed spoke stood taught told took understood went wore wrote
""")
PAST: Final = _IRREGULAR_PAST | {f"{verb}{'d' if verb.endswith('e') else 'ed'}" for verb in BASE | BASE_OR_NOUN}
_OPENS: Final = listed("""
    who whom whose that which what if whether when where while because how why as
""")
"""Words behind which a clause of its own begins."""
_ASKS: Final = listed("did does do was were is are can could would will should must may to please")
"""First words of a sentence whose verbs have no ending: “Did the agent greet you and …”."""
_ASKED_AGAIN: Final = listed("did does do was were is are has have can could will would")
_SUBJECTS: Final = listed("he she it they")
_BEHIND_A_VERB: Final = listed("""
    the a an his her their its your our them him it us you me every each all any whether to for that what on with if
    this these those by in at up help assistance advice information thanks appreciation
""")
_DETERMINERS: Final = listed("the a an his her their its your our this each every")
_LINKS: Final = listed("of for in at with to by on from and or than")
_BE: Final = listed("is are was were been be being")
_ADVERB: Final = re.compile(r"\w{3,}ly|then|also|always|never|not")
_PARTICIPLE: Final = re.compile(
    r"\w{2,}ed|given|shown|told|kept|taken|put|sent|made|met|seen|heard|written|done|led|said|held|paid|known"
)


def two_verbs(before: list[str], after: list[str]) -> bool:
    """Tell whether a conjunction joins two verbs of one subject, by the words of the sentence before and after it.

    Words are in lower case. A verb of a subordinate clause is none of those meant.
    """
    while len(after) > 1 and _ADVERB.fullmatch(after[0]):
        after = after[1:]
    finite = [place for place, word in enumerate(before) if word in THIRD or (word in THIRD_OR_NOUN and place > 0)]
    opened = max((place for place, word in enumerate(before) if word in _OPENS), default=None)
    if opened is not None and sum(place > opened for place in finite) <= 1:
        return False
    if opened is None and before[0] in BASE | BASE_OR_NOUN | _ASKS:
        # What follows “to” in “to understand and see” is what is meant to come of it, not what is asked.
        return after[0] in _ASKED_AGAIN or ("to" not in before and _begins(after, BASE, BASE_OR_NOUN))
    if _past(before) and after[0] in PAST:
        return True
    if not finite:
        return False
    if after[0] in _SUBJECTS and len(after) > 1:
        return after[1] in THIRD | THIRD_OR_NOUN | BASE | BASE_OR_NOUN
    return (
        _participles(before, after)
        or _begins(after, THIRD, THIRD_OR_NOUN)
        or clause(after, _DETERMINERS, _OPENS | _LINKS, THIRD)
    )


def _past(words: list[str]) -> bool:
    """Tell whether a verb in the past stands among words, be it without its auxiliary: “buns labelled and dated”."""
    return any(
        word in PAST and words[place - 1] not in _BE and not _ADVERB.fullmatch(words[place - 1])
        for place, word in enumerate(words)
        if place
    )


def _begins(words: list[str], verbs: frozenset[str], or_nouns: frozenset[str]) -> bool:
    """Tell whether words begin with a verb; one that may be a noun has an object."""
    return words[0] in verbs - or_nouns or (words[0] in or_nouns and len(words) > 1 and words[1] in _BEHIND_A_VERB)


def _participles(before: list[str], after: list[str]) -> bool:
    """Tell whether two participles share an auxiliary: “is greeted and seated”."""
    auxiliary = max((place for place, word in enumerate(before) if word in _BE), default=None)
    if auxiliary is None or not any(map(_PARTICIPLE.fullmatch, before[auxiliary + 1 : auxiliary + 4])):
        return False
    return bool(_PARTICIPLE.fullmatch(after[0]))
