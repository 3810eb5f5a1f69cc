"""Grids for the tests of what is printed and taught: a small standard in both languages, and a checklist of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit import sources
from servaudit.checklists import Checklists
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.report.grid import grid_view
from servaudit.report.paper import sheet
from servaudit.report.training import booklet

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.report.paper import Sheet
    from servaudit.report.training import Booklet
    from servaudit.scoring.grid import Grid

STANDARD = """
kind: standard
id: shop
version: 1.2.0
language: fr
title: {fr: Boutique, en: Shop}
description: {fr: De la porte à la caisse., en: From the door to the till.}
parameters: {long: 300, open: true}
context: {big: {type: bool, title: {fr: Grande boutique, en: Large shop}}, staff: {type: number}}
facets: {stage: {values: {hello: {fr: Accueil, en: Welcome}}}}
scales:
  often:
    choices: {often: {points: 1, label: {fr: Souvent, en: Often}}, never: {points: 0, label: {fr: Jamais, en: Never}}}
sections:
  - id: welcome
    title: {fr: Accueil, en: Welcome}
    criteria:
      - id: smile
        text: {fr: Le sourire est là., en: There is a smile.}
        guidance: {fr: Une réponse par personne., en: One answer per person.}
        why: {fr: Il s’entend au téléphone., en: It is heard on the phone.}
        examples: {good: {fr: « Bonjour ! », en: Good morning!}, bad: {fr: « Suivant ! », en: Next!}}
        pictures: {good: smile.png}
        scale: often
        repeat: mean
        facets: {stage: hello}
      - id: wait
        text: {fr: L’attente est courte., en: The wait is short.}
        scale: {curve: [[180, 1], [600, 0]], unit: s}
        repeat: mean
        severity: major
        facets: {stage: hello}
      - {id: told, text: {fr: L’attente est dite., en: The wait is told.}, applies_when: answers.wait > parameters.long,
         why: {fr: Elle paraît plus courte., en: It feels shorter.}, facets: {stage: hello}}
      - {id: lift, text: {fr: L’ascenseur marche., en: The lift works.},
         applies_when: context.big and answers.smile == 'often',
         why: {fr: Tous n’ont pas des jambes., en: Not all can climb.}}
    sections:
      - id: rooms
        title: {fr: Salles, en: Rooms}
        repeat: worst
        applies_when: context.staff >= 2
        criteria:
          - {id: clean, text: {fr: La salle est propre., en: The room is clean.}, severity: critical,
             evidence: {require: photo}, examples: {good: {fr: Balayée, en: Swept}, bad: {fr: Papiers, en: Litter}}}
          - {id: mark, text: {fr: Quelle note ?, en: What mark?}, scale: {range: [0, 10], max: 10}, bonus: true}
  - id: closing
    title: {fr: Clôture, en: Closing}
    criteria:
      - {id: thanks, text: {fr: On remercie., en: Thanks are said.}, policies: {not_applicable: forbid},
         examples: {good: {fr: Merci !, en: Thank you!}, bad: {fr: Au suivant, en: Off you go}}}
      - {id: rest, text: {fr: On demande le reste., en: The rest is asked.},
         scale: {steps: [[0, 1], [1, 0.5], [null, 0]], unit: count}}
      - {id: seen, text: {fr: Qu’avez-vous vu ?, en: What did you see?},
         scale: {choices: {a: 1, b: 1, c: null}, multiple: true}}
      - {id: said, text: {fr: Une phrase., en: A sentence.}, scale: {info: text}}
      - {id: day, text: {fr: Quel jour ?, en: What day?}, scale: {info: date}}
"""
CHECKLIST = """
kind: checklist
id: mystery
version: 1.0.0
language: fr
title: {fr: Visite mystère, en: Mystery visit}
scenario: {fr: Vous cherchez un cadeau., en: You look for a present.}
standards:
  - {standard: shop, version: ^1.0, include: {sections: closing}}
  - {standard: desk, version: ^1.0}
visit:
  site: {required: true, choices: {lyon: Lyon, brest: {fr: Brest (port), en: Brest harbour}}}
  date: {required: true}
"""
DESK = "kind: standard\nid: desk\nversion: 1.0.0\nlanguage: en\ntitle: Desk\ncriteria: [{id: tidy, text: Tidy}]\n"


def opened(
    folder: Path, name: str = "shop.yaml", audience: str = "auditor", standard: str = STANDARD, desk: str = DESK
) -> Grid:
    """Write the documents into a folder and open one of them."""
    for file, text in (("shop.yaml", standard), ("mystery.yaml", CHECKLIST), ("desk.yaml", desk)):
        (folder / file).write_text(text, "utf-8")
    found = Checklists(Library(), audience).open(sources.read(folder / name))  # type: ignore[arg-type]
    assert found.grid is not None, found.diagnostics
    return found.grid


def sheet_of(grid: Grid, language: str = "fr") -> Sheet:
    """Lay a grid out for paper."""
    tr = translator(language)
    return sheet(grid, grid_view(grid, tr), tr, generator="servaudit 1.0")


def booklet_of(grid: Grid, audience: str = "trainer", language: str = "fr") -> Booklet:
    """Make a booklet of a grid."""
    tr = translator(language)
    return booklet(grid, grid_view(grid, tr), tr, generator="servaudit 1.0", audience=audience)  # type: ignore[arg-type]
