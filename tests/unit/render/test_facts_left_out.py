"""What is made from a checklist does not ask for facts of the visit that only what it leaves out looks at."""

import re

import pytest

from booklets import sheet_of
from forms import grid_of
from servaudit.i18n import translator
from servaudit.render.blank import Visit, blank
from servaudit.render.checklist_xlsx import render as workbook_of
from servaudit.report.form.page import form
from servaudit.report.grid import grid_view
from servaudit.sources import workbook

SITE = """
kind: standard
id: site
version: 1.0.0
title: Site
context:
  crisis: {type: bool}
  kiosk: {type: bool, default: false}
  account: {type: bool, default: false}
  weather: {type: text}
sections:
  - {id: online, title: Online, applies_when: context.account, criteria: [{id: found, text: Found}]}
  - {id: hall, title: Hall, criteria: [{id: reach, text: Within reach, applies_when: context.kiosk}]}
  - {id: storm, title: Storm, applies_when: context.crisis, criteria: [{id: said, text: Said}]}
"""
DESK = """
kind: standard
id: desk
version: 1.0.0
title: Desk
context: {kiosk: {type: bool, default: false}}
criteria: [{id: tidy, text: Tidy, applies_when: not context.kiosk}]
"""
ONLINE = """
kind: checklist
id: online
version: 1.0.0
title: Online
standards: [{standard: site, version: ^1.0, include: {sections: online}}]
"""
WITH_DESK = ONLINE.replace("}}]", "}}, {standard: desk, version: ^1.0}]")
NAMED = ONLINE + "visit: {date: {}, context: {kiosk: {}}}\n"


@pytest.fixture
def grid(tmp_path):
    def opened(checklist: str):
        for name, text in (("site", SITE), ("desk", DESK), ("online", checklist)):
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        return grid_of(tmp_path / "online.yaml")

    return opened


def in_form(grid):
    fields = form(grid, "en", generator="servaudit")["fields"]
    return {field["id"].removeprefix("context.") for field in fields}


def in_workbook(grid):
    book = workbook.parse("a.xlsx", workbook_of(grid, "en"))
    return {name.removeprefix("v_context_") for name in book.names}


def on_paper(grid):
    return {field.field.id.removeprefix("context.") for field in sheet_of(grid, "en").fields}


def in_blank(grid):
    text = blank(sheet_of(grid, "en"), Visit("v", None, "2026-11-03"), translator("en"))
    return set(re.findall(r"^  #   (\w+):", text, re.MULTILINE))


def in_view(grid):
    return {field.id.removeprefix("context.") for field in grid_view(grid, translator("en")).fields}


MADE = pytest.mark.parametrize("asked", [in_view, in_form, in_workbook, on_paper, in_blank])


@MADE
def test_facts_of_sections_left_out_are_not_asked_for_and_those_nothing_ever_looks_at_still_are(grid, asked):
    found = asked(grid(ONLINE))
    assert found >= {"account", "weather"}
    assert found.isdisjoint({"crisis", "kiosk"})


@MADE
@pytest.mark.parametrize("checklist", [WITH_DESK, NAMED])
def test_a_fact_that_another_standard_looks_at_or_the_checklist_names_is_asked_for(grid, asked, checklist):
    found = asked(grid(checklist))
    assert found >= {"account", "weather", "kiosk"}
    assert "crisis" not in found


@MADE
def test_a_standard_alone_asks_for_all_its_facts(tmp_path, asked):
    (tmp_path / "site.yaml").write_text(SITE, "utf-8")
    assert asked(grid_of(tmp_path / "site.yaml")) >= {"account", "weather", "kiosk", "crisis"}
