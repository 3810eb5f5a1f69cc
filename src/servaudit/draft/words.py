"""What answers of grids mean, in French and English: how good each is, which say “not applicable”, which record."""

from __future__ import annotations

from typing import Final

from servaudit.draft.grid import plain

_RANKS: Final = {
    6: "excellent|excellente|parfait|exemplaire|outstanding|exceptional|tout a fait d accord|strongly agree",
    5: "tres bien|tres bon|tres bonne|tres satisfaisant|tres satisfait|toujours|always|tout a fait|very good|"
    "very satisfied|depasse|exceeds|exceeds expectations|systematiquement",
    4: "oui|yes|o|y|bon|bonne|bien|good|satisfaisant|satisfait|satisfaisante|satisfactory|satisfied|conforme|c|ok|"
    "souvent|often|acquis|vert|green|fait|done|plutot d accord|plutot|agree|d accord|atteint|met|meets|"
    "meets expectations|compliant|conform|pass|present|respecte|vrai|true|effectue|plutot oui|adapte|usually|+",
    3: "moyen|moyenne|partiel|partielle|partiellement|partiellement conforme|parfois|sometimes|average|fair|passable|"
    "en cours|orange|amber|yellow|jaune|acceptable|partial|partially|partly|partly met|partially met|neutre|neutral|"
    "en partie|pc|in progress|ni d accord ni pas d accord|en cours d acquisition|suffisant|partially compliant|medium|"
    "conforme partiellement|correct|+/",
    2: "insuffisant|insuffisante|rarement|rarely|poor|faible|plutot pas d accord|a ameliorer|disagree|"
    "needs improvement|plutot non|mediocre|below|below expectations|peu satisfaisant|pas satisfait|unsatisfactory|"
    "insatisfaisant|seldom|dissatisfied|plutot pas|a revoir",
    1: "non|no|n|non conforme|nc|jamais|never|mauvais|mauvaise|bad|ko|nok|rouge|red|absent|non acquis|non fait|"
    "not done|not met|non compliant|non satisfaisant|fail|non respecte|non atteint|faux|false|pas du tout|not ok|"
    "pas conforme|non conformite|not compliant|non effectue|inadapte|manquant|missing",
    0: "tres mauvais|tres insuffisant|tres faible|nul|nulle|very poor|very bad|pas du tout d accord|"
    "strongly disagree|inacceptable|unacceptable|tres insatisfaisant|very dissatisfied|pas du tout satisfait",
}  # fmt: skip
_RANK: Final = {phrase: rank for rank, phrases in _RANKS.items() for phrase in phrases.split("|")}

_NOT_APPLICABLE: Final = frozenset({
    "na", "n/a", "n a", "non applicable", "sans objet", "so", "s o", "s/o", "non concerne", "not applicable",
    "ne s applique pas", "does not apply", "pas concerne", "hors sujet",
})  # fmt: skip
_UNOBSERVED: Final = frozenset({
    "non observe", "non vu", "not observed", "not seen", "non evalue", "not assessed", "non verifie", "not checked",
    "non teste", "ne sait pas", "nsp", "don t know", "non renseigne", "pas vu", "pas observe", "non audite", "vide",
})  # fmt: skip
_RECORDS: Final = {
    "texte": "text", "texte libre": "text", "libre": "text", "free text": "text", "text": "text", "open": "text",
    "ouvert": "text", "ouverte": "text", "question ouverte": "text", "reponse libre": "text", "commentaire": "text",
    "comment": "text", "date": "date", "heure": "time", "time": "time", "horaire": "time", "nombre": "number",
    "number": "number", "numerique": "number", "photo": "photo", "lien": "link", "link": "link", "chiffre": "number",
    "numeric": "number", "verbatim": "text", "short answer": "text", "long answer": "text", "open ended": "text",
    "reponse courte": "text", "reponse longue": "text", "signature": "text",
}  # fmt: skip
YES: Final = frozenset({"oui", "yes", "o", "y"})
NO: Final = frozenset({"non", "no", "n"})


def rank(answer: str) -> int | None:
    """Tell how good an answer is, 6 the best and 0 the worst; None for words we do not know."""
    return _RANK.get(plain(answer))


def is_not_applicable(answer: str) -> bool:
    """Whether an answer says that the question does not apply."""
    return plain(answer) in _NOT_APPLICABLE


def is_unobserved(answer: str) -> bool:
    """Whether an answer says that nobody looked: in an observation, nothing is written then."""
    return plain(answer) in _UNOBSERVED


def is_answer(text: str) -> bool:
    """Whether a heading is an answer of which the cells below are ticked."""
    return rank(text) is not None or is_not_applicable(text) or is_unobserved(text)


def recorded(answer: str) -> str | None:
    """Tell what kind of thing is only recorded (`text`, `date`, …), where the answers of a grid say so."""
    return _RECORDS.get(plain(answer))


_SEVERITIES: Final = {
    "critical": "critique|critiques|critical|bloquant|bloquante|eliminatoire|redhibitoire|ko|knock out|tres grave|"
    "vital|fatal|non conformite critique|nc critique|blocking|showstopper|tres elevee|tres eleve|very high",
    "major": "majeur|majeure|majeurs|major|grave|important|importante|high|haute|elevee|eleve|fort|forte|"
    "non conformite majeure|nc majeure|serious|haut",
    "minor": "mineur|mineure|mineurs|minor|faible|low|basse|mineures|non conformite mineure|nc mineure|leger|legere|"
    "moyen|moyenne|medium|normal|normale|modere|moderee|moderate|standard|remarque|observation|basique|bas",
}  # fmt: skip
_SEVERITY: Final = {phrase: severity for severity, phrases in _SEVERITIES.items() for phrase in phrases.split("|")}


def severity(text: str) -> str | None:
    """Read a severity as `critical`, `major` or `minor`; None for words we do not know."""
    return _SEVERITY.get(plain(text))


_FRENCH: Final = frozenset({
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "est", "sont", "et", "ou", "au", "aux", "par",
    "pour", "dans", "avec", "sans", "sur", "en", "ne", "pas", "son", "sa", "ses", "leur", "qui", "que", "il",
    "elle", "vous", "nous", "votre", "notre", "ce", "cette", "cet", "oui", "non", "client", "accueil",
    "critere", "rubrique", "poids",
})  # fmt: skip
_ENGLISH: Final = frozenset({
    "the", "a", "an", "is", "are", "was", "were", "and", "or", "of", "to", "in", "on", "at", "by", "for",
    "with", "without", "not", "his", "her", "their", "its", "who", "that", "this", "you", "your", "our", "it",
    "be", "been", "has", "have", "yes", "no", "customer", "staff", "question", "weight", "section", "score",
})  # fmt: skip


def language(texts: list[str]) -> str:
    """Tell the language of a grid, `fr` or `en`, by its small words."""
    words = [word for text in texts for word in plain(text).split()]
    return "fr" if sum(word in _FRENCH for word in words) >= sum(word in _ENGLISH for word in words) else "en"
