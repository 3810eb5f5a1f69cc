import io
from contextlib import redirect_stdout

import pytest

from servaudit.cli.show import Show, excerpt, harmless, ordered, sayable, width
from servaudit.diagnostics import Diagnostic, Span, msg


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch):
    """Run something with a terminal as standard output (pytest puts its own there until the test starts)."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def run(action) -> str:
        terminal = Terminal()
        with redirect_stdout(terminal):
            action()
        return terminal.getvalue()

    return run


FAULT = Diagnostic("tag", Span("[a]/[/b].yaml", 3, 4, 6, "a: [link=x]\x1b[31m"), msg("“{x}” is bad", x="[red]\x1b"))


def test_a_terminal_gets_colours_and_never_markup_or_control_sequences_of_a_file(on_terminal):
    shown = on_terminal(lambda: Show().diagnostics([FAULT], to="out"))
    assert "\x1b[1;31merror[tag]" in shown
    assert "[a]/[/b].yaml:3:4: " in shown
    assert "a: [link=x]�[31m" in shown
    assert "“[red]�” is bad" in shown


def test_no_color_is_respected(on_terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    shown = on_terminal(lambda: Show().diagnostics([FAULT], to="out"))
    assert "error[tag]" in shown
    assert "\x1b" not in shown


def test_a_long_line_is_not_wrapped_on_a_terminal(on_terminal):
    assert "x" * 500 in on_terminal(lambda: Show().line("x" * 500))


def test_carets_stand_under_wide_and_combining_characters():
    line, carets = excerpt(Span("f", 1, 6, 8, "東e\u0301: xy"))
    assert (line, carets) == ("東e\u0301: xy", "     ^^")
    assert width("東e\u0301") == 3


def test_a_long_line_is_cut_around_the_place():
    line, carets = excerpt(Span("f", 1, 501, 503, "a" * 300 + "XY" + "b" * 300, 201))
    assert (line[0], line[-1]) == ("…", "…")
    assert line[carets.index("^") : carets.rindex("^") + 1] == "XY"


def test_what_could_change_a_terminal_becomes_visible():
    assert harmless("a\tb\r\n\x1b\x9b\u202e\u2066\ud800z") == "a b�������z"


def test_diagnostics_are_said_once_and_in_order():
    other = Diagnostic("tag", Span("[a]/[/b].yaml", 1, 1, 2), msg("first"))
    assert ordered([FAULT, other, FAULT]) == [other, FAULT]


def test_signs_that_an_encoding_lacks_are_plain_and_those_it_has_stay():
    text = "✔ “é” à… \u202f✘ ██ 東 œ"
    for encoding, plain in (("utf-8", text), ("cp1252", "+ “é” à…  x ## ? œ"), ("ascii", '+ "e" a...  x ## ? oe')):
        assert sayable(text, io.TextIOWrapper(io.BytesIO(), encoding, errors="backslashreplace")) == plain
