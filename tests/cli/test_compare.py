"""Two visits or two campaigns are compared: what the service changed and what the standard changed add up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servaudit.campaigns import compared
from servaudit.library import Library

STANDARD = """kind: standard
id: shop
version: {version}
title: A shop
criteria:
  - {{id: a, text: A, weight: {weights[0]}}}
  - {{id: {name}, text: B, weight: {weights[1]}}}
  - {{id: c, text: C, weight: 1, scale: {{range: [0, 10], max: 10}}}}
{more}
"""
VISIT = "kind: observation\nstandard: shop@{version}\nvisit: {{id: {id}}}\nanswers: {{a: {a}, {name}: {b}, c: {c}}}\n"
HISTORY = "history: {2.0.0: {rename: {b: bb}}}"


def write(
    folder: Path, old=(1, 1), new=(1, 1), before=(("yes", "no", 5),), after=(("yes", "no", 5),), more: str = ""
) -> None:
    for name in ("before", "after", "standards"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    (folder / "standards/1.yaml").write_text(STANDARD.format(version="1.0.0", weights=old, name="b", more=""), "utf-8")
    text = STANDARD.format(version="2.0.0", weights=new, name="bb", more=f"{more}\n{HISTORY}")
    (folder / "standards/2.yaml").write_text(text, "utf-8")
    for side, version, name, visits in (("before", "1.0.0", "b", before), ("after", "2.0.0", "bb", after)):
        for number, (a, b, c) in enumerate(visits):
            visit = VISIT.format(version=version, name=name, id=f"v{number}", a=a, b=b, c=c)
            (folder / side / f"{number}.yaml").write_text(visit, "utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def comparison(run) -> dict:
    done = run("compare", "before", "after", "--format", "json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["schema"] == "servaudit/comparison/1"
    (one,) = document["compared"]
    return one


ANSWERS = st.lists(st.tuples(st.sampled_from(["yes", "no", "na"]), st.sampled_from(["yes", "no"]), st.integers(0, 10)),
                   min_size=1, max_size=3)  # fmt: skip
WEIGHTS = st.tuples(st.integers(0, 5), st.integers(0, 5))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=WEIGHTS, new=WEIGHTS, before=ANSWERS, after=ANSWERS)
def test_the_two_parts_add_up_and_what_did_not_change_has_none(folder, old, new, before, after):
    write(folder, old, new, before, after)
    (one,) = compared(Library(), ["before"], ["after"]).compared
    split = one.split
    assert split.total == pytest.approx(split.after - split.before, abs=1e-12)
    assert split.service + split.standard == pytest.approx(split.total, abs=1e-12)
    if old == new:
        assert split.standard == pytest.approx(0, abs=1e-12)
    if before == after:
        assert split.service == pytest.approx(0, abs=1e-12)


def test_a_service_that_did_not_change_owes_all_to_the_standard(run, folder):
    write(folder, old=(1, 1), new=(1, 2))
    one = comparison(run)
    assert one["means"]["before"] == pytest.approx(1.5 / 3)
    assert one["means"]["after"] == pytest.approx(1.5 / 4)
    assert (one["service"], one["standard"]) == (0, pytest.approx(1.5 / 4 - 1.5 / 3))
    assert one["change"] == one["standard"]
    (changed,) = [row for row in one["criteria"] if row["changes"]]
    assert (changed["id"], changed["state"], changed["changes"]) == ("bb", "same", ["criterion-renamed", "weight"])


def test_each_criterion_says_what_became_of_it(run, folder):
    write(folder, before=[("yes", "no", 2)], after=[("no", "yes", 2)])
    two = folder / "standards/2.yaml"
    text = two.read_text("utf-8").replace("  - {id: c,", "  - {id: d, text: D}\n  - {id: c,")
    two.write_text(text, "utf-8")
    states = {row["id"]: row["state"] for row in comparison(run)["criteria"]}
    assert states == {"a": "regressed", "bb": "improved", "d": "new", "c": "same"}
    text = two.read_text("utf-8").replace("  - {id: a, text: A, weight: 1}\n", "")
    two.write_text(text.replace("{rename: {b: bb}}", "{rename: {b: bb}, remove: [a]}"), "utf-8")
    for path in Path("after").iterdir():
        path.write_text(path.read_text("utf-8").replace("a: no, ", ""), "utf-8")
    states = {row["id"]: row["state"] for row in comparison(run)["criteria"]}
    assert states["a"] == "removed"


def test_a_person_reads_the_same_in_both_languages(run, folder):
    write(folder, old=(1, 1), new=(1, 2), before=[("yes", "no", 5), ("yes", "yes", 5)], after=[("no", "no", 5)])
    out = run("compare", "before", "after").out
    assert out.startswith("A shop · shop 1.0.0 → 2.0.0\n  before  66.7%  2 visits\n  after   12.5%  1 visit\n")
    assert "change             −54.2\n" in out
    assert "    the service        −50.0   judged by version 2.0.0 both times: 62.5% → 12.5%\n" in out
    assert "    the standard        −4.2   the same visits, once by their own version and once by 2.0.0\n" in out
    assert "\nRegressed\n  • A  1.00 → 0.00\n  • B  0.50 → 0.00 · modified: criterion renamed, weight\n" in out
    out = run("compare", "before", "after", "--lang", "fr").out
    judged = "jugé par la version 2.0.0 les deux fois\u00a0: 62,5\u00a0% → 12,5\u00a0%"
    assert any(line.split()[:3] == ["le", "service", "−50,0"] and line.endswith(judged) for line in out.splitlines())
    assert "\nEn recul\n" in out


def test_two_visits_of_one_version_are_the_service_alone(run, folder):
    write(folder)
    shutil.copy("before/0.yaml", "before/1.yaml")
    path = Path("before/1.yaml")
    path.write_text(path.read_text("utf-8").replace("b: no", "b: yes"), "utf-8")
    out = run("compare", "before/0.yaml", "before/1.yaml").out
    assert "    the standard        ±0.0   the same version\n" in out
    assert "\nImproved\n  • B  0.00 → 1.00\n" in out


def test_demerits_improve_as_they_fall(run, folder):
    write(folder)
    for path in Path("standards").iterdir():
        text = path.read_text("utf-8").replace("range: [0, 10], max: 10", "range: [0, 10], better: lower")
        head, _, tail = text.partition("criteria:\n")
        path.write_text(f"{head}scoring: {{combine: sum}}\ncriteria:\n" + tail, "utf-8")
    for side, points in (("before", 8), ("after", 3)):
        path = Path(side) / "0.yaml"
        path.write_text(path.read_text("utf-8").replace("c: 5", f"c: {points}"), "utf-8")
    states = {row["id"]: row["state"] for row in comparison(run)["criteria"]}
    assert states["c"] == "improved"


def test_what_cannot_be_compared_is_said(run, folder):
    write(folder)
    Path("standards/other.yaml").write_text(
        Path("standards/1.yaml").read_text("utf-8").replace("id: shop", "id: other"), "utf-8"
    )
    other = Path("before/0.yaml").read_text("utf-8").replace("shop@", "other@").replace("v0", "v9")
    Path("after/9.yaml").write_text(other, "utf-8")
    done = run("compare", "before", "after")
    assert (done.code, "on one side only, and not compared: other" in done.err) == (0, True)
    done = run("compare", "before", "after/9.yaml")
    assert done.code == 3
    assert "there is nothing to compare: no standard has visits on both sides" in done.err
    two = Path("standards/2.yaml")
    two.write_text(two.read_text("utf-8").replace(HISTORY, ""), "utf-8")
    done = run("compare", "before", "after")
    assert done.code == 3
    assert "left out, since version 2.0.0 cannot score it: before/0.yaml" in done.out
    assert "no figure to compare on one of the sides" in done.out
    Path("before/broken.yaml").write_text("kind: observation\n", "utf-8")
    assert run("compare", "before", "after/0.yaml").code == 3
