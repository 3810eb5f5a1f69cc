"""The promise that versions make: a patch or a minor version never moves the result of a visit made before it."""

from hypothesis import given
from hypothesis import strategies as st

from servaudit.change.difference import compare
from servaudit.model.scale import Choice, Choices
from servaudit.model.standard import Criterion, Section
from servaudit.scoring.planner import compile_standard
from standards_drawn import SCALES, answers, standards
from visits import scored

POINTS = st.sampled_from([-9, 0.5, 9, None])


def edited(draw, node, names, kinds):
    """Change a standard or a section: texts, weights, answers of scales, new criteria and sections, as `kinds` says."""
    criteria = [_other(draw, each, kinds) for each in node.criteria]
    sections = [edited(draw, each, names, kinds) for each in node.sections]
    if "added" in kinds and draw(st.booleans()):
        criteria.insert(draw(st.integers(0, len(criteria))), _new(draw, names))
    if "added" in kinds and draw(st.integers(0, 3)) == 0:
        name = f"new{next(names)}"
        sections.append(Section(id=name, title=name, criteria=[_new(draw, names)], weight=draw(st.integers(0, 3))))
    return node.model_copy(update={"criteria": criteria, "sections": sections})


KINDS = st.sets(st.sampled_from(["text", "weight", "answer", "added"]), min_size=1, max_size=2)


def _new(draw, names):
    scale = SCALES[draw(st.sampled_from(sorted(SCALES)))][0]
    severity = draw(st.sampled_from(["minor", "critical"]))
    name = f"new{next(names)}"
    return Criterion(id=name, text=name, scale=scale, severity=severity, weight=draw(st.integers(0, 3)))


def _other(draw, criterion, kinds):
    kind = draw(st.sampled_from(sorted(kinds)))
    if kind == "text":
        return criterion.model_copy(update={"text": {"": "other"}})
    if kind == "weight":
        return criterion.model_copy(update={"weight": draw(st.sampled_from([criterion.weight, 7.0]))})
    if kind == "answer" and isinstance(criterion.scale, Choices) and draw(st.booleans()):
        more = {**criterion.scale.choices, "extra": Choice(points=draw(POINTS))}
        return criterion.model_copy(update={"scale": criterion.scale.model_copy(update={"choices": more})})
    return criterion


@given(st.data())
def test_what_is_no_major_change_moves_no_result(data):
    plan = data.draw(standards(policies=True))
    given_answers = data.draw(answers(plan))
    new = compile_standard(edited(data.draw, plan.standard, iter(range(1000)), data.draw(KINDS)))
    before, after = scored(plan, given_answers).result, scored(new, given_answers).result
    if compare(plan, new).level != "major":
        assert (after.figures, after.verdict, after.level, after.reason) == (
            before.figures, before.verdict, before.level, before.reason,
        )  # fmt: skip


@given(st.data())
def test_a_standard_compared_with_itself_has_no_change_and_a_change_there_is_one_back(data):
    plan = data.draw(standards(policies=True))
    new = compile_standard(edited(data.draw, plan.standard, iter(range(1000)), data.draw(KINDS)))
    assert compare(plan, plan).changes == ()
    there, back = compare(plan, new).changes, compare(new, plan).changes
    assert bool(there) == bool(back) == (plan.standard != new.standard)
