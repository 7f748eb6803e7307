"""Confidences held against what was right: reliability, Brier score, risk and coverage; and a logistic fit with
signs fixed.

Outcomes are scores in [0, 1] (1 right, 0 wrong, between for half a list), weights say how much a trial counts.
Sources: Platt 1999 and Niculescu-Mizil & Caruana 2005 (calibration); Naeini et al. 2015 (ECE); El-Yaniv & Wiener
2010, Geifman & El-Yaniv 2017 (risk and coverage, AURC).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

BINS = 10
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Bin:
    """Trials with a confidence in [low, high), in the last bin also high itself: their number, mean confidence and
    the share that was right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only at a confidence of at least `least`: share of all questions answered, and of these the share
    answered wrong (the risk)."""

    least: float
    coverage: float
    risk: float


def reliability(confidences: Sequence[float], outcomes: Sequence[float], bins: int = BINS) -> tuple[Bin, ...]:
    """Reliability table in bins of equal width; empty ones are left out."""
    p, y = _arrays(confidences, outcomes)
    at = np.minimum((p * bins + 1e-9).astype(int), bins - 1)
    return tuple(
        Bin(b / bins, (b + 1) / bins, int((at == b).sum()), float(p[at == b].mean()), float(y[at == b].mean()))
        for b in range(bins)
        if (at == b).any()
    )


def calibration_error(
    confidences: Sequence[float], outcomes: Sequence[float], weights: Sequence[float] | None = None, bins: int = BINS
) -> float:
    """Expected calibration error: mean distance, over the trials, of a bin's confidence from its share right."""
    p, y = _arrays(confidences, outcomes)
    w = _shares(len(p), weights)
    at = np.minimum((p * bins + 1e-9).astype(int), bins - 1)
    return float(sum(abs(((p - y) * w)[at == b].sum()) for b in range(bins)))


def brier(confidences: Sequence[float], outcomes: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Mean squared distance of confidence and outcome."""
    p, y = _arrays(confidences, outcomes)
    return float((_shares(len(p), weights) * (p - y) ** 2).sum())


def log_loss(confidences: Sequence[float], outcomes: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Mean negative log likelihood of the outcomes, in nats; confidences are kept a millionth away from 0 and 1."""
    p, y = _arrays(confidences, outcomes)
    p = np.clip(p, _TINY, 1 - _TINY)
    return float(-(_shares(len(p), weights) * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum())


def risk_coverage(
    confidences: Sequence[float], outcomes: Sequence[float], weights: Sequence[float] | None = None
) -> tuple[Point, ...]:
    """The risk-coverage curve, from the surest trial to all; trials of one confidence are one point."""
    p, y = _arrays(confidences, outcomes)
    if not len(p):
        return ()
    order = np.argsort(-p, kind="stable")
    w = _shares(len(p), weights)[order]
    covered, wrong = np.cumsum(w), np.cumsum(w * (1 - y[order]))
    last = np.append(np.flatnonzero(np.diff(p[order])), len(p) - 1)
    return tuple(
        Point(float(p[order][i]), float(covered[i]), float(wrong[i] / covered[i]) if covered[i] else 0.0) for i in last
    )


def area_under(curve: Sequence[Point]) -> float:
    """AURC: mean risk over coverages from nothing to all; within a step of equal confidence the risk is its end's."""
    before = 0.0
    area = 0.0
    for point in curve:
        area += (point.coverage - before) * point.risk
        before = point.coverage
    return area / before if before else 0.0


def point_at(curve: Sequence[Point], least: float) -> Point:
    """Coverage and risk when what is below a confidence is refused."""
    inside = [p for p in curve if p.least >= least]
    return Point(least, inside[-1].coverage, inside[-1].risk) if inside else Point(least, 0.0, 0.0)


def fit_logistic(
    features: Array,
    outcomes: Sequence[float],
    directions: Sequence[int],
    *,
    weights: Sequence[float] | None = None,
    ridge: float = 0.01,
    prior: Sequence[float] | None = None,
    steps: int = 20_000,
) -> Array:
    """Bias and weights, (1 + n,), of the logistic function that minimises the mean log loss plus ridge/2 times the
    squared distance of the weights from `prior` (0 if not given).

    `features` is (trials, n). A weight whose direction is +1 is never below 0, one of -1 never above; the bias and
    weights of direction 0 are free. Accelerated projected gradients with restarts, from one start: the same data give
    the same weights.
    """
    x = np.hstack([np.ones((len(features), 1)), features])
    y, share = np.asarray(outcomes, dtype=float), _shares(len(features), weights)
    sign = np.array([0, *directions])
    centre = np.zeros(x.shape[1]) if prior is None else np.array([0.0, *prior])
    pull = np.array([0.0, *[ridge] * features.shape[1]])
    length = 1 / (0.25 * np.linalg.eigvalsh((x * share[:, None]).T @ x)[-1] + ridge)

    def bound(w: Array) -> Array:
        return np.where(sign > 0, np.maximum(w, 0), np.where(sign < 0, np.minimum(w, 0), w))

    at = ahead = bound(centre)
    speed = 1.0
    for _ in range(steps):
        slope = x.T @ (share * (logistic(x @ ahead) - y)) + pull * (ahead - centre)
        following = bound(ahead - length * slope)
        if np.abs(following - at).max() < 1e-9 and np.abs(following - ahead).max() < 1e-9:
            return following
        if (slope * (following - at)).sum() > 0:  # the step runs uphill: the swing is taken out
            ahead, speed = at, 1.0
            at = bound(at - length * (x.T @ (share * (logistic(x @ at) - y)) + pull * (at - centre)))
            ahead = at
            continue
        faster = (1 + (1 + 4 * speed**2) ** 0.5) / 2
        ahead, at, speed = following + (speed - 1) / faster * (following - at), following, faster
    return at


def logistic(z: Array) -> Array:
    """Logits as confidences."""
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -40, 40))), dtype=np.float64)


def _arrays(confidences: Sequence[float], outcomes: Sequence[float]) -> tuple[Array, Array]:
    return np.asarray(confidences, dtype=float), np.asarray(outcomes, dtype=float)


def _shares(n: int, weights: Sequence[float] | None) -> Array:
    """Weights that add up to 1, the same for all where none are given."""
    if not n:
        return np.zeros(0)
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    return np.asarray(w / w.sum(), dtype=np.float64)


def as_rows(items: Sequence[Bin | Point]) -> list[Mapping[str, float]]:
    """Bins or points as rows for JSON."""
    return [{name: round(getattr(item, name), 4) for name in item.__slots__} for item in items]
