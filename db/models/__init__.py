"""All tables. Nobody outside `db` imports this package."""

from __future__ import annotations

from db.models import care, desk, immunization, maternity, people, plumbing, recall, site
from db.models.shape import NAMED, SHAPES, metadata

__all__ = [
    "NAMED",
    "SHAPES",
    "care",
    "desk",
    "immunization",
    "maternity",
    "metadata",
    "people",
    "plumbing",
    "recall",
    "site",
]
