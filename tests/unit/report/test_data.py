"""The rows of a report's data: what they share among visits is never another visit's."""

from pathlib import Path

import pytest

from servaudit import report, sources
from servaudit.audit import Audit
from servaudit.i18n import translator
from servaudit.library import Library
from servaudit.report.words import cleaned

EXAMPLES = Path(__file__).parents[3] / "examples"
FOLDERS = [EXAMPLES / "centre_appels" / "ecoutes", EXAMPLES / "agence" / "visites", EXAMPLES / "hygiene"]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.parent.name)
def visits(request):
    audit = Audit(Library())
    files = [sources.read(str(path)) for path in sorted(request.param.rglob("*.yaml"))]
    audited = [audit.visit(source) for source in files if sources.said_kind(source) == "observation"]
    return [(scored.card, scored.plan.standard) for one in audited for scored in one.scored]


@pytest.fixture(scope="module")
def data(visits):
    return report.build(visits, [], translator("en"), generator="x").data


def rounded(value):
    return None if value is None else round(value, 9)


def test_each_visit_has_its_own_weights_costs_and_notes(visits, data):
    assert len(data) == len(visits) > 1
    for (card, _), visit in zip(visits, data, strict=True):
        rows = iter(visit.answers)
        for score in card.criteria:
            for row in [next(rows) for _ in range(len(score.readings) or 1)]:
                said = row.judged
                assert (said.criterion, said.outcome, said.severity) == (score.path, score.outcome, score.severity)
                assert (said.points, said.max_points, said.score) == tuple(
                    map(rounded, (score.points, score.max_points, score.score))
                )
                assert row.weighed == (rounded(score.effective_weight), rounded(score.lost))
                assert row.note == cleaned(score.note)
        assert next(rows, None) is None


def test_a_visit_says_which_it_is_by_its_file_too(visits, data):
    for (card, standard), visit in zip(visits, data, strict=True):
        assert (visit.id, visit.observation) == (card.visit.id, card.observation.path)
        assert visit.standard == f"{standard.id}@{standard.version}"
        assert len(visit.answers) == len(list(visit.answers))


def test_visits_share_what_was_judged_alike(data):
    rows = [row for visit in data for row in visit.answers]
    assert len({id(row.judged) for row in rows}) < len(rows)
    assert len({id(row.weighed) for row in rows}) < len(rows)
