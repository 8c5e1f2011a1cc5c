"""All tables. Nobody outside `db` imports this package."""

from __future__ import annotations

from db.models import desk, people, plumbing, site
from db.models.shape import SHAPES, metadata

__all__ = ["SHAPES", "desk", "metadata", "people", "plumbing", "site"]
