import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import servaudit
from servaudit.diagnostics import CODES, Diagnostic, Span, did_you_mean, msg, nearest

SRC = Path(servaudit.__file__).parent
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")


def codes_in(path: Path) -> set[str]:
    """The codes a module gives: first arguments of Problem, Diagnostic, Evidence, Wording and of what wraps them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"Problem", "Diagnostic", "Wording"} and node.args:
                first = node.args[0]
                found |= {first.value} if isinstance(first, ast.Constant) else set()
    return found


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: path.relative_to(SRC).as_posix())
def test_every_code_a_module_gives_is_in_the_table(path):
    assert codes_in(path) <= set(CODES)


def test_every_code_of_the_table_is_given_somewhere():
    text = "".join(path.read_text("utf-8") for path in SRC.rglob("*.py") if path.name != "diagnostics.py")
    assert [code for code in CODES if f'"{code}"' not in text] == []


def test_codes_are_kebab_case_and_explained():
    for code, entry in CODES.items():
        assert KEBAB.fullmatch(code)
        assert len(entry.meaning) > 10


def test_a_code_that_is_not_in_the_table_has_no_severity():
    with pytest.raises(KeyError):
        _ = Diagnostic("no-such-code", "f", msg("x")).severity


def test_diagnostics_sort_by_file_then_place_then_code():
    def at(file: str, line: int, code: str) -> Diagnostic:
        return Diagnostic(code, Span(file, line, 1, 2), msg("x"))

    wanted = [Diagnostic("file-empty", "a", msg("x")), at("a", 2, "tag"), at("a", 10, "alias"), at("a", 10, "tag"),
              at("b", 1, "tag")]  # fmt: skip
    shuffled = [wanted[place] for place in (4, 2, 0, 3, 1)]
    assert sorted(shuffled, key=lambda one: one.order) == wanted


def test_did_you_mean_names_what_is_near_or_nothing():
    assert str(did_you_mean("weigth", ["weight", "id"])) == "did you mean “weight”?"
    assert did_you_mean("weigth", ["id"]) is None


def test_a_misspelt_word_is_compared_with_few_of_many_known():
    known = [f"{first}{number:05}" for number in range(1000) for first in "abcd"]
    assert nearest("weigth", [*known, "weight"]) == ["weight"]
    read = iter([*known, *known, "weight"])
    assert nearest("weigth", read) == []
    assert len(list(read)) == 3_001


def test_of_many_words_of_one_letter_those_that_begin_most_alike_are_compared():
    known = [f"criterion_{number:04}" for number in range(1000)]
    assert nearest("criterion_0780x", known)[0] == "criterion_0780"
    assert nearest("criterion", [*known, "criteria"]) == ["criteria"]


def test_what_is_offered_of_a_set_is_the_same_on_every_run():
    script = (
        "from servaudit.diagnostics import nearest\n"
        "for many in (1000, 9000):\n"
        "    print(nearest('c_x780', {f'c_{number:04}' for number in range(many)}))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(said) == 1


def test_words_that_are_texts_are_not_compared():
    assert nearest("a" * 65, ["a" * 64]) == []
    assert nearest("a" * 63, ["a" * 65, "a" * 64]) == ["a" * 64]
