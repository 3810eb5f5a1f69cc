"""Problems as CI servers read them: places are right, nothing that was typed becomes a command, markup or a link."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from servaudit import sources
from servaudit.audit import Audit
from servaudit.diagnostics import CODES, Cell, Diagnostic, Span, msg
from servaudit.i18n.translator import translator
from servaudit.library import Library
from servaudit.render.problems import github, junit, sarif

EN, FR = translator("en"), translator("fr")
SPAN = Span("./visits/a b.yaml", 5, 12, 15, "  greeted: yse", 1)
ERROR = Diagnostic("answer-unknown", SPAN, msg("“{answer}” is not an answer", answer="yse"), msg("did you mean yes?"))
WARNING = Diagnostic("note-only", Span("b.yaml", 1, 1, 2), msg("a note alone"))
IN_CELL = Diagnostic("answer-unknown", Cell("c.xlsx", "Grille", "C14"), msg("no"))
NOWHERE = Diagnostic("file-not-found", "d.yaml", msg("there is no such file"))
ALL = [ERROR, WARNING, IN_CELL, NOWHERE]

# The parts of SARIF's published schema (draft 7) that what we write can break; the whole of it was tried once by hand.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
NUMBER = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {"startLine": NUMBER, "startColumn": NUMBER, "endColumn": NUMBER, "snippet": TEXT},
}
ARTIFACT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"uri": {"type": "string", "pattern": r"^[\x21-\x7e]*$"}, "uriBaseId": {"type": "string"}},
}
PHYSICAL = {
    "type": "object",
    "properties": {"artifactLocation": ARTIFACT, "region": REGION},
    "additionalProperties": False,
}
LOGICAL = {"type": "array", "items": {"type": "object", "properties": {"fullyQualifiedName": {"type": "string"}}}}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"physicalLocation": PHYSICAL, "logicalLocations": LOGICAL},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
}
DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "rules": {"type": "array", "items": RULE, "uniqueItems": True}},
}
RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
SARIF = Draft7Validator({
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
})  # fmt: skip


def test_github_is_told_where_and_what_to_do():
    assert github.render(ALL, EN).splitlines() == [
        (
            "::error file=visits/a b.yaml,line=5,col=12,endColumn=15,title=servaudit%3A answer-unknown::"
            "“yse” is not an answer%0Ahelp: did you mean yes?"
        ),
        "::warning file=b.yaml,line=1,col=1,endColumn=2,title=servaudit%3A note-only::a note alone",
        "::error file=c.xlsx,title=servaudit%3A answer-unknown::Grille!C14: no",
        "::error file=d.yaml,title=servaudit%3A file-not-found::there is no such file",
    ]
    assert "la réponse" not in github.render(ALL, EN)
    assert "aide" in github.render(ALL, FR)


def test_sarif_holds_the_places_and_is_valid():
    document = json.loads(sarif.render(ALL, EN))
    assert list(SARIF.iter_errors(document)) == []
    (run,) = document["runs"]
    first, _, third, fourth = run["results"]
    assert (first["ruleId"], first["level"]) == ("answer-unknown", "error")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "answer-unknown"
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "visits/a%20b.yaml", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {
        "startLine": 5, "startColumn": 12, "endColumn": 15, "snippet": {"text": "  greeted: yse"},
    }  # fmt: skip
    assert third["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "Grille!C14"}]
    assert "region" not in fourth["locations"][0]["physicalLocation"]


def test_sarif_without_a_problem_has_a_run_without_results():
    document = json.loads(sarif.render([], EN))
    assert list(SARIF.iter_errors(document)) == []
    assert document["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/srv/é.yaml", "file:///srv/%C3%A9.yaml"),
        ("C:\\a\\b.yaml", "file:///C:/a/b.yaml"),
        ("#a?.yaml", "%23a%3F.yaml"),
    ],
)
def test_sarif_names_files_by_address(file, uri):
    document = json.loads(sarif.render([Diagnostic("file-not-found", file, msg("x"))], EN))
    assert document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_columns_are_those_of_the_text_that_is_wrong_however_wide_its_signs_are():
    text = "kind: standard\nid: shop\nversion: 1.0.0\ntitle: 😀é\ncriteria: [{id: a, text: '😀 é', wieght: 2}]\n"
    (fault,) = Audit(Library()).check(sources.parse("shop.yaml", text.encode()))
    region = json.loads(sarif.render([fault], EN))["runs"][0]["results"][0]["locations"][0]["physicalLocation"][
        "region"
    ]
    line = text.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "wieght"


def test_junit_has_a_test_for_each_file_and_a_failure_for_each_error():
    root = ElementTree.fromstring(junit.render(ALL, ["good.yaml", SPAN.file, "b.yaml"], EN))
    assert root.attrib == {"name": "servaudit", "tests": "5", "failures": "3", "errors": "0", "skipped": "0"}
    good, bad, warned, *_ = root.iter("testcase")
    assert (good.get("name"), len(good)) == ("good.yaml", 0)
    assert (bad.get("name"), bad.get("file"), bad.get("line")) == (
        "5:12 answer-unknown: “yse” is not an answer", "visits/a b.yaml", "5",
    )  # fmt: skip
    failure = bad.find("failure")
    assert failure.get("type") == "answer-unknown"
    assert failure.text.splitlines()[1:] == ["greeted: yse", "help: did you mean yes?"]
    assert warned.find("failure") is None
    assert warned.find("system-out").text == "b.yaml:1:1: a note alone"
    strict = ElementTree.fromstring(junit.render(ALL, [], EN, strict=True))
    assert strict.get("failures") == "4"


TYPED = st.one_of(
    st.text(),
    st.sampled_from([
        "\n::error::x", "\r\n::set-output name=a::b", "##[add-mask]x", "%0A::warning::y", "::stop-commands::a",
        "]]>", "<b>", "</testcase>", "&amp;", '"><x y="', "[x](https://example.org)", "{0}", "\x00\x1b[31m",
        "\ud800", "\u202e", "\uffff",
    ]),
)  # fmt: skip


@given(TYPED, TYPED, TYPED)
def test_nothing_that_was_typed_becomes_a_command_markup_or_a_link(file, answer, line):
    span = Span(file, 1, 1, 2, line)
    problem = Diagnostic("answer-unknown", span, msg("“{answer}” no", answer=answer), msg("{answer}", answer=answer))
    commands = github.render([problem], EN)
    assert commands.startswith("::error file=")
    assert commands.count("\n") == 1
    assert commands.endswith("\n")
    assert "\r" not in commands
    assert "##[" not in commands
    head, _, _ = commands.removeprefix("::error ").partition("::")
    assert [pair.partition("=")[0] for pair in head.split(",")] == ["file", "line", "col", "endColumn", "title"]
    document = json.loads(sarif.render([problem], EN))
    assert list(SARIF.iter_errors(document)) == []
    message = document["runs"][0]["results"][0]["message"]["text"]
    assert "](" not in message
    assert "{0" not in message
    unquote(
        document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        errors="strict",
    )
    root = ElementTree.fromstring(junit.render([problem], [file], EN))
    assert [element.tag for element in root.iter()] == ["testsuites", "testsuite", "testcase", "failure"]


def test_every_code_can_be_a_rule():
    problems = [Diagnostic(code, "a.yaml", msg("x")) for code in CODES]
    assert list(SARIF.iter_errors(json.loads(sarif.render(problems, EN)))) == []
