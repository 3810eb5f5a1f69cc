"""Everything `score` writes: streamed formats visit by visit, the others when all visits are known."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from servaudit.cli.exits import WriteError
from servaudit.cli.targets import SPOKEN, STREAMED, TEMPLATES, WHOLE, known, targets
from servaudit.diagnostics import msg
from servaudit.render import output
from servaudit.render.errors import TemplateError
from servaudit.sources import STDIN, identity
from servaudit.sources.met import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from servaudit.audit import Audited
    from servaudit.cli.language import Speech
    from servaudit.cli.reports import Reports, Rollups
    from servaudit.cli.show import Show
    from servaudit.cli.targets import Target
    from servaudit.model.scorecard import Scorecard


class Outputs:
    """The files to write, each by its extension; nothing takes its name before it is whole.

    Visits are kept, by `Reports`, only where an output needs them all at once; `languages` and `summary` are as there.
    """

    def __init__(
        self,
        names: Sequence[str],
        templates: Sequence[str],
        *,
        languages: Sequence[Speech] = (),
        summary: bool = False,
        force: bool,
        as_json: bool,
    ) -> None:
        self.targets = targets(names, languages)
        self.templates = {path.suffix.lower(): path for path in (known(name, TEMPLATES) for name in templates)}
        self.force, self.as_json = force, as_json
        self.audited = self.scored = 0
        self.written: list[Path] = []
        self._reports = self._whole(languages, summary=summary)
        self._streams: list[Callable[[Scorecard], None]] = []
        self._sinks: dict[Path, output.Output] = {}
        self._open = ExitStack()
        self._inputs = Numbers()

    def _whole(self, languages: Sequence[Speech], *, summary: bool) -> Reports | None:
        """Get ready for what needs all visits; None where nothing does."""
        if not self.as_json and not any(target.form in WHOLE for target in self.targets):
            return None
        from servaudit.cli.reports import Reports  # noqa: PLC0415 - only what was asked for is loaded

        explaining = any(target.form in {".html", ".pdf"} for target in self.targets)
        return Reports(languages, self.templates, summary=summary, explaining=explaining)

    def __enter__(self) -> Self:
        try:
            for template in self.templates.values():
                self._protect(template)
            for target in self.targets:
                output.check(target.path, force=self.force)
                if target.form == ".pdf":
                    _printable(target.path)
            for target in self.targets:
                if target.form in STREAMED:
                    self._streams.append(self._stream(target))
        except output.OutputError as error:
            self._open.close()
            raise _ended(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._open.__exit__(kind, error, trace)
        except output.OutputError as failure:
            raise _ended(failure) from failure

    def add(self, audited: Audited) -> None:
        """Take one visit, or the reasons why it is none."""
        self.audited += 1
        self._protect(audited.source.path)
        if audited.grid is not None:
            for path in {audited.grid.ref.path, *(part.ref.path for part in audited.grid.parts)}:
                self._protect(path)
        for fault in audited.diagnostics:  # of a standard that could not be used, too
            self._protect(fault.file)
        self.scored += bool(audited.scored)
        for scored in audited.scored:
            try:
                for stream in self._streams:
                    stream(scored.card)
            except output.OutputError as error:
                raise _ended(error) from error
        if self._reports is not None:
            self._reports.add(audited)

    def finish(self, rollups: Rollups, show: Show) -> bool:
        """Write what needed all visits. Returns whether a template could not be used; the reason has been shown.

        Where nothing could be scored, nothing is written for people, and what is there stays; JSON is written, since it
        holds the reasons.
        """
        if self.as_json and self._reports is not None:
            show.json(self._reports.data(rollups).decode())
        failed = False
        for target in self.targets:
            if not self.scored and target.form != ".json" and self._spared(target, show):
                continue
            try:
                if target.form in WHOLE and self._reports is not None:
                    for note in self._reports.write(target, rollups, self._write):
                        show.note(note)
                self.written.append(target.path)
            except TemplateError as error:
                show.diagnostics([error.diagnostic])
                failed = True
            except output.OutputError as error:
                raise _ended(error) from error
        return failed

    def _spared(self, target: Target, show: Show) -> bool:
        """Say of an output that nothing could be scored for whether it is left alone."""
        path = target.path
        if path.is_file():
            if path in self._sinks:
                self._sinks[path].dropped = True
            show.note(msg("{path}: left as it was, since nothing could be scored", path=str(path)))
            return True
        if target.form in SPOKEN:
            show.note(msg("{path}: not written, since nothing could be scored", path=str(path)))
            return True
        return False

    def _protect(self, path: str | Path) -> None:
        """Remember a file that was read, and end before an output takes its place: not even --force replaces it."""
        if not self.targets:
            return
        read = identity(0 if path == STDIN else path)
        if read is None or self._inputs.add(read) is None:
            return
        for target in self.targets:
            self._refuse(target.path)

    def _refuse(self, path: Path) -> None:
        if (there := identity(path)) is not None and there in self._inputs:
            raise WriteError(msg("{path}: this file is read, so it is not written; name another", path=str(path)))

    def _stream(self, target: Target) -> Callable[[Scorecard], None]:
        sink = self._sinks[target.path] = self._open.enter_context(output.writing(target.path, force=self.force))
        if target.form == ".jsonl":
            from servaudit.render import jsonl  # noqa: PLC0415 - only what was asked for is loaded

            return lambda card: sink.write(jsonl.line(card))
        from servaudit.render import csv  # noqa: PLC0415 - same

        sink.write(csv.HEADER)
        return lambda card: sink.write(csv.rows(card))

    def _write(self, path: Path, content: bytes) -> None:
        self._refuse(path)
        output.write(path, content, force=self.force)


def _printable(path: Path) -> None:
    """Refuse a PDF before any work is done for it, where nothing can print one."""
    from servaudit.render import pdf  # noqa: PLC0415 - same

    try:
        pdf.browser()
    except pdf.PdfError as error:
        raise output.OutputError(path, error.reason) from error


def _ended(error: output.OutputError) -> WriteError:
    return WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason))
