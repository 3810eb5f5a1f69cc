"""A story: a team starts with `init`, changes its standard over ten commits, and no visit ever loses its score."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from team import STANDARD, VISIT, edit

FILE = "standards/counter.yaml"
HOOK = f"#!/bin/sh\nexec '{sys.executable}' -m servaudit validate . --against HEAD >hook.log 2>&1\n"


class Team:
    """The team at work: what it types."""

    def __init__(self, run, monkeypatch) -> None:
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
            monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        self.run = run

    def git(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == code, done.stderr
        return done.stdout.strip()

    def says(self, *arguments: str, code: int = 0) -> str:
        done = self.run(*arguments)
        assert done.code == code, done.err
        return done.out

    def change(self, *pairs: tuple[str, str], history: str = "") -> None:
        edit(*pairs, path=FILE)
        text = Path(FILE).read_text("utf-8")
        if history:
            text += ("" if "history:" in text else "history:\n") + history
        Path(FILE).write_text(text, "utf-8")

    def commit(self, message: str, *, code: int = 0) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, code=code)

    def scores(self) -> dict[str, float]:
        cards = json.loads(self.says("score", "visits", "--format", "json"))["scorecards"]
        return {card["visit"]["id"]: round(card["score"], 9) for card in cards}


@pytest.fixture
def team(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Team(run, monkeypatch)


def test_a_standard_changes_over_ten_commits_and_past_visits_keep_their_scores(  # noqa: PLR0915 - it is a story
    team, monkeypatch
):
    # 1. A repository that works at once, the team's own standard, three visits.
    team.says("init", "agency")
    monkeypatch.chdir("agency")
    shutil.rmtree("visits")
    Path(FILE).write_text(STANDARD, "utf-8")
    for name, site, greeted, smile, thanked in [
        ("v1", "Lyon", "yes", "no", "no"), ("v2", "Lille", "no", "yes", "yes"), ("v3", "Nantes", "yes", "yes", "yes"),
    ]:  # fmt: skip
        Path("visits").mkdir(exist_ok=True)
        text = VISIT.format(name=name, site=site, greeted=greeted, smile=smile, thanked=thanked)
        Path(f"visits/{name}.yaml").write_text(text, "utf-8")
    team.git("init", "-q", "-b", "main")
    team.commit("Start")
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK)
    hook.chmod(0o755)
    first = team.scores()
    assert first == {"v1": 0.5, "v2": 0.5, "v3": 1.0}
    team.says("score", "visits", "-o", "report.json", "-o", "report.html", "--quiet")

    # 2. A wording, in both languages.
    team.change(("Le client est salué, en: The customer is greeted", "On salue le client, en: We greet the customer"))
    assert "1.2.0 → 1.2.1 (Patch: wording (greeted)" in team.says("bump", FILE)
    team.commit("Say it more simply")

    # 3. and 4. A translation is left behind, then brought up to date.
    team.change(("Un sourire franc", "Un sourire large"))
    assert "translation left behind (English)  smile  An open smile" in team.says("diff", FILE)
    team.says("bump", FILE)
    team.commit("A better word")
    team.change(("An open smile", "A broad smile"))
    assert "translation changed (English)" in team.says("diff", FILE)
    team.says("bump", FILE)
    team.commit("The same in English")
    assert team.scores() == first

    # 5. A new criterion: past visits do not move, even under the new version.
    team.change(("scoring:", "  - {id: seat, text: {fr: Un siège est proposé, en: A seat is offered}}\nscoring:"))
    assert "3 visits · nothing moves" in team.says("diff", FILE, "--impact", "visits")
    assert "→ 1.3.0" in team.says("bump", FILE)
    team.commit("Offer a seat")

    # 6. A weight: the hook refuses it until the version is raised, and the impact is seen before.
    team.change(("weight: 2", "weight: 1"))
    team.commit("Weigh less", code=1)
    assert "calls for version 2.0.0: weight (greeted)" in Path("hook.log").read_text("utf-8")
    impact = team.says("diff", FILE, "--impact", "visits")
    assert "2 results move · 1 verdict changes · 1 changes rank" in impact
    assert "v2 · Lille  ✘ 50.0% Poor  →  ✔ 66.7% Good  +16.7 pt" in impact
    assert "→ 2.0.0" in team.says("bump", FILE)
    team.commit("Weigh less")
    assert team.scores() == first

    # 7. One criterion becomes two, and the history says so.
    one = "{id: greeted, text: {fr: On salue le client, en: We greet the customer}, weight: 1}"
    two = (
        "{id: hello, text: {fr: On dit bonjour, en: We say hello}}\n"
        "  - {id: by_name, text: {fr: On emploie son nom, en: We use the name}}"
    )
    team.change((one, two), history="  3.0.0: {split: {greeted: {into: [hello, by_name], only: [yes]}}}\n")
    assert "criterion split  greeted  greeted → hello, by_name" in team.says("diff", FILE)
    assert "→ 3.0.0" in team.says("bump", FILE)
    team.commit("Bonjour, and the name")

    # 8. A criterion goes.
    team.change(
        ("  - {id: thanked, text: {fr: Le client est remercié, en: The customer is thanked}}\n", ""),
        history="  4.0.0: {remove: [thanked]}\n",
    )
    assert "→ 4.0.0" in team.says("bump", FILE)
    team.commit("Thanks are taken for granted")

    # 9. A higher mark.
    team.change(("score >= 0.6", "score >= 0.7"))
    assert "→ 5.0.0" in team.says("bump", FILE)
    team.commit("Aim higher")
    assert team.scores() == first

    # 10. The first visit of the new standard, compared with the old one: what the service did, what the standard did.
    Path("visits/v4.yaml").write_text(
        "kind: observation\nstandard: counter@5.0.0\nvisit: {id: v4, site: Lyon, date: 2027-01-12}\n"
        "answers: {hello: yes, by_name: yes, smile: yes, seat: no}\n"
    )
    team.commit("A visit of January")
    assert team.scores() == {**first, "v4": 0.75}
    compared = team.says("compare", "visits/v1.yaml", "visits/v4.yaml")
    assert "66.7%" in compared  # v1 as 5.0.0 has it: hello and by_name met, smile not
    assert "66.7%" in team.says("score", "visits/v1.yaml", "--as", "5.0.0")

    # In the end: the old report is still what its documents say, and old visits can follow the standard.
    assert team.says("verify", "report.json").count("✔") == 3
    assert team.says("verify", "report.html").count("✔") == 4  # the texts of the page, too
    team.says("migrate", "visits", "-o", "followed")
    assert team.says("validate", "followed", "--format", "json").count('"error"') == 0
    lille = Path("followed/v2.yaml").read_text("utf-8")
    assert "standard: counter@5.0.0" in lille
    assert "  counter@1.2.0:\n    greeted: no\n  counter@3.0.0:\n    thanked: yes\n" in lille
    assert team.git("rev-list", "--count", "HEAD") == "10"
    assert team.git("status", "--short", "visits", "standards") == ""
