"""Says what measured values are worth on a scale: the points of its curve or of its steps, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.model.scale import Curve, Steps

if TYPE_CHECKING:
    from servaudit.i18n import Translator
    from servaudit.model.scale import Scale
    from servaudit.report.figures import Figures

_MANY = 20


def worth(scale: Scale | None, figures: Figures, tr: Translator) -> str | None:
    """Say a curve or steps: `2 min → 1 · 5 min → 0`; None for another scale, and for more bounds than anybody reads."""
    if isinstance(scale, Curve) and len(scale.curve) <= _MANY:
        knots = [f"{figures.measured(x, scale.unit)} → {tr.number(y)}" for x, y in sorted(map(tuple, scale.curve))]
        return tr.t("curve: {knots}, in a straight line from one to the next", knots=" · ".join(knots))
    if isinstance(scale, Steps) and len(scale.steps) <= _MANY:
        steps = [
            tr.t("beyond → {points}", points=points or 0.0) if bound is None
            else tr.t("up to {bound} → {points}", bound=figures.measured(bound, scale.unit), points=points or 0.0)
            for bound, points in scale.steps
        ]  # fmt: skip
        return tr.t("steps: {steps}", steps=" · ".join(steps))
    return None
