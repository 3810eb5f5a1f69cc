"""A quality team's repository: a standard and three visits, committed, to change and to ask questions about."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

STANDARD = """\
# The counter, as the region agreed on it.
kind: standard
id: counter
version: 1.2.0   # raised by servaudit bump
language: fr
title: {fr: Au guichet, en: At the counter}
criteria:
  - {id: greeted, text: {fr: Le client est salué, en: The customer is greeted}, weight: 2}
  - {id: smile, text: {fr: Un sourire franc, en: An open smile}}
  - {id: thanked, text: {fr: Le client est remercié, en: The customer is thanked}}
scoring:
  levels: {good: {fr: Bien, en: Good}, poor: {fr: Faible, en: Poor}}
  ladder: [{level: good, when: score >= 0.6}, {level: poor}]
  pass: {level: good}
"""
VISIT = """\
kind: observation
standard: counter@1.2.0
visit: {{id: {name}, site: {site}, date: 2026-11-03}}
answers: {{greeted: {greeted}, smile: {smile}, thanked: {thanked}}}
"""


@pytest.fixture
def team(tmp_path, monkeypatch):
    """Stand in a repository with a standard and three visits, committed."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    Path("counter.yaml").write_text(STANDARD, "utf-8")
    Path("visits").mkdir()
    for name, site, *answers in [
        ("v1", "Lyon", "yes", "no", "no"),
        ("v2", "Lille", "no", "yes", "yes"),
        ("v3", "Nantes", "yes", "yes", "yes"),
    ]:
        greeted, smile, thanked = answers
        text = VISIT.format(name=name, site=site, greeted=greeted, smile=smile, thanked=thanked)
        Path(f"visits/{name}.yaml").write_text(text, "utf-8")

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], capture_output=True, check=True, encoding="utf-8").stdout.strip()

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "start")
    return git


def edit(*pairs: tuple[str, str], path: str = "counter.yaml") -> None:
    text = Path(path).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    Path(path).write_text(text, "utf-8")
