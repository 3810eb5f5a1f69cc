"""Data are written as YAML that reads back the same, and changed texts keep what nobody asked to change."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit import sources
from servaudit.render.rewrite import rewritten
from servaudit.render.yaml import block

ODD = "\u2028\u2029\ufeff\ufffe\uffff"
WORDS = st.one_of(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=8
    ),
    st.sampled_from(
        ["yes", "true", "1", "007", "1e3", "~", "null", "- a", "a: b", "#x", " é ", "'", '"', "[", "12:30"]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-1000, 1000), st.sampled_from([0.5, 1.25]), WORDS)
KEYS = st.one_of(st.sampled_from("abcdefgh"), WORDS.filter(lambda word: word.strip()))
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3))
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


def keyed(data):
    """Spell keys as the reader does."""
    return sources.parse("a.json", json.dumps(data).encode()).data


@given(DATA)
def test_what_is_written_reads_back_the_same(data):
    text = "".join(f"{line}\n" for line in block(data))
    assert sources.parse("a.yaml", text.encode()).data == keyed(data)


@given(DATA, DATA, st.sampled_from(["\n", "\r\n"]))
def test_whatever_changes_is_what_is_read_afterwards(old, new, ends):
    old, new = keyed(old), keyed(new)
    content = "".join(f"{line}{ends}" for line in block(old)).encode()
    changed, _ = rewritten("a.yaml", content, [(new, {})])
    assert sources.parse("a.yaml", changed).data == new


BEFORE = """\
# Seen on a market day.
standard: shop@1.0.0   # as it was then
visit: {id: v1, context: {open: 3, size: s}}
answers:
  # Welcome
  greeted: yes           # with a smile
  wait: '4 min'
  courtesy:
    value: no
    note: >-
      Nobody looked
      up.
  # Closing
  umbrella: {value: no, note: "it rained"}
  thanked: [yes, "no"]

commendations:
  - criterion: greeted   # bravo
    note: By name
"""


def step(*edits, renamed=None):
    """Give the data of BEFORE after edits, and what is only renamed."""
    data = sources.parse("a.yaml", BEFORE.encode()).data
    for way, value in edits:
        place = data
        for part in way[:-1]:
            place = place[part]
        if value is ...:
            del place[way[-1]]
        else:
            place[way[-1]] = value
    for path, name in (renamed or {}).items():
        place = data
        for part in path[:-1]:
            place = place[part]
        place[name] = place.pop(path[-1])
    return data, renamed or {}


@pytest.mark.parametrize(
    ("change", "replaced"),
    [
        (step((("standard",), "shop@2.0.0")), [("shop@1.0.0", "shop@2.0.0")]),
        (step(renamed={("answers", "greeted"): "hello"}), [("  greeted: yes", "  hello: yes")]),
        (step(renamed={("answers", "courtesy"): "tact"}), [("  courtesy:", "  tact:")]),
        (step((("answers", "wait"), 240)), [("'4 min'", "240")]),
        (step((("answers", "courtesy", "value"), "yes")), [("value: no\n    note: >", "value: yes\n    note: >")]),
        (step((("answers", "courtesy"), ...)),
         [("  courtesy:\n    value: no\n    note: >-\n      Nobody looked\n      up.\n", "")]),
        (step((("answers", "umbrella"), ...)), [('  umbrella: {value: no, note: "it rained"}\n', "")]),
        (step((("answers", "umbrella", "note"), ...)), [(', note: "it rained"', "")]),
        (step((("answers", "umbrella", "value"), ...)), [("value: no, note: ", "note: ")]),
        (step((("answers", "thanked", 0), "no")), [("[yes,", "[no,")]),
        (step((("answers", "seat"), "no")), [('"no"]\n', '"no"]\n  seat: no\n')]),
        (step((("visit", "context", "size"), ...)), [(", size: s", "")]),
        (step((("visit", "context", "n"), 1)), [("size: s}", "size: s, n: 1}")]),
        (step(renamed={("visit", "context", "open"): "counters"}), [("{open:", "{counters:")]),
        (step((("commendations", 0, "criterion"), ...)), [("criterion: greeted   # bravo\n    ", "")]),
        (step((("commendations", 0, "note"), ...)), [("    note: By name\n", "")]),
        (step((("commendations", 0, "criterion"), "hello")), [("criterion: greeted", "criterion: hello")]),
        (step((("former",), {"shop@1.0.0": {"a": "yes", "b": {"value": "no", "note": "x: y"}}})),
         [("note: By name\n",
           'note: By name\nformer:\n  shop@1.0.0:\n    a: yes\n    b: {value: no, note: "x: y"}\n')]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_only_what_changes_changes(change, replaced, ends):
    expected = BEFORE
    for old, new in replaced:
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    changed, kept = rewritten("a.yaml", BEFORE.replace("\n", ends).encode(), [change])
    assert kept
    assert changed.decode() == expected.replace("\n", ends)


def test_a_layout_that_cannot_be_kept_is_written_anew():
    changed, kept = rewritten("a.yaml", b"a:\n  b: 1\n", [({"a": {}}, {})])
    assert sources.parse("a.yaml", changed).data == {"a": {}}
    assert kept or changed == b"a: {}\n"


def test_json_stays_json():
    changed, kept = rewritten("a.json", b'{"a": 1}', [({"b": "é"}, {("a",): "b"})])
    assert (json.loads(changed), kept) == ({"b": "é"}, True)
