"""Writes a report as one HTML page that needs no network, from a Jinja template and its style sheet.

What people typed is text and stays text: everything is escaped, the page's policy allows its own style sheet and
script and nothing else, and templates run in a sandbox.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from servaudit.render import page as pages
from servaudit.render.photos import Photo, Photos
from servaudit.report import document, view
from servaudit.report.explain import Step
from servaudit.report.radar import Radar, Spoke

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servaudit.render.photos import Reader
    from servaudit.report.document import Report
    from servaudit.report.view import EvidenceRow, VisitView

NAME = "report.html"
STYLE = "report.css"
SCRIPT = "report.js"
pages.known((*vars(view).values(), *vars(document).values(), Step, Radar, Spoke, Photo))


def render(
    report: Report, template: Path | None = None, *, data: bytes | None = None, photos: Reader | None = None
) -> bytes:
    """Write the page; the same report gives the same bytes.

    `template` is a user's own page; what it includes (`report.css` too) is looked for beside it, then among the
    bundled templates. `data` is a JSON document to carry in the page; `photos` reads a file beside an observation, so
    that photos are carried too. Raises TemplateError.
    """
    return pages.compose(
        NAME,
        report.language,
        style=STYLE,
        script=SCRIPT,
        template=template,
        report=report,
        photos=_photos(photos),
        data=_json(data) if data else None,
    )


def _photos(read: Reader | None) -> Callable[[VisitView, EvidenceRow], Photo | None]:
    """Give templates a way to ask for the photo of a visit's evidence."""
    taken = Photos(read or (lambda _observation, _path: None))
    return lambda visit, file: taken.take(visit.identity.observation_path, file.path) if file.sha256 else None


def _json(data: bytes) -> Markup:
    """Write JSON on one line, and so that nothing in it can end the element it stands in."""
    line = re.sub(r"\n *", "", data.decode("utf-8"))  # no string of JSON has a line feed of its own
    text = line.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
    return Markup(text)  # noqa: S704 - no `<` is left in it
