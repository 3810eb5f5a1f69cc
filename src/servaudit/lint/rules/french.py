"""French as criteria speak it: whether what follows an « et » is a second verb, and so a second question.

A list of verbs and a few signs, no grammar: where a word is a noun as often as a verb, an object must follow it.
"""

from __future__ import annotations

import re
from typing import Final

from servaudit.lint.rules.wording import clause, listed

_PRESENT: Final = """
accompagne accueille achemine adapte ajuste anticipe apparaît appelle applique apporte appuie arrive articule assume
assure atteint attend bénéficie cherche choisit cite clôt communique complimente comporte comprend conclut conduit
confirme connaît conseille conserve consulte contacte contient convient coordonne correspond corrige couvre croise
cède diffuse dirige disparaît dispose dit doit débarrasse décrit décroche dédommage délègue dépasse détaille
détermine effectue emballe emploie encaisse encourage enregistre envoie essaie existe explique exprime expédie
exécute facilite fait fonctionne fournit félicite gagne gère identifie indique insiste installe instaure interroge
interrompt intervient intègre invite justifie lève maintient mentionne met modifie mène mémorise nettoie nomme
obtient occupe oriente oublie ouvre parle parvient patiente permet personnalise peut planifie prend priorise
privilégie propose protège prépare prévient qualifie questionne quitte raccroche range rappelle rassure recommande
reconnaît recontacte rectifie redirige reformule regarde rejoint relaie relit rembourse remercie remet remonte
remplace remplit rend renseigne repart reprend respecte restitue retient retourne retrouve revient reçoit réagit
réalise récapitule récupère répond répète résout résume sait salue satisfait scanne signale simplifie sollicite
souhaite souligne soulève sourit stipule suggère suit suscite sécurise tend termine tient transfère transmet
transporte trouve tutoie utilise va valorise verse veut vient voit vouvoie vérifie énonce épelle évalue évite évoque
"""
"""Verbs in the third person that are nothing else when they follow « et »."""
_OR_NOUN: Final = """
adresse affiche aide analyse annonce cause commande complète compte contrôle célèbre demande donne double excuse
facture ferme figure fixe forme garde guide illustre informe joint laisse lit livre manifeste marque maîtrise mesure
montre note offre organise partage pause place porte pose précise présente publie recherche relance rencontre reste
restreint règle réserve signe sort tombe traite valide veille vise visite écoute écrit étiquette
"""
"""The same of verbs that may be nouns or adjectives there: « nom et adresse »."""
_PLURALS: Final = {
    "fait": "font", "dit": "disent", "va": "vont", "peut": "peuvent", "doit": "doivent", "sait": "savent",
    "veut": "veulent", "voit": "voient", "met": "mettent", "permet": "permettent", "remet": "remettent",
    "transmet": "transmettent", "prend": "prennent", "reprend": "reprennent", "comprend": "comprennent",
    "rend": "rendent", "répond": "répondent", "attend": "attendent", "tend": "tendent", "tient": "tiennent",
    "maintient": "maintiennent", "contient": "contiennent", "vient": "viennent", "reçoit": "reçoivent",
    "écrit": "écrivent", "lit": "lisent", "suit": "suivent", "sort": "sortent", "sourit": "sourient",
    "choisit": "choisissent", "connaît": "connaissent",
}  # fmt: skip
_INFINITIVES: Final = """
accueillir aller appeler attendre avoir choisir compléter conclure dire employer envoyer essayer être faire fournir
gérer lever lire maintenir mener mettre nettoyer offrir ouvrir permettre pouvoir prendre prévenir protéger rappeler
recevoir reconnaître régler remettre remplir rendre répéter répondre savoir servir sourire suggérer suivre tenir
transmettre venir écrire
"""


def _forms(singular: str) -> frozenset[str]:
    """Add the plurals: of verbs in -e by rule, of the commonest others by list."""
    verbs = singular.split()
    plurals = (_PLURALS.get(verb) or (f"{verb}nt" if verb.endswith("e") else verb) for verb in verbs)
    return frozenset(verbs) | frozenset(plurals)


_BE: Final = listed("est sont été être était étaient sera seront a ont")
VERBS: Final = _forms(_PRESENT) | (_BE - {"été", "être"})
VERBS_OR_NOUNS: Final = _forms(_OR_NOUN)
INFINITIVES: Final = frozenset(_INFINITIVES.split()) | {
    f"{verb}r" for verb in (*_PRESENT.split(), *_OR_NOUN.split()) if verb.endswith("e")
}
_CERTAIN: Final = VERBS - listed("a conduit couvre décrit dit fait")
"""Those of them that are nothing else behind an article or a noun, either: « le fait », « le délai dit »."""
_OPENS: Final = listed("""
    qui que qu dont où si lorsque lorsqu quand comme puisque pourquoi comment combien
""")
"""Words behind which a clause of its own begins."""
_SUBJECTS: Final = listed("il elle on ils elles")
_OBJECTS: Final = listed("lui se s y")
_OBJECTS_OR_ARTICLES: Final = listed("le la les l leur en nous vous me")
_DETERMINERS: Final = listed("""
    le la les l un une des du son sa ses leur leurs ce cet cette ces chaque tout toute tous votre vos
""")
_LINKS: Final = listed("à au aux de d du des en par pour sur sans avec dans chez et ou")
_BEHIND_A_VERB: Final = _DETERMINERS | listed("à au aux que qu si lui")
_PARTICIPLE: Final = re.compile(
    r"\w+é|(?:re|ap|com)?pris|(?:re|per|trans|ad|pro)?mis|(?:dé)?crit|écrit|dit|fait|(?:re)?lu|(?:re)?vu|"
    r"(?:ré)?pondu|rendu|(?:main|ob|con|sou|re)?tenu|(?:re|dé)?çu|résolu|(?:re)?connu|(?:re)?venu|accueilli|fourni|"
    r"choisi|établi|rempli|suivi|servi|(?:ou|cou)vert|offert|exclu|conclu|inclus"
)
_QUALITIES: Final = listed(
    "beauté bonté clarté fierté honnêteté légèreté liberté netteté propreté santé sûreté volonté"
)
"""Nouns that end as participles do, beside all those in -ité, as qualité; of these few are verbs."""
_NO_QUALITIES: Final = listed("""
    cité crédité débité édité évité félicité habité imité invité limité mérité profité sollicité souhaité traité
    visité
""")


def two_verbs(before: list[str], after: list[str]) -> bool:
    """Tell whether a conjunction joins two verbs of one subject, by the words of the sentence before and after it.

    Words are in lower case. A verb of a subordinate clause is none of those meant.
    """
    before, after = _apart(before), _apart(after)
    if after[0] in ("ne", "n") and len(after) > 1:
        after = after[1:]
    finite = [place for place in range(len(before)) if _is_verb(before, place)]
    opened = max((place for place, word in enumerate(before) if word in _OPENS), default=None)
    if opened is not None and sum(place > opened for place in finite) <= 1:
        return False
    if before[0] in INFINITIVES:
        return any(word in INFINITIVES for word in after[:2])
    return bool(finite) and (
        _participles(before, after) or _begins(after) or clause(after, _DETERMINERS, _OPENS | _LINKS, _CERTAIN | {"a"})
    )


def _apart(words: list[str]) -> list[str]:
    """Take apart words written as one: « l'accueille » is « l » and « accueille », « a-t-il » three words."""
    return [part for word in words for part in word.replace("'", "-").split("-")]


def _is_verb(words: list[str], place: int) -> bool:
    """Tell whether a word is a verb where it stands: behind « qui », or, where it may be a noun, behind no article."""
    word = words[place]
    if place > 0 and words[place - 1] == "qui":
        return word not in _OBJECTS | _OBJECTS_OR_ARTICLES | {"ne", "n"}
    return word in VERBS or (
        word in VERBS_OR_NOUNS and place > 0 and words[place - 1] not in _DETERMINERS | {"de", "d", "en", "par"}
    )


def _begins(words: list[str]) -> bool:
    """Tell whether words begin with a verb, or with pronouns and a verb."""
    first, then = words[0], words[1] if len(words) > 1 else ""
    if first in VERBS:
        return True
    if first in VERBS_OR_NOUNS:
        return then in _BEHIND_A_VERB
    if first in _SUBJECTS:
        return then in VERBS | VERBS_OR_NOUNS | _OBJECTS | _OBJECTS_OR_ARTICLES
    if first in _OBJECTS:
        return then in VERBS | VERBS_OR_NOUNS
    return first in _OBJECTS_OR_ARTICLES and (then in _CERTAIN or words[2:3] == ["t"])


def _participles(before: list[str], after: list[str]) -> bool:
    """Tell whether two participles share an auxiliary: « est salué et orienté ». They agree with one subject then."""
    auxiliary = max((place for place, word in enumerate(before) if word in _BE), default=None)
    first = next(filter(_is_participle, before[auxiliary + 1 : auxiliary + 4]), None) if auxiliary is not None else None
    if first is None:
        return False
    if after[0].endswith("ment") and len(after) > 1:
        after = after[1:]
    return _is_participle(after[0]) and _ending(after[0]) == _ending(first)


def _is_participle(word: str) -> bool:
    if word in _QUALITIES or not _PARTICIPLE.fullmatch(word.removesuffix(_ending(word))):
        return False
    return not word.endswith("ité") or word in _NO_QUALITIES


def _ending(word: str) -> str:
    """Give what a participle has of its subject's gender and number."""
    ending = next((one for one in ("es", "e", "s") if word.endswith(one)), "")
    return "" if word.endswith(("pris", "mis", "inclus")) else ending
