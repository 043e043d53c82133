"""Every boundary case of Salford's key stages."""

from __future__ import annotations

from tests.metrics.cases import salford_entry, salford_far, salford_home, salford_leaving
from tests.metrics.cases.milestones import MilestoneCase

CASES: tuple[MilestoneCase, ...] = (*salford_entry.CASES, *salford_home.CASES, *salford_far.CASES, *salford_leaving.CASES)
