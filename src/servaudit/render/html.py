"""Writes a report as one HTML page that needs no network, from a Jinja template and its style sheet.

What people typed is text and stays text: everything is escaped, the page's policy allows its own style sheet and
script and nothing else, and templates run in a sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from servaudit import resources
from servaudit.diagnostics import Diagnostic, Span, msg
from servaudit.i18n import translator
from servaudit.render.errors import TemplateError
from servaudit.render.photos import Photo, Photos
from servaudit.render.sandbox import Sandbox
from servaudit.report import view
from servaudit.report.explain import Step
from servaudit.report.radar import Radar, Spoke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servaudit.render.photos import Reader
    from servaudit.report.view import EvidenceRow, Report, VisitView

NAME = "report.html"
STYLE = "report.css"
SCRIPT = "report.js"
_FAULTS = (JinjaError, ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError)


def render(
    report: Report, template: Path | None = None, *, data: bytes | None = None, photos: Reader | None = None
) -> bytes:
    """Write the page; the same report gives the same bytes.

    `template` is a user's own page; what it includes (`report.css` too) is looked for beside it, then among the
    bundled templates. `data` is a JSON document to carry in the page; `photos` reads a file beside an observation, so
    that photos are carried too. Raises TemplateError.
    """
    environment = _environment(template.parent if template else None)
    words = translator(report.language)
    name = template.name if template else NAME
    environment.start()
    try:
        style = environment.get_template(STYLE).render(report=report)
        script = environment.get_template(SCRIPT).render()
        page: str = environment.get_template(name).render(
            report=report,
            _=words.t,
            ngettext=words.n,
            style=Markup(style),  # noqa: S704 - a file of the template's author, not of an auditor
            script=Markup(script),  # noqa: S704 - same
            policy=_policy(style, script),
            photos=_photos(photos),
            data=_json(data) if data else None,
        )
    except _FAULTS as error:
        raise TemplateError(_diagnostic(error, template)) from error
    return page.encode("utf-8", "replace")


class _Environment(Sandbox):
    """The sandbox, which lets the view model's own fields pass unasked: they are data, and asking doubles the time."""

    fields: ClassVar[dict[type, frozenset[str]]] = {
        kind: frozenset(getattr(kind, "_fields", ()) or getattr(kind, "__dataclass_fields__", ()))
        for kind in (*vars(view).values(), Step, Radar, Spoke, Photo)
        if isinstance(kind, type)
    }

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Give an attribute to a template."""
        if attribute in self.fields.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@cache
def _environment(folder: Path | None) -> Sandbox:
    """Make the environment of a folder of templates, where each is compiled once."""

    def load(name: str) -> tuple[str, str, None]:
        for place in (folder, resources.templates()):
            file = place.joinpath(name) if place and _plain(name) else None
            if file is not None and file.is_file():
                return file.read_text("utf-8"), str(file), None
        raise TemplateNotFound(name)

    environment = _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["css"] = _css
    return environment


def _plain(name: str) -> bool:
    """Tell whether a template's name stays in its folder."""
    return not {"", ".", ".."} & set(name.split("/")) and "\\" not in name and ":" not in name


def _policy(style: str, script: str) -> str:
    """Allow this style sheet, this script and pictures carried in the page, and nothing else."""
    own, code = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{own}'; script-src 'sha256-{code}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _photos(read: Reader | None) -> Callable[[VisitView, EvidenceRow], Photo | None]:
    """Give templates a way to ask for the photo of a visit's evidence."""
    taken = Photos(read or (lambda _observation, _path: None))
    return lambda visit, file: taken.take(visit.identity.observation_path, file.path) if file.sha256 else None


def _css(text: str) -> Markup:
    """Write a text as a string of a style sheet, which nothing in it can end."""
    letters = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{"".join(letters)}"')  # noqa: S704 - only letters, digits and escapes


def _json(data: bytes) -> Markup:
    """Write JSON on one line, and so that nothing in it can end the element it stands in."""
    line = re.sub(r"\n *", "", data.decode("utf-8"))  # no string of JSON has a line feed of its own
    text = line.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
    return Markup(text)  # noqa: S704 - no `<` is left in it


def _diagnostic(error: Exception, template: Path | None) -> Diagnostic:
    """Say where a template is at fault: the deepest of its lines that the error went through."""
    file, line = str(template or NAME), 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    trace = error.__traceback__
    while trace is not None and not isinstance(error, TemplateSyntaxError):
        name = trace.tb_frame.f_code.co_filename
        if not name.endswith(".py") and "<" not in name:
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    message = msg("this template cannot be rendered: {reason}", reason=str(error) or type(error).__name__)
    return Diagnostic("template", Span(file, line, 1, 2) if line else file, message)
