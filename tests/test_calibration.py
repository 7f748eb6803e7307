"""Measures of trust in a confidence, its fit, and that no sign works in the wrong direction."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from qgraph.answering.weighing import DIRECTIONS, Signs, refuse_below
from qgraph.calibration import (
    area_under,
    brier,
    calibration_error,
    fit_logistic,
    log_loss,
    point_at,
    reliability,
    risk_coverage,
)
from qgraph.ontology import read_patterns

SURE = [0.9, 0.8, 0.3, 0.1]
RIGHT = [1.0, 0.0, 0.0, 1.0]


def test_reliability_by_hand() -> None:
    rows = reliability(SURE, RIGHT, 2)
    assert [(b.low, b.high, b.n) for b in rows] == [(0.0, 0.5, 2), (0.5, 1.0, 2)]
    assert [(b.confidence, b.right) for b in rows] == [(pytest.approx(0.2), 0.5), (pytest.approx(0.85), 0.5)]


def test_a_confidence_of_one_is_in_the_last_bin() -> None:
    assert reliability([1.0], [1.0], 5)[-1].high == 1.0


def test_calibration_error_by_hand() -> None:
    # |0.2 - 0.5| * 2/4 + |0.85 - 0.5| * 2/4
    assert calibration_error(SURE, RIGHT, bins=2) == pytest.approx(0.325)


def test_brier_and_log_loss_by_hand() -> None:
    assert brier(SURE, RIGHT) == pytest.approx((0.01 + 0.64 + 0.09 + 0.81) / 4)
    assert log_loss(SURE, RIGHT) == pytest.approx(-np.log([0.9, 0.2, 0.7, 0.1]).mean())


def test_risk_coverage_by_hand() -> None:
    curve = risk_coverage(SURE, RIGHT)
    told = {point.coverage: point.risk for point in curve}
    assert told[0.25] == 0.0 and told[0.5] == 0.5 and told[1.0] == 0.5
    assert told[0.75] == pytest.approx(2 / 3)
    assert point_at(curve, 0.5).coverage == 0.5


def test_the_best_order_has_the_least_area() -> None:
    assert area_under(risk_coverage(SURE, [1.0, 1.0, 0.0, 0.0])) < area_under(risk_coverage(SURE, RIGHT))


WEIGHTS = read_patterns("confidence")["weights"]
GOOD = Signs(score=1.0, coverage=0.9, told=0.9, like=0.9)


def test_every_sign_has_a_weight_in_its_direction() -> None:
    assert set(asdict(GOOD)) == set(DIRECTIONS) == set(WEIGHTS) - {"bias"}
    assert all(WEIGHTS[name] * direction >= 0 for name, direction in DIRECTIONS.items())


@pytest.mark.parametrize("name", [name for name, direction in DIRECTIONS.items() if direction])
def test_more_of_a_sign_moves_the_confidence_in_its_direction(name: str) -> None:
    more = replace(GOOD, **{name: getattr(GOOD, name) + 0.5})
    change = more.confidence(WEIGHTS) - GOOD.confidence(WEIGHTS)
    assert change * DIRECTIONS[name] >= 0


@pytest.mark.parametrize("name", ["year", "unit", "name", "absent"])
def test_a_grave_flaw_refuses_a_good_answer(name: str) -> None:
    flawed = replace(GOOD, **{name: 1.0})
    assert GOOD.confidence(WEIGHTS) >= refuse_below() > flawed.confidence(WEIGHTS)


def _drawn(n: int) -> tuple[np.ndarray, list[float]]:
    """Outcomes drawn from known weights: bias -1, a sign for (4), a flaw against (-2)."""
    chance = np.random.default_rng(5)
    signs = np.column_stack([chance.random(n), (chance.random(n) < 0.4).astype(float)])
    p = 1 / (1 + np.exp(-(-1.0 + signs @ np.array([4.0, -2.0]))))
    return signs, [float(x) for x in chance.random(n) < p]


def test_the_fit_finds_the_weights_behind_the_data() -> None:
    signs, outcomes = _drawn(4000)
    assert fit_logistic(signs, outcomes, [1, -1], ridge=0.0) == pytest.approx([-1.0, 4.0, -2.0], abs=0.4)


def test_the_fit_is_deterministic() -> None:
    signs, outcomes = _drawn(200)
    assert (fit_logistic(signs, outcomes, [1, -1]) == fit_logistic(signs, outcomes, [1, -1])).all()


def test_a_sign_never_changes_its_direction() -> None:
    # in these data the flaw goes with right answers
    signs = np.array([[0.5, 1.0]] * 20 + [[0.5, 0.0]] * 20)
    assert fit_logistic(signs, [1.0] * 20 + [0.0] * 20, [1, -1], ridge=0.001)[2] == 0.0


def test_a_sign_that_is_never_seen_keeps_its_prior_weight() -> None:
    signs, outcomes = _drawn(200)
    unseen = np.column_stack([signs, np.zeros(len(signs))])
    found = fit_logistic(unseen, outcomes, [1, -1, -1], ridge=0.01, prior=[1.0, -1.0, -6.0])
    assert found[3] == pytest.approx(-6.0)
