"""Makes the documents that are measured: a standard of 100 criteria in 8 sections, and any number of visits to it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("outside", "welcome", "waiting", "needs", "advice", "complaints", "closing", "premises")
CRITERIA = 100
NOTED = 0.6
NOT_APPLICABLE = 0.04

_HEAD = """\
kind: standard
id: bench_service
version: 1.0.0
language: en
title: A service, measured
facets:
  stage: {values: {before: {en: Before}, during: {en: During}, after: {en: After}}}
"""
_SCALES = """\
scales:
  frequency:
    choices:
      always: {points: 3, label: {fr: Toujours, en: Always}}
      often: {points: 2, label: {fr: Souvent, en: Often}}
      rarely: {points: 1, label: {fr: Rarement, en: Rarely}}
      never: {points: 0, label: {fr: Jamais, en: Never}}
  wait: {curve: [[60, 1], [300, 0]], unit: s}
  rating: {range: [0, 10], max: 10}
"""
_RULES = """\
scoring:
  levels: [excellent, good, fair, poor]
  ladder:
    - {level: excellent, when: score >= 0.9}
    - {level: good, when: score >= 0.75}
    - {level: fair, when: score >= 0.5}
    - {level: poor}
  pass: {score: 0.5}
"""
_KINDS = ("yes_no", "frequency", "yes_no", "wait", "yes_no", "rating", "frequency", "repeated", "yes_no", "tally")
_WORDS = (
    "the", "customer", "was", "greeted", "with", "a", "smile", "but", "adviser", "on", "phone", "and", "waited",
    "at", "counter", "near", "door", "nobody", "offered", "help", "before", "queue", "asked", "name",
)  # fmt: skip


def standard() -> str:
    """Write the standard."""
    lines = [_HEAD + _SCALES + "sections:"]
    for place, section in enumerate(SECTIONS):
        lines += [
            f"  - id: {section}",
            f"    title: {section.title()}",
            f"    weight: {place % 3 + 1}",
            "    criteria:",
        ]
        for number in range(place, CRITERIA, len(SECTIONS)):
            kind = _KINDS[number % len(_KINDS)]
            scale = {"repeated": "yes_no", "tally": "yes_no"}.get(kind, kind)
            lines += [
                f"      - id: criterion_{number:03}",
                f"        text: {{fr: Le critère {number} est tenu, en: Criterion {number} is met}}",
                f"        scale: {scale}",
                f"        weight: {number % 4 + 1}",
                f"        severity: {('minor', 'minor', 'major')[number % 3]}",
                f"        facets: {{stage: {('before', 'during', 'after')[number % 3]}}}",
            ]
            if kind in ("repeated", "tally"):
                lines.append("        repeat: mean")
    return "\n".join(lines) + "\n" + _RULES


def observation(number: int) -> str:
    """Write one visit: the same number always gives the same text, of about 8.5 kB."""
    chance = random.Random(number)  # noqa: S311 - made to be the same every time, not to be secret
    month, day = number % 12 + 1, number % 28 + 1
    lines = [
        "kind: observation",
        "standard: bench_service@1.0.0",
        f"visit: {{id: visit-{number:05}, site: site_{number % 40}, date: 2026-{month:02}-{day:02}, auditor: A12}}",
        "answers:",
    ]
    for criterion in range(CRITERIA):
        answer = _answer(_KINDS[criterion % len(_KINDS)], chance)
        if chance.random() < NOTED:
            note = " ".join(chance.choices(_WORDS, k=14))
            lines.append(f'  criterion_{criterion:03}: {{value: {answer}, note: "{note}"}}')
        else:
            lines.append(f"  criterion_{criterion:03}: {answer}")
    return "\n".join(lines) + "\n"


def _answer(kind: str, chance: random.Random) -> str:
    if chance.random() < NOT_APPLICABLE:
        return "na"
    answers = {
        "yes_no": chance.choice(("yes", "yes", "yes", "no")),
        "frequency": chance.choice(("always", "always", "often", "rarely", "never")),
        "wait": f"{chance.randint(0, 6)} min {chance.randint(0, 59)} s",
        "rating": str(chance.randint(0, 10)),
        "repeated": f"[{', '.join(chance.choices(('yes', 'yes', 'no'), k=3))}]",
        "tally": f"{{yes: {chance.randint(1, 9)}, no: {chance.randint(0, 4)}}}",
    }
    return answers[kind]


def write(folder: Path, visits: int) -> Path:
    """Write the standard and `visits` observations into a new folder, and return it."""
    folder.mkdir(parents=True)
    (folder / "bench_service.yaml").write_text(standard(), "utf-8")
    for number in range(visits):
        (folder / f"visit-{number:05}.yaml").write_text(observation(number), "utf-8")
    return folder
