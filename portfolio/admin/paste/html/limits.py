"""Resource limits for one paste."""

from __future__ import annotations

from portfolio.documents.limits import Limits

PASTE_LIMITS = Limits(cpu_seconds=8, wall_seconds=30)
