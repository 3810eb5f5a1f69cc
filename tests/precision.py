"""Counts what the rules of language find in criteria as people write them (`python -m tests.precision fr FILE…`).

A file is a document of servaudit, or a text with a criterion on each line, in the language named. Whether what is found
is right, a person has to judge: docs/linting.md tells what one judged.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from servaudit import sources
from servaudit.lint.rules import WRITTEN
from servaudit.lint.texts import questions
from servaudit.load import load_any
from servaudit.model.standard import Standard

RULES = ("two-questions", "vague-word", "judgement-word", "negative-wording")


def document(path: Path, language: str):
    """Read a document, or make a standard of the lines of a text; None for a file that is neither."""
    if path.suffix in sources.EXTENSIONS:
        return load_any(sources.read(str(path))).value
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    criteria = [{"id": f"line_{number}", "text": line} for number, line in enumerate(lines, 1)]
    head = {"kind": "standard", "id": "grid", "version": "1.0.0", "language": language, "title": "Grid"}
    return Standard.model_validate({**head, "criteria": criteria})


def found(path: Path, language: str) -> tuple[int, list[tuple[str, str, str]]]:
    """Count the texts of a file; list the rule, the word and the text of each that a rule finds."""
    made = document(path, language)
    if made is None or not hasattr(made, "title"):
        return 0, []
    texts = {one.said.place: one.said.said for one in questions(made)}
    problems = [problem for code in RULES for problem in WRITTEN[code](made)]
    return len(texts), [(one.code, str(one.message.values["word"]), texts[one.path]) for one in problems]


def main(language: str, *files: str) -> None:
    """Print every hit, and the counts."""
    counts: Counter[str] = Counter()
    for name in files:
        texts, hits = found(Path(name), language)
        counts["texts"] += texts
        for code, word, text in hits:
            counts[code] += 1
            sys.stdout.write(f"{code}\t{word}\t{text}\n")
    sys.stdout.write("  ".join(f"{name}: {counts[name]}" for name in ("texts", *RULES)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
