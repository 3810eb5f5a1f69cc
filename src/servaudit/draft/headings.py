"""What the columns of a grid are for, told by their headings in French or English."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from servaudit.draft.grid import plain

Role = Literal[
    "number", "section", "question", "weight", "section_weight", "points", "answers", "severity", "critical",
    "guidance", "why", "comment", "result", "translation",
]  # fmt: skip
MAPPED: Final[tuple[Role, ...]] = (
    "section", "question", "weight", "answers", "points", "severity", "critical", "guidance", "why", "number",
)  # fmt: skip
"""What `--map` may name a column for; the others only say why a column is left out."""
LONGEST: Final = 6
"""Words that a heading may have: what has more is a sentence."""

_SAID: Final[dict[Role, dict[int, str]]] = {
    "number": {
        3: "n|no|num|numero|ref|id|code|#|index|rang|ordre|item no|n question|n item|clause|article",
        1: "reference|nr|rep",
    },
    "section": {
        3: "rubrique|section|chapitre|theme|thematique|categorie|famille|domaine|volet|module|bloc|axe|partie|"
        "etape|phase|processus|zone|area|category|topic|stage|group|groupe|chapter|department|rayon|"
        "sous theme|sous rubrique|sous section|sous categorie|subsection|subcategory|sub category|moment|"
        "espace|univers|pilier",
        1: "type|lieu|poste|service|parcours",
    },
    "question": {
        4: "question|questions|point de controle|points de controle|point a verifier|points a verifier|"
        "points a controler|point a controler|point d audit|points d audit|item|items|exigence|exigences|"
        "requirement|requirements|checkpoint|check point|control point|what to check|statement|affirmation|"
        "comportement attendu|comportements attendus|element a verifier|elements a verifier|"
        "elements a controler|element controle|libelle|libelle de la question|audit question|question text|"
        "point observe|points observes|what we look for|engagement",
        3: "controle|controles|verification|verifications|a verifier|a controler|regle|regles|rule|rules|critere|"
        "criteres|criterion|criteria|indicateur|indicator|comportement|behaviour|behavior|standard|intitule|"
        "critere d evaluation|criteres d evaluation|bonne pratique",
        2: "title|titre",
        1: "description|designation|point|points observe|check|element|elements|attendu|attendus|task|tache|texte|text",
    },
    "weight": {
        4: "poids|ponderation|pond|coefficient|coefficients|coef|coeff|weight|weighting|weights",
    },
    "points": {
        4: "bareme|points max|point max|pts max|note max|note maximale|max|maximum|points possibles|nb de points|"
        "nombre de points|nb points|max score|max points|maximum score|maximum points|points available|"
        "points possible|possible points|score max|points maximum",
        2: "points|pts|valeur|value",
    },
    "answers": {
        4: "input type|field type|type de champ|"
        "options de reponse|option de reponse|reponses possibles|reponse possible|choix de reponse|choix|"
        "modalites|modalites de reponse|options|echelle|echelle de notation|cotation|type de reponse|"
        "response options|answer options|answers|choices|scale|rating scale|response type|answer type|"
        "possible answers|reponses|format",
        2: "reponse|answer|response|evaluation|note|notation|rating|constat|score|resultat|result|conformite|"
        "finding|findings|constatation|conforme oui non|appreciation|conformity|compliance|assessment|grade|"
        "oui non|yes no|oui non na|yes no na",
    },
    "severity": {
        4: "nc type|type de nc|type nc|gravite|criticite|severite|severity|criticality|niveau de gravite|"
        "niveau de criticite|type de non conformite|type d ecart|risque|risk|risk level|non conformite",
        2: "priorite|priority|importance|impact|classe|classification|niveau",
    },
    "critical": {
        4: "critique|eliminatoire|bloquant|redhibitoire|critical|knock out|ko|critere eliminatoire|"
        "critere bloquant|critere critique|point critique|critical item|mandatory pass|auto fail|autofail|"
        "fatal|fatal error",
    },
    "guidance": {
        4: "element de preuve attendu|elements de preuve attendus|preuve attendue|preuves attendues|"
        "expected evidence|evidence expected|"
        "consigne|consignes|aide|methode|guide|mode operatoire|guidance|how to check|how to judge|"
        "what to look for|instructions|aide a la notation|comment evaluer|comment noter|comment verifier|"
        "precision|precisions|explication|explications|definition|aide a l auditeur|how to score|"
        "scoring guide|methodology",
        2: "exemple|exemples|example|examples|detail|details|attendu|attendus|expected|expectation|tip|tips|help|"
        "moyen de verification|methode de verification",
    },
    "why": {
        4: "pourquoi|enjeu|enjeux|justification|why|rationale|reason|raison d etre",
        2: "objectif|objective",
    },
    "comment": {
        4: "commentaire|commentaires|observation|observations|remarque|remarques|comment|comments|notes|remarks|"
        "constats et commentaires|preuve|preuves|photo|photos|evidence|piece jointe|verbatim",
    },
    "result": {
        5: "note obtenue|points obtenus|score obtenu|score pondere|note ponderee|total|ecart|action corrective|"
        "actions correctives|action|actions|plan d action|responsable|echeance|delai|date|visa|statut|status|"
        "owner|due date|deadline|corrective action|weighted score|points scored|points earned|actual score|"
        "pts obtenus|score ponderee|resultat pondere|taux|realise|action a mener|actions a mener|pilote|"
        "responsible|total pondere",
    },
}
_PHRASES: Final[dict[tuple[str, ...], list[tuple[Role, int]]]] = {}
for _role, _levels in _SAID.items():
    for _strength, _phrases in _levels.items():
        for _phrase in _phrases.split("|"):
            _PHRASES.setdefault(tuple(_phrase.split()), []).append((_role, _strength))
_LONGEST_PHRASE: Final = max(map(len, _PHRASES))
_LANGUAGES: Final = {
    "fr": frozenset({"fr", "francais", "francaise", "french", "fra"}),
    "en": frozenset({"en", "anglais", "anglaise", "english", "eng"}),
}


class Meaning(NamedTuple):
    """What a heading says its column is for, and how plainly (1 to 6)."""

    role: Role
    strength: int


def meaning(heading: str) -> Meaning | None:
    """Tell what a heading stands for; None when it says nothing we know. The longest phrase in it decides."""
    words = plain(heading).replace("/", " ").split()
    if len(words) > LONGEST:
        return None
    # Longer phrases first, those that say it more plainly first among them, then what stands first in the heading.
    for length in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        found = [
            (-strength, start, role)
            for start in range(len(words) - length + 1)
            for role, strength in _PHRASES.get(tuple(words[start : start + length]), ())
            # “O/N”, “No of visits”
            if role != "number" or (start == 0 and len(words) <= length + 1)
        ]
        if found:
            strength, _, role = min(found)
            if role == "weight" and any(_is_section(word) for word in words):
                return Meaning("section_weight", -strength)
            return Meaning(role, -strength + (len(words) == length))  # one that says nothing else is plainer
    return None


def language(heading: str) -> str | None:
    """Tell the language that a heading says its column is in: `Question (EN)`, `Libellé français`."""
    words = set(plain(heading).split())
    said = [language for language, names in _LANGUAGES.items() if words & names]
    return said[0] if len(said) == 1 else None


def _is_section(word: str) -> bool:
    return any(role == "section" and strength > 1 for role, strength in _PHRASES.get((word,), ()))
