"""Full-width views of the services of the life cycle. A new one is a module here and a line in VIEWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.page import Context
from ui.parts.care.view import CareView

VIEWS: Mapping[str, Callable[[Context], CareView]] = {}
"""By the code they are opened with. Each is imported and built when first opened."""
