"""Conditions in words, in both languages."""

import ast

import pytest

from booklets import opened
from servaudit.i18n import translator
from servaudit.model.standard import Standard
from servaudit.report.conditions import Conditions
from servaudit.report.figures import Figures

SAID = {
    "context.big": ("« Grande boutique »", "“Large shop”"),
    "not context.big": ("« Grande boutique » : Non", "“Large shop”: No"),
    "context.big == true": ("« Grande boutique » : Oui", "“Large shop”: Yes"),
    "context.big == 'no'": ("« Grande boutique » : Non", "“Large shop”: No"),
    "context.big == parameters.open": ("« Grande boutique » : Oui", "“Large shop”: Yes"),
    "context.big != parameters.open": ("« Grande boutique » : autre que Oui", "“Large shop”: other than Yes"),
    "answers.told == parameters.open": ("n° 3 : Oui", "no. 3: Yes"),
    "answers.told == false": ("n° 3 : Non", "no. 3: No"),
    "not answers.told": ("n° 3 : Non", "no. 3: No"),
    "context.big == none": None,
    "answers.smile == 'often'": ("n° 1 : Souvent", "no. 1: Often"),
    "answers.smile != 'never'": ("n° 1 : autre que Jamais", "no. 1: other than Never"),
    "answers.smile in ['often', 'never']": ("n° 1 : Souvent ou Jamais", "no. 1: Often or Never"),
    "answers.smile not in ['never']": ("n° 1 : autre que Jamais", "no. 1: other than Never"),
    "answers.wait >= 90": ("n° 2 : 1 min 30 s ou plus", "no. 2: 1 min 30 s or more"),
    "answers.wait < parameters.long": ("n° 2 : moins de 5 min", "no. 2: less than 5 min"),
    "answers.wait <= 30": ("n° 2 : 30 s ou moins", "no. 2: 30 s or less"),
    "context.big or context.staff > 2 and answers.told == True": (
        "« Grande boutique » ou « staff » : plus de 2 et n° 3 : Oui",
        "“Large shop” or “staff”: more than 2 and no. 3: Yes",
    ),
    "context.big and context.staff > 2 and answers.wait > 0": (
        "« Grande boutique », « staff » : plus de 2 et n° 2 : plus de 0 s",
        "“Large shop”, “staff”: more than 2 and no. 2: more than 0 s",
    ),
    "answers.left_out == 'yes'": None,
    "answers.wait > parameters.none": None,
    "parameters.long > 3": None,
    "answers.wait > 1 > 0": None,
    "3": None,
    "min(answers.wait, 3) > 2": None,
}


@pytest.mark.parametrize("source", SAID)
def test_a_condition_is_said_or_not_at_all(tmp_path, source):
    (part,) = opened(tmp_path).parts
    criteria = {name: node.criterion for name, node in part.plan.criteria.items()}
    said = []
    for language in ("fr", "en"):
        tr = translator(language)
        names = {name: tr.t("no. {number}", number=str(number)) for number, name in enumerate(criteria, 1)}
        conditions = Conditions(part.standard, criteria, names, Figures(part.standard, tr), tr)
        text = conditions.say(ast.parse(source, mode="eval").body)
        said.append(text.replace("\u00a0", " ") if text else None)
    assert tuple(said) == (SAID[source] or (None, None))


def test_the_value_of_a_fact_is_said_by_the_words_it_has():
    values = {"self": {"fr": "Soi-même", "en": "Oneself"}, "peer": None}
    standard = Standard.model_validate({
        "kind": "standard", "id": "s", "version": "1.0.0", "title": "S",
        "context": {"rater": {"type": "choice", "values": values, "title": {"fr": "Qui évalue", "en": "Who rates"}}},
    })  # fmt: skip
    tr = translator("fr")
    conditions = Conditions(standard, {}, {}, Figures(standard, tr), tr)
    text = conditions.say(ast.parse("context.rater in ['self', 'peer']", mode="eval").body)
    assert text is not None
    assert text.replace("\u00a0", " ") == "« Qui évalue » : « Soi-même » ou peer"
