"""Where the texts of a document are: all of them, and those that ask an auditor to judge something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args, get_type_hints

from servaudit.model.base import LANGUAGES, Document, Text
from servaudit.model.standard import Standard
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Path
    from servaudit.model.scale import Scale
    from servaudit.model.standard import Criterion, Section

_KEYS: Final = frozenset({"", *LANGUAGES})
LONGEST: Final = 2_000
"""Characters of a text that are looked at; no criterion is so long, and a text that is would take its time."""
PART: Final = r"[\w\u2010\u2011-]"
"""What a word is made of: “user-friendly” is not said with “friendly”."""
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


class Said(NamedTuple):
    """A text in one language. `text` is where it stands whole; `key` the language it is given under, `""` for none."""

    text: Path
    key: str
    language: str
    said: str

    @property
    def place(self) -> Path:
        """Where these very words stand."""
        return (*self.text, self.key) if self.key else self.text


class Question(NamedTuple):
    """What an auditor is asked, in one language. `words` are those said, with one kind of apostrophe and no quotations.

    Characters keep their places in `words`, unless the text is `spelled` with accents as characters of their own.
    `criterion` is None, and `scale` too, in a checklist that rewords one.
    """

    said: Said
    words: str
    spelled: bool
    criterion: Criterion | None = None
    scale: Scale | None = None

    def at(self, place: int) -> int | None:
        """Give a place in `words` as one in the text; None where that cannot be told."""
        return None if self.spelled else place


def texts(document: Document) -> Iterator[Said]:
    """Yield every text of a document."""
    own = getattr(document, "language", "")
    for place, key, said in _texts(document, ()):
        yield Said(place, key, key or own, said)


def questions(document: Document) -> Iterator[Question]:
    """Yield the texts of criteria, and of a checklist those it puts in their place."""
    own = getattr(document, "language", "")
    if isinstance(document, Standard):
        for criterion, place in criteria(document, ()):
            yield from _asked(criterion.text, (*place, "text"), own, criterion, scale_of(document, criterion))
        return
    for number, use in enumerate(getattr(document, "standards", ())):
        for audience, words in use.wording.items():
            for name, wording in words.items():
                if wording.text is not None:
                    yield from _asked(wording.text, ("standards", number, "wording", audience, name, "text"), own)


def criteria(group: Standard | Section, place: Path) -> Iterator[tuple[Criterion, Path]]:
    """Yield the criteria of a standard or section, and of the sections in it, with their places."""
    for number, criterion in enumerate(group.criteria):
        yield criterion, (*place, "criteria", number)
    for number, section in enumerate(group.sections):
        yield from criteria(section, (*place, "sections", number))


def _asked(
    text: Mapping[str, str], place: Path, own: str, criterion: Criterion | None = None, scale: Scale | None = None
) -> Iterator[Question]:
    for key, said in text.items():
        composed = unicodedata.normalize("NFC", said[:LONGEST])
        words = _QUOTED.sub(_blank, composed.replace("’", "'"))
        spelled = composed != said[:LONGEST]
        yield Question(Said(place, key, key or own, said), words, spelled, criterion, scale)


def _blank(quoted: re.Match[str]) -> str:
    """Leave a mark as long as what was quoted: what somebody says in an example is not what is asked."""
    return "…" * len(quoted[0])


def _texts(value: object, place: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield every text below a value: where it is, the language it is under (empty: none), and what it says."""
    if isinstance(value, Document):
        for name in _worded(type(value)):
            yield from _texts(getattr(value, name), (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, str) and name in _KEYS:
                yield place, name, item
            else:
                yield from _texts(item, (*place, name))


@lru_cache(maxsize=128)
def _worded(model: type[Document]) -> tuple[str, ...]:
    """Name the fields of a model that hold texts, or other models; ids, expressions and parameters are none."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name in model.model_fields if _holds(hints[name]))


def _holds(hint: Any) -> bool:  # noqa: ANN401 - a type hint may be anything
    if isinstance(hint, type):
        return issubclass(hint, Document)
    return bool(hint == Text) or any(map(_holds, get_args(hint)))
