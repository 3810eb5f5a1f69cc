"""The HTML page: complete, the same twice, and deaf to whatever people typed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from handmade import HASH, card, no_score_card, passing_card, rollup_card, standard
from servaudit.diagnostics import Span
from servaudit.i18n import translator
from servaudit.model.scorecard import OverrideResult, Praise
from servaudit.render import sandbox
from servaudit.render.errors import TemplateError
from servaudit.render.html import render
from servaudit.report import build

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.model.scorecard import Scorecard
    from servaudit.report.document import Report

HOSTILE = {
    "markup": '<b>bold</b><img src=x onerror="alert(1)">',
    "script": "<script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "end of style": "</style><script>alert(1)</script>",
    "comment": "<!-- --> <![CDATA[",
    "attribute": '" onmouseover="alert(1)" \'',
    "jinja": "{{ 7*7 }}{% for x in y %}{# #}",
    "formula": "=1+1",
    "entity": "&lt;b&gt; &amp;",
    "line separators": "a\u2028b\u2029c",
}


def page(*cards: Scorecard, language: str = "en") -> str:
    return render(report(*cards, language=language)).decode()


def report(*cards: Scorecard, language: str = "en") -> Report:
    rollups = [(rollup_card(), standard())] if len(cards) > 1 else []
    return build([(one, standard()) for one in cards], rollups, translator(language), generator="servaudit 1.0")


class Elements(HTMLParser):
    """Collects the elements of a page, their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def shape(self) -> list[str]:
        """The names of the elements and of their attributes, in order."""
        return [f"{tag} {sorted(attributes)}" for tag, attributes in self.tags]


def everywhere(text: str) -> Scorecard:
    """A scorecard where everything a person types is `text`."""
    plain = card(text)
    return plain._replace(
        visit=plain.visit._replace(id=text, site=text, auditor=text, source=text, note=text,
                      context={"counters_open": text}),
        observation=plain.observation._replace(path=text),
        criteria=tuple(
            row._replace(note=text, evidence=tuple(file._replace(path=text) for file in row.evidence))
            for row in plain.criteria
        ),
        overrides=(OverrideResult("level", "c", text, text, text, "2026-11-05"),),
        commendations=(Praise("smile", text, text),),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_people_typed_is_shown_as_typed_and_changes_nothing_else(text: str) -> None:
    hostile = Elements(page(everywhere(text)))
    assert hostile.shape() == Elements(page(everywhere("harmless"))).shape()
    assert hostile.text.count(text) > len(card().criteria)


def test_control_characters_do_not_reach_the_page() -> None:
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800]", page(everywhere("a\x00\x1b[31m\x07\u202e\ud800b"))
    )


def test_a_note_of_forty_thousand_characters_is_shown_whole() -> None:
    assert "é" * 40_000 in page(card("é" * 40_000))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    cards = (card(), passing_card(), no_score_card())
    assert page(*cards, language=language) == page(*cards, language=language)


def test_the_policy_allows_this_style_sheet_and_this_script_and_nothing_else() -> None:
    source = page(card())
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    own, code = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    (policy,) = [tag["content"] for name, tag in Elements(source).tags if tag.get("http-equiv")]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{own}'; script-src 'sha256-{code}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_asks_for_nothing_outside_itself() -> None:
    source = page(card(), passing_card())
    assert not re.search(r"url\(|@import|https?:", source.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    for name, attributes in Elements(source).tags:
        assert name not in {"link", "iframe", "object", "embed", "base"}
        assert "action" not in attributes
        assert not {key for key in attributes if key.startswith("on") or key in {"style", "src", "srcset"}}
        assert attributes.get("href", "#").startswith("#")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("Échec sur une règle", "62,5\u00a0%", "Avant règles", "Points forts", "Bravo\u202f!", "Origine")),
        ("en", ("Failed on a rule", "62.5%", "Before limits", "Strengths", "Bravo!", "Origin")),
    ],
)
def test_the_page_is_in_one_language(language: str, said: tuple[str, ...]) -> None:
    source = page(card(), language=language)
    assert f'<html lang="{language}">' in source
    text = Elements(source).text
    assert [word for word in said if word not in text] == []


def test_the_page_holds_everything_a_reader_may_ask_for() -> None:
    rich = card()
    text = Elements(page(rich)).text
    view = report(rich).visits[0]
    expected = [
        *(row.text for row in view.criteria), *(row.answer for row in view.criteria),
        *(row.note for row in view.criteria if row.note), *(row.title for row in view.sections),
        *(finding.cost for finding in view.findings), *view.method, *(limit.effect for limit in view.limits),
        *(decision.sentence for decision in view.overrides), *(fact.text for fact in view.facts),
        HASH, HASH[::-1], "branch_welcome 1.2.0", "observations/lyon.yaml", "servaudit 1.0", "photos/perdue.jpg",
    ]  # fmt: skip
    assert [said for said in expected if said not in text] == []


def test_several_visits_open_with_a_summary_that_leads_to_each() -> None:
    elements = Elements(page(card(), passing_card(), no_score_card()))
    anchors = [attributes["id"] for _, attributes in elements.tags if "id" in attributes]
    links = [attributes["href"] for name, attributes in elements.tags if name == "a"]
    assert len(set(anchors)) == len(anchors)
    assert {link.removeprefix("#") for link in links if link} <= set(anchors)
    assert [link for link in links if link in {"#visit-1", "#visit-2", "#visit-3"}] == [
        "#visit-1",
        "#visit-2",
        "#visit-3",
    ]
    assert "Rhône network" in elements.text


def test_a_visit_without_findings_or_sections_makes_a_page() -> None:
    bare = card()._replace(sections=(), criteria=(), facets=(), findings=(), strengths=(), commendations=(), limits=(),
        overrides=(), measures={}, counts={},
    )  # fmt: skip
    assert "Nothing was found wanting." in page(bare)


def test_data_is_carried_so_that_nothing_in_it_ends_its_element() -> None:
    data = {"note": "</script><!-- & \u2028"}
    source = render(report(card()), data=json.dumps(data, ensure_ascii=False).encode()).decode()
    (carried,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', source, re.DOTALL)
    assert not set("<>&\u2028") & set(carried)
    assert json.loads(carried) == data


def test_a_users_template_is_found_first_and_includes_its_own_style_and_the_bundled_parts(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text(
        '{% from "parts/marks.html" import badge %}<style>{{ style }}</style>{{ badge(report.visits[0].verdict) }}'
    )
    (tmp_path / "report.css").write_text("body { color: teal }")
    source = render(report(card()), tmp_path / "mine.html").decode()
    assert "<style>body { color: teal }</style>" in source
    assert "Failed on a rule</span>" in source


@pytest.mark.parametrize(
    ("template", "line", "reason"),
    [
        ("<p>\n{{ report.titel }}", 2, "titel"),
        ("\n\n{% if %}", 3, "Expected"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{% include 'absent.html' %}", 1, "absent.html"),
        ("{% include '../outside.html' %}", 1, "outside.html"),
        ("<p>\n{% include 'absent.html' %}", 2, "absent.html"),
        ("{{ report.visits[9] }}", 1, "9"),
        ("{{ report.visits.append(1) }}", 1, "append"),
        ("{% include 'mine.html' %}", 1, "recursion"),
        ("\n{{ 'x' * 9999999999 }}", 2, "no arithmetic"),
        ("{{ 9 ** 9 ** 9 }}", 1, "no arithmetic"),
        ("{{ '%99999999999d' % 1 }}", 1, "no arithmetic"),
        ("{{ 'a' | center(99999999999) }}", 1, "center"),
        ("{{ 'a'.center(99999999999) }}", 1, "center"),
        ("{{ '{:99999999999}'.format(1) }}", 1, "format"),
        ("{{ '%99999999999d' | format(1) }}", 1, "format"),
        ("{{ 1 | round(999999999, 'ceil') }}", 1, "round"),
        ("{{ range(99999999) | join }}", 1, "range"),
    ],
)
def test_a_template_at_fault_is_named_with_its_line(tmp_path: Path, template: str, line: int, reason: str) -> None:
    (tmp_path.parent / "outside.html").write_text("secret")
    path = tmp_path / "mine.html"
    path.write_text(template)
    with pytest.raises(TemplateError) as caught:
        render(report(card()), path)
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "template"
    assert isinstance(diagnostic.where, Span)
    assert (diagnostic.where.file, diagnostic.where.line) == (str(path), line)
    assert reason in str(diagnostic.message)


DOUBLED = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "texts": "{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 60,
    "joined": "{% set a = 'xx' %}" + "{% set a = [a, a] | join %}" * 60,
    "blocks": "{% set a = 'xx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
    "macros": "{% macro m0() %}{% endmacro %}"
    + "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(60))
    + "{{ m60() }}",
}


@pytest.mark.parametrize("template", DOUBLED.values(), ids=DOUBLED)
def test_a_template_that_does_too_much_ends(template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "ALLOWANCE", 100_000)
    path = tmp_path / "mine.html"
    path.write_text(template)
    with pytest.raises(TemplateError, match="does too much"):
        render(report(card()), path)


def test_a_template_that_is_not_there_is_a_fault_of_the_template(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"absent\.html"):
        render(report(card()), tmp_path / "absent.html")


def test_an_overview_names_documents_that_are_alike_and_evidence_that_is_missing() -> None:
    again = card()
    criteria = tuple(
        one._replace(evidence=tuple(file._replace(path=f"again/{file.path}") for file in one.evidence))
        for one in again.criteria
    )
    again = again._replace(criteria=criteria, observation=again.observation._replace(path="visits/again.yaml"))
    visits = [(one, standard()) for one in (card(), again)]
    made = build(visits, [], translator("fr"), generator="servaudit 1.0", most=1)
    text = Elements(render(made).decode()).text
    same = card().observation
    for file, said in [
        (same.path, f"SHA-256 {same.sha256}"), ("visits/again.yaml", f"SHA-256 {same.sha256}"),
        ("photos/perdue.jpg", "fichier introuvable"), ("again/photos/perdue.jpg", "fichier introuvable"),
    ]:  # fmt: skip
        assert re.search(rf"[^/]{re.escape(file)}\s+{said}", text), file


def test_visits_of_one_name_are_told_apart_by_their_id_in_the_overview() -> None:
    def named(*cards: Scorecard) -> list[str]:
        return re.findall(r'<th scope="row"><a href="#visit-\d">(.*?)</a>', page(*cards))

    first, second = (card()._replace(visit=card().visit._replace(id=one)) for one in ("call-1", "call-2"))
    assert named(first, second) == [f'Lyon Part-Dieu <span class="id">call-{n}</span>' for n in (1, 2)]
    assert named(first, passing_card())[0] == "Lyon Part-Dieu"


@pytest.mark.parametrize(("coverage", "shown"), [(0.011, "Observed 1%"), (1.0, None), (None, None)])
def test_the_overview_says_beside_a_score_that_not_all_was_observed(coverage: float | None, shown: str | None) -> None:
    made = page(card(coverage=1.0), card(coverage=coverage))
    table = made[made.index('<table class="visits">') :]
    said = re.findall(r'<span class="observed">([^<]*)</span>', table[: table.index("</table>")])
    assert said == ([] if shown is None else [shown])


def test_what_has_no_ratio_has_no_bar_that_reads_as_zero() -> None:
    made = report(card(), passing_card())
    assert made.summary is not None
    rows = tuple(row._replace(ratio=None) for row in made.summary.rows)
    with_bars = render(made).decode().count('class="bar accent"')
    source = render(made._replace(summary=made.summary._replace(rows=rows))).decode()
    assert source.count('class="bar accent"') == with_bars - 2
