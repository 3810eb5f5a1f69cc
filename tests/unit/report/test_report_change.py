"""A difference in words: texts are compared word by word, values are written the local way."""

import time

import pytest

from servaudit.change.change import Change
from servaudit.change.difference import Difference
from servaudit.i18n import translator
from servaudit.model.standard import Standard
from servaudit.report.change import Version, compared, diff_view

STANDARD = Standard.model_validate({"kind": "standard", "id": "s", "version": "1.0.0", "title": "S", "language": "fr"})
SIDES = (Version("1.0.0", "a.yaml", "a"), Version("1.0.0", "b.yaml", "b"))


def view(*changes, language="en", versions=("1.0.0", "1.0.0"), sides=SIDES):
    difference = Difference(*versions, tuple(changes))
    return diff_view(
        difference, STANDARD, sides, translator(language), generator="x", places=lambda _: "b.yaml:1:1"
    )  # fmt: skip


def change(kind="weight", level="major", **fields):
    base = Change(kind, level, "new", ("criteria", 0), "smile", None, "weight", None, None)
    return base._replace(**fields)


def test_words_that_go_and_come_are_told_from_those_that_stay():
    segments = compared("Un sourire franc, toujours.", "Un large sourire, toujours.")
    assert "".join(part.text for part in segments if part.what != "in") == "Un sourire franc, toujours."
    assert "".join(part.text for part in segments if part.what != "out") == "Un large sourire, toujours."
    assert [part.text.strip() for part in segments if part.what == "in"] == ["large"]


def test_endless_texts_are_not_compared_for_ever():
    start = time.monotonic()
    segments = compared("a b " * 50_000, "b c " * 50_000)
    assert time.monotonic() - start < 5
    assert [part.what for part in segments] == ["out", "same", "in"]
    assert all(len(part.text) <= 200 for part in segments)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (1, 1.5, ("1", "1,5")),
        (False, True, ("non", "oui")),
        (None, 2, ("", "2")),
        ([[60, 1], [300, 0]], None, ("[60, 1], [300, 0]", "")),
        ({"when": "score < 1", "fail": True}, None, ("{when: score < 1, fail: oui}", "")),
        ("x" * 1000, None, ("x" * 199 + "…", "")),
        ("a\x1b[31m", None, ("a[31m", "")),
    ],
)
def test_values_are_written_as_people_read_them(old, new, shown):
    (group,) = view(change(old=old, new=new), language="fr").groups
    assert (group.rows[0].old, group.rows[0].new) == shown


def test_the_gravest_come_first_and_the_conclusion_says_the_version():
    shown = view(change("wording", "patch"), change(), change("criterion-added", "minor"))
    assert [group.level for group in shown.groups] == ["major", "minor", "patch"]
    assert shown.conclusion == "The changes call for version 2.0.0; it is still 1.0.0."
    enough = view(change(), versions=("1.0.0", "2.0.0"))
    assert (enough.conclusion, enough.enough) == ("The changes call for version 2.0.0 at least; it is 2.0.0.", True)
    short = view(change(), versions=("1.0.0", "1.1.0"))
    assert short.conclusion == "The changes call for version 2.0.0; it is only 1.1.0."
    assert view().conclusion == "Only the layout or comments changed: the version may stay 1.0.0."
    assert view(sides=(SIDES[0], SIDES[0])).conclusion == "The two files are the same."
