"""Everything `score` writes: streamed formats visit by visit, the others when all visits are known."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from servaudit import __version__
from servaudit.cli.exits import WriteError
from servaudit.cli.targets import SPOKEN, STREAMED, TEMPLATES, WHOLE, known, targets
from servaudit.diagnostics import msg
from servaudit.render import apart, output
from servaudit.render.errors import TemplateError
from servaudit.sources import STDIN, identity
from servaudit.sources.met import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from servaudit.audit import Audited
    from servaudit.cli.language import Speech
    from servaudit.cli.show import Show
    from servaudit.cli.targets import Target
    from servaudit.diagnostics import Diagnostic
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.document import Report
    from servaudit.report.explain import Step
    from servaudit.report.rows import Rows
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored

Rollups = list[tuple["RollupCard", "Standard"]]


class Outputs:
    """The files to write, each by its extension; nothing takes its name before it is whole.

    Visits are kept only where an output needs them all at once. Reports are made in each of `languages`; where none is
    given, in that of the first visit's standard. A `summary` of several visits, on however many standards, has none of
    them one by one; a single visit has nothing to sum up.
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
        self.languages, self.summary, self.force, self.as_json = languages, summary, force, as_json
        self.audited = 0
        self.written: list[Path] = []
        self._explaining = any(target.form in {".html", ".pdf"} for target in self.targets)
        self._whole = as_json or any(target.form in WHOLE for target in self.targets)
        self._kept: list[tuple[Scorecard, Standard]] = []
        self._explained: dict[str, list[Step]] = {}
        self._rows: dict[tuple[int, str], Rows] = {}  # by plan and language
        self._reports: dict[tuple[str, bool], Report] = {}  # by language, and whether visits are apart
        self._pages: dict[Path, int] = {}  # beside an overview
        self._problems: list[Diagnostic] = []
        self._streams: list[Callable[[Scorecard], None]] = []
        self._sinks: dict[Path, output.Output] = {}
        self.scored = 0
        self._open = ExitStack()
        self._inputs = Numbers()

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
        if self._whole:
            self._problems += audited.diagnostics
        self.scored += bool(audited.scored)
        for scored in audited.scored:
            try:
                for stream in self._streams:
                    stream(scored.card)
            except output.OutputError as error:
                raise _ended(error) from error
            if self._whole:
                self._kept.append((scored.card, scored.plan.standard))
            if self._explaining and not (self.summary and self.scored > 1):
                self._explain(scored.plan, scored)

    def finish(self, rollups: Rollups, show: Show) -> bool:
        """Write what needed all visits. Returns whether a template could not be used; the reason has been shown.

        Where nothing could be scored, nothing is written for people, and what is there stays; JSON is written, since it
        holds the reasons.
        """
        if self.as_json:
            show.json(self._json(rollups).decode())
        failed = False
        for target in self.targets:
            path, form = target.path, target.form
            if not self.scored and form != ".json" and self._spared(path, form, show):
                continue
            if form not in WHOLE:
                self.written.append(path)
                continue
            try:
                content = self._json(rollups) if form == ".json" else self._rendered(target, rollups)
                output.write(path, content, force=self.force)
                self.written.append(path)
                if form == ".html" and (count := apart.clear(path, self._pages.get(path, 0))):
                    folder = str(path.with_suffix(""))
                    show.note(msg("{folder}: pages of an earlier report removed: {count}", folder=folder, count=count))
            except TemplateError as error:
                show.diagnostics([error.diagnostic])
                failed = True
            except output.OutputError as error:
                raise _ended(error) from error
        return failed

    def _spared(self, path: Path, form: str, show: Show) -> bool:
        """Say of an output that nothing could be scored for whether it is left alone."""
        if path.is_file():
            if path in self._sinks:
                self._sinks[path].dropped = True
            show.note(msg("{path}: left as it was, since nothing could be scored", path=str(path)))
            return True
        if form in SPOKEN:
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

    def _json(self, rollups: Rollups, indent: int | None = 2) -> bytes:
        from servaudit.render import json  # noqa: PLC0415 - same

        return json.render(
            [card for card, _ in self._kept], [card for card, _ in rollups], self._problems, indent=indent
        )

    def _rendered(self, target: Target, rollups: Rollups) -> bytes:
        path, form, language = target.path, target.form, target.language or self._languages[0]
        template = self.templates.get(".html" if form == ".pdf" else form)
        if form == ".xlsx":
            from servaudit.render import xlsx  # noqa: PLC0415 - same

            return xlsx.render(self._report(language, rollups), template, folder=path.parent)
        from servaudit.render import html  # noqa: PLC0415 - same
        from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

        if form == ".pdf":  # nobody opens a folder of them: one document, however long
            return _printed(path, html.render(self._report(language, rollups, whole=True), template, photos=read_photo))
        report = self._report(language, rollups)
        if report.visits:
            return html.render(report, template, data=self._json(rollups, None), photos=read_photo)
        if self.summary:
            return html.render(report, template)
        pages = self._singles(path, language)
        return html.render(report.leading_to(pages), template)

    def _singles(self, path: Path, language: str) -> list[str]:
        """Write a page of each visit beside the overview at `path`; give their addresses on it."""
        from servaudit import report  # noqa: PLC0415 - same
        from servaudit.render import html, json  # noqa: PLC0415 - same
        from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

        reports = report.singles(
            self._kept, _translator(language), generator=_generator(), home=apart.home(path),
            explanations=self._explained.get(language, []),
        )  # fmt: skip
        number = 0
        for number, (visit, one) in enumerate(reports, 1):
            data = json.render([card for card, _ in visit], indent=None)
            target = apart.page(path, number)
            self._refuse(target)
            page = html.render(one, self.templates.get(".html"), data=data, photos=read_photo)
            output.write(target, page, force=self.force)
        self._pages[path] = number
        return [apart.address(path, one) for one in range(1, number + 1)]

    def _report(self, language: str, rollups: Rollups, *, whole: bool = False) -> Report:
        """Make the report in a language; a `whole` one shows every visit, however many, but for a summary."""
        from servaudit import report  # noqa: PLC0415 - same

        most = max(report.MOST, self.scored) if whole else report.MOST
        most = 1 if self.summary else most
        key = language, self.scored > most
        if key not in self._reports:
            self._reports[key] = report.build(
                self._kept,
                rollups,
                _translator(language),
                generator=_generator(),
                explanations=self._explained.get(language, []),
                most=most,
            )
        return self._reports[key]

    @property
    def _languages(self) -> Sequence[str]:
        """The languages of what people read; asked when a visit was scored."""
        return self.languages or (self._kept[0][1].language,)

    def _explain(self, plan: Plan, scored: Scored) -> None:
        """Explain a visit in every language while its workings are there: they are not kept."""
        from servaudit.report.explain import explain  # noqa: PLC0415 - same
        from servaudit.report.rows import Rows  # noqa: PLC0415 - same

        for language in self._languages:
            tr, key = _translator(language), (id(plan), language)
            if key not in self._rows:
                self._rows[key] = Rows(plan.standard, tr)
            self._explained.setdefault(language, []).append(explain(plan, scored, tr, self._rows[key]))


def _translator(language: str) -> Translator:
    from servaudit.i18n import translator  # noqa: PLC0415 - only reports need one

    return translator(language)


def _generator() -> str:
    return f"servaudit {__version__}"


def _printable(path: Path) -> None:
    """Refuse a PDF before any work is done for it, where nothing can print one."""
    from servaudit.render import pdf  # noqa: PLC0415 - same

    try:
        pdf.browser()
    except pdf.PdfError as error:
        raise output.OutputError(path, error.reason) from error


def _printed(path: Path, page: bytes) -> bytes:
    from servaudit.render import pdf  # noqa: PLC0415 - same

    try:
        return pdf.render(page)
    except pdf.PdfError as error:
        raise output.OutputError(path, error.reason) from error


def _ended(error: output.OutputError) -> WriteError:
    return WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason))
