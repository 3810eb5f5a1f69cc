"""Every key that people write is explained in the schemas, and no explanation is of a key that is not there."""

from __future__ import annotations

import pytest

from servaudit.model.base import TEXT_SCHEMA
from servaudit.model.explanations import EXPLANATIONS
from servaudit.model.schema import DOCUMENTS, schema

MODELS = {}
for kind, (model, _) in DOCUMENTS.items():
    made = schema(kind)
    MODELS |= {model.__name__: made, **made.get("$defs", {})}


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_key_is_explained(name):
    keys = MODELS[name].get("properties", {})
    assert [
        key for key, field in keys.items() if field.get("description") in (None, "", TEXT_SCHEMA["description"])
    ] == []


@pytest.mark.parametrize("name", sorted(EXPLANATIONS))
def test_every_explanation_is_of_a_key_that_is_there(name):
    assert set(EXPLANATIONS[name]) <= set(MODELS[name]["properties"])
