"""Makes pages of Jinja templates: a sandbox, everything escaped, a policy that allows the page's own parts alone.

What people typed is text and stays text; a page needs no network and asks for none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from servaudit import resources
from servaudit.diagnostics import Diagnostic, Span, msg
from servaudit.i18n import translator
from servaudit.render.errors import TemplateError
from servaudit.render.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FAULTS: Final = (
    JinjaError, ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_COMMENT: Final = re.compile(r"^\s*(?://.*|/\*[^*]*\*/\s*)$", re.MULTILINE)
_FIELDS: dict[type, frozenset[str]] = {}


def known(kinds: Iterable[object]) -> None:
    """Let the fields of view models pass the sandbox unasked: they are data, and asking doubles the time."""
    for kind in kinds:
        if isinstance(kind, type) and kind not in _FIELDS:
            _FIELDS[kind] = frozenset(getattr(kind, "_fields", ()) or getattr(kind, "__dataclass_fields__", ()))


class _Environment(Sandbox):
    """The sandbox, which lets known fields pass."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Give an attribute to a template."""
        if attribute in _FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def compose(
    name: str,
    language: str,
    *,
    style: str,
    script: str | None = None,
    template: Path | None = None,
    **values: object,
) -> bytes:
    """Make a page of the template called `name`, with its style sheet and script; the same values, the same bytes.

    `template` is a user's own page, used instead; what it includes is looked for beside it, then among the bundled
    templates. Raises TemplateError.
    """
    environment = _environment(template.parent if template else None)
    words = translator(language)
    said = {"_": words.t, "ngettext": words.n, **values}
    environment.start()
    try:
        sheet = environment.get_template(style).render(said)
        code = environment.get_template(script).render() if script else ""
        page: str = environment.get_template(template.name if template else name).render(
            said,
            style=Markup(sheet),  # noqa: S704 - a file of the template's author, not of an auditor
            script=Markup(code),  # noqa: S704 - same
            policy=_policy(sheet, code),
        )
    except _FAULTS as error:
        raise TemplateError(_fault(error, str(template or name))) from error
    return page.encode("utf-8", "replace")


@cache
def _environment(folder: Path | None) -> Sandbox:
    """Make the environment of a folder of templates, before the bundled ones; each template is compiled once."""

    def load(name: str) -> tuple[str, str, None]:
        for place in (folder, resources.templates()):
            file = place.joinpath(name) if place and _plain(name) else None
            if file is not None and file.is_file():
                return file.read_text("utf-8"), str(file), None
        raise TemplateNotFound(name)

    made = _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["css"] = _css
    made.filters["lean"] = _lean
    return made


def _policy(style: str, script: str) -> str:
    """Allow this style sheet, this script and pictures carried in the page, and nothing else."""
    own, code = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{own}'; script-src 'sha256-{code}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fault(error: Exception, name: str) -> Diagnostic:
    """Say where a template, called `name`, is at fault: the deepest of its lines that the error went through."""
    file, line = name, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    trace = error.__traceback__
    while trace is not None and not isinstance(error, TemplateSyntaxError):
        place = trace.tb_frame.f_code.co_filename
        if not place.endswith(".py") and "<" not in place:
            file, line = place, trace.tb_lineno
        trace = trace.tb_next
    message = msg("this template cannot be rendered: {reason}", reason=str(error) or type(error).__name__)
    return Diagnostic("template", Span(file, line, 1, 2) if line else file, message)


def _plain(name: str) -> bool:
    """Tell whether a template's name stays in its folder."""
    return not {"", ".", ".."} & set(name.split("/")) and "\\" not in name and ":" not in name


def _lean(text: str) -> Markup:
    """Leave out of a script or style sheet what only its authors read: comments on lines of their own, and indents."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704 - a file of the template's author


def _css(text: str) -> Markup:
    """Write a text as a string of a style sheet, which nothing in it can end."""
    letters = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{"".join(letters)}"')  # noqa: S704 - only letters, digits and escapes
