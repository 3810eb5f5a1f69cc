"""The form as a file: small, alone, and saying what it was made of."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import grid_of
from servaudit.render.form import render
from servaudit.render.output import made_by_servaudit
from servaudit.scoring.names import every_criterion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.scoring.grid import Grid

EXAMPLE = Path(__file__).parents[3] / "examples/agence/standard.yaml"


def carried(page: bytes) -> dict[str, Any]:
    found = re.search(rb'id="form">([^<]*)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1]), wbits=-zlib.MAX_WBITS))
    return data


def example() -> Grid:
    return grid_of(EXAMPLE)


def test_a_form_of_150_criteria_in_two_languages_is_under_150_kilobytes(tmp_path: Path) -> None:
    """As many criteria as the example has, three times over, with texts as long as its own and no two alike."""
    dice = random.Random(150)  # noqa: S311 - the same form each time
    known = [criterion for criterion, _, _ in every_criterion(example().parts[0].standard)]
    words = {
        language: [word for one in known if one.guidance for word in one.guidance[language].split()]
        for language in ("fr", "en")
    }

    def alike(text: Mapping[str, str] | None) -> dict[str, str]:
        return {name: " ".join(dice.choices(words[name], k=len(said.split()))) for name, said in (text or {}).items()}

    criteria = []
    for number in range(150):
        one = known[number % len(known)]
        given = {"text": alike(one.text), "guidance": alike(one.guidance)}
        examples = {side: alike(text) for side, text in one.examples.items()}
        criteria.append(
            {"id": f"c{number}", **{name: text for name, text in given.items() if text}, "examples": examples}
        )
    sections = [
        {"id": f"s{n}", "title": {"fr": "Une étape", "en": "A stage"}, "criteria": criteria[n * 15 : n * 15 + 15]}
        for n in range(10)
    ]
    document = {
        "kind": "standard",
        "id": "large",
        "version": "1.0.0",
        "language": "fr",
        "title": "Grand",
        "sections": sections,
    }
    path = tmp_path / "large.json"
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    page = render(grid_of(path), "fr")
    data = carried(page)
    assert sum(len(section["criteria"]) for section in data["parts"][0]["tree"]["sections"]) == 150
    assert len(json.dumps(data, ensure_ascii=False)) > 90_000
    assert len(page) < 150_000


def test_the_same_grid_gives_the_same_bytes_and_servaudit_knows_them_again(tmp_path: Path) -> None:
    page = render(example(), "fr")
    assert page == render(example(), "fr")
    path = tmp_path / "form.html"
    path.write_bytes(page)
    assert made_by_servaudit(path)


def test_it_says_what_it_was_made_of() -> None:
    grid = example()
    page = render(grid, "en")
    data = carried(page)
    assert f'content="{grid.ref.id}@{grid.ref.version} sha256:{grid.ref.sha256}"' in page.decode()
    assert (data["identity"], data["sha256"]) == (f"{grid.ref.id}@{grid.ref.version}", grid.ref.sha256)
    assert data["languages"] == ["en", "fr"]
    assert data["title"] == ["Service ceremony in a branch", "Cérémonie de service en agence"]


def test_the_policy_allows_its_own_style_and_script_and_nothing_from_elsewhere() -> None:
    page = render(example(), "fr").decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    script = re.search(r'<script type="module">(.*)</script>', page, re.DOTALL)
    assert script is not None
    assert not re.search(
        r"\b(?:eval|Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|fetch|XMLHttpRequest)\b", script[1]
    )
    assert set(re.findall(r"https?://[\w./-]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_every_word_the_script_asks_for_is_there_in_both_languages() -> None:
    words = carried(render(example(), "fr"))["words"]
    page = render(example(), "fr").decode()
    asked = set(re.findall(r'\bt\("([a-z_]+)"', page))
    families = {
        "verdict": ("passed", "below", "limited", "incomplete", "forbidden", "no_score", "scored"),
        "theme": ("system", "light", "dark", "sun"),
        "wanted": ("note", "photo", "any"),
        "severity": ("major", "critical"),
    }
    computed = {f"{family}_{name}" for family, names in families.items() for name in names}
    assert asked | computed <= words["fr"].keys()
    assert words["fr"].keys() == words["en"].keys()
    same = {name for name, word in words["fr"].items() if word == words["en"][name]}
    assert same <= {"photo_number", "photo_take", "instance", "bravo_number", "points"}
