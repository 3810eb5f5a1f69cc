"""The reports of all visits: their data, and what people read, in each language and by each template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit import __version__
from servaudit.diagnostics import msg
from servaudit.render import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from servaudit.audit import Audited
    from servaudit.cli.language import Speech
    from servaudit.cli.targets import Target
    from servaudit.diagnostics import Diagnostic, Message
    from servaudit.i18n import Translator
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.document import Report
    from servaudit.report.explain import Step
    from servaudit.report.rows import Rows
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.visit import Scored

    Write = Callable[[Path, bytes], None]

Rollups = list[tuple["RollupCard", "Standard"]]
GENERATOR = f"servaudit {__version__}"


class Reports:
    """Keeps visits, and makes reports of them in each of `languages`: where there is none, in the first standard's.

    `templates` are users' own, by extension. A `summary` of several visits, on however many standards, has none of them
    one by one; a single visit has nothing to sum up. `explaining`: pages unfold how each figure came about.
    """

    def __init__(
        self, languages: Sequence[Speech], templates: Mapping[str, Path], *, summary: bool, explaining: bool
    ) -> None:
        self.languages, self.templates, self.summary, self.explaining = languages, templates, summary, explaining
        self.visits = 0
        self._kept: list[tuple[Scorecard, Standard]] = []
        self._explained: dict[str, list[Step]] = {}
        self._rows: dict[tuple[int, str], Rows] = {}  # by plan and language
        self._made: dict[tuple[str, bool], Report] = {}  # by language, and whether visits are apart
        self._problems: list[Diagnostic] = []

    def add(self, audited: Audited) -> None:
        """Take one visit, or the reasons why it is none."""
        self._problems += audited.diagnostics
        self.visits += bool(audited.scored)
        for scored in audited.scored:
            self._kept.append((scored.card, scored.plan.standard))
            if self.explaining and not (self.summary and self.visits > 1):
                self._explain(scored.plan, scored)

    def write(self, target: Target, rollups: Rollups, write: Write) -> Iterator[Message]:
        """Make one report and `write` it; yield what is to be said of it. Raises TemplateError, OutputError."""
        match target.form:
            case ".json":
                write(target.path, self.data(rollups))
            case ".xlsx":
                yield from self._workbook(target, rollups, write)
            case ".pdf":
                write(target.path, self._pdf(target, rollups))
            case _:
                yield from self._page(target, rollups, write)

    def data(self, rollups: Rollups, indent: int | None = 2) -> bytes:
        """Write the scorecards of all visits as JSON."""
        from servaudit.render import json  # noqa: PLC0415 - only what was asked for is loaded

        return json.render(
            [card for card, _ in self._kept], [card for card, _ in rollups], self._problems, indent=indent
        )

    def _workbook(self, target: Target, rollups: Rollups, write: Write) -> Iterator[Message]:
        from servaudit.render import xlsx  # noqa: PLC0415 - same

        report, template = self._report(target, rollups), self.templates.get(".xlsx")
        write(target.path, xlsx.render(report, template, folder=target.path.parent))
        if template is not None and xlsx.overlooks(report, template):
            yield msg(
                "{path}: without visits one by one, what its template shows of “report.visits” is missing; let it show "
                "“report.missed” or “report.data”", path=str(target.path),
            )  # fmt: skip

    def _pdf(self, target: Target, rollups: Rollups) -> bytes:
        """Print every visit, however many: nobody opens a folder of them."""
        from servaudit.render import html, pdf  # noqa: PLC0415 - same
        from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

        report = self._report(target, rollups, whole=True)
        page = html.render(report, self.templates.get(".html"), photos=read_photo)
        try:
            return pdf.render(page)
        except pdf.PdfError as error:
            raise output.OutputError(target.path, error.reason) from error

    def _page(self, target: Target, rollups: Rollups, write: Write) -> Iterator[Message]:
        """Write the page, and of very many visits one of each beside it; clear away those of an earlier report."""
        from servaudit.render import apart, html  # noqa: PLC0415 - same
        from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

        path, template = target.path, self.templates.get(".html")
        report, pages = self._report(target, rollups), 0
        if report.visits:
            page = html.render(report, template, data=self.data(rollups, None), photos=read_photo)
        else:
            for pages, single in enumerate(() if self.summary else self._singles(target, apart.home(path)), 1):
                write(apart.page(path, pages), single)
            addresses = [apart.address(path, number) for number in range(1, pages + 1)]
            page = html.render(report.leading_to(addresses) if addresses else report, template)
        write(path, page)
        if removed := apart.clear(path, pages):
            folder = str(path.with_suffix(""))
            yield msg("{folder}: pages of an earlier report removed: {count}", folder=folder, count=removed)

    def _singles(self, target: Target, home: str) -> Iterator[bytes]:
        from servaudit import report  # noqa: PLC0415 - same
        from servaudit.render import html, json  # noqa: PLC0415 - same
        from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

        language = self._language(target)
        reports = report.singles(
            self._kept, _translator(language), generator=GENERATOR, home=home,
            explanations=self._explained.get(language, []),
        )  # fmt: skip
        for visit, one in reports:
            data = json.render([card for card, _ in visit], indent=None)
            yield html.render(one, self.templates.get(".html"), data=data, photos=read_photo)

    def _report(self, target: Target, rollups: Rollups, *, whole: bool = False) -> Report:
        """Make the report in a target's language; a `whole` one shows every visit, however many, but for a summary."""
        from servaudit import report  # noqa: PLC0415 - same

        language = self._language(target)
        most = max(report.MOST, self.visits) if whole else report.MOST
        most = 1 if self.summary else most
        key = language, self.visits > most
        if key not in self._made:
            self._made[key] = report.build(
                self._kept,
                rollups,
                _translator(language),
                generator=GENERATOR,
                explanations=self._explained.get(language, []),
                most=most,
            )
        return self._made[key]

    def _language(self, target: Target) -> str:
        return target.language or self._spoken[0]

    @property
    def _spoken(self) -> Sequence[str]:
        return self.languages or (self._kept[0][1].language,)

    def _explain(self, plan: Plan, scored: Scored) -> None:
        """Explain a visit in every language while its workings are there: they are not kept."""
        from servaudit.report.explain import explain  # noqa: PLC0415 - same
        from servaudit.report.rows import Rows  # noqa: PLC0415 - same

        for language in self._spoken:
            tr, key = _translator(language), (id(plan), language)
            if key not in self._rows:
                self._rows[key] = Rows(plan.standard, tr)
            self._explained.setdefault(language, []).append(explain(plan, scored, tr, self._rows[key]))


def _translator(language: str) -> Translator:
    from servaudit.i18n import translator  # noqa: PLC0415 - only reports need one

    return translator(language)
