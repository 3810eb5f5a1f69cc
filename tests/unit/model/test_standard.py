import pytest

from servaudit import sources
from servaudit.load import load
from servaudit.model.standard import Standard

HEAD = "kind: standard\nid: s\nversion: 1.0.0\nlanguage: fr\ntitle: S\ncriteria:\n  - id: smile\n    text: Sourire\n"


def read(lines: str):
    return load(sources.parse("s.yaml", (HEAD + lines).encode()), Standard)


def test_a_criterion_has_a_good_and_a_bad_example_in_one_language_or_two():
    (criterion,) = read("    examples: {good: Bonjour !, bad: {fr: Suivant !, en: Next!}}\n").value.criteria
    assert criterion.examples == {"good": {"": "Bonjour !"}, "bad": {"fr": "Suivant !", "en": "Next!"}}


@pytest.mark.parametrize("path", ["smile.jpg", "images/Sourire sincère.PNG", "images/a..b.webp", "a.jpeg", "..b.gif"])
def test_a_picture_is_a_file_beside_the_standard(path):
    (criterion,) = read(f"    pictures: {{good: '{path}'}}\n").value.criteria
    assert criterion.pictures == {"good": path}


@pytest.mark.parametrize(
    "path",
    ["../a.jpg", "a/../../b.jpg", "./a.jpg", "/etc/a.jpg", "C:/a.jpg", "a\\b.jpg", "https://x/a.jpg", "a.svg", "a",
     ".jpg", "a/.png/", "a.jpg\n"],
)  # fmt: skip
def test_a_picture_elsewhere_or_of_another_kind_is_refused_where_it_is_named(path):
    (fault,) = read(f"    pictures:\n      bad: {path!r}\n".replace("'", '"')).diagnostics
    assert (fault.code, fault.where.line) == ("bad-value", 10)


def test_a_side_that_is_neither_good_nor_bad_is_told_what_there_is():
    (fault,) = read("    examples: {god: x}\n").diagnostics
    assert fault.where.snippet[fault.where.column - 1 : fault.where.end_column - 1] == "god"
    assert "good" in str(fault.message) + str(fault.help)


@pytest.mark.parametrize("number", ["5.0e-324", "-1.0e-320", "0.0000000009"])
@pytest.mark.parametrize(
    "key",
    [
        "weight: {}", "scale: {{range: [0, 10], max: {}}}", "scale: {{choices: {{max: 1, x: 0}}, max: {}}}",
        "scale: {{choices: {{x: {}, y: 0}}}}", "scale: {{curve: [[0, 0], [1, {}]]}}", "scale: {{steps: [[{}, 1]]}}",
    ],
)  # fmt: skip
def test_a_number_that_is_hardly_more_than_nothing_is_refused_where_it_stands(key, number):
    line = "    " + key.format(number) + "\n"
    (fault,) = read(line).diagnostics
    assert fault.code == "bad-value"
    assert number in str(fault.message)
    assert fault.where.line == 9
    assert line[fault.where.column - 1 :].startswith((number, "max: " + number))


def test_nothing_and_a_billionth_are_numbers_like_others():
    (criterion,) = read("    weight: 1.0e-9\n    scale: {choices: {a: 0, b: -0.0, c: -1.0e-9}}\n").value.criteria
    assert criterion.weight == 1e-9
    assert [choice.points for choice in criterion.scale.choices.values()] == [0, 0, -1e-9]
