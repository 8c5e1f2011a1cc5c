"""Full-width views of the services of the life cycle. A new one is a module here and a line in VIEWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.page import Context
from ui.parts.care.view import CareView


def _growth(context: Context) -> CareView:
    from ui.parts.care.growth import GrowthView

    return GrowthView(context)


def _instrument(context: Context) -> CareView:
    from ui.parts.care.instrument import InstrumentView

    return InstrumentView(context)


def _pregnancy(context: Context) -> CareView:
    from ui.parts.care.pregnancy import PregnancyView

    return PregnancyView(context)


def _immunization(context: Context) -> CareView:
    from ui.parts.care.immunization import ImmunizationCare

    return ImmunizationCare(context)


VIEWS: Mapping[str, Callable[[Context], CareView]] = {
    "immunization": _immunization,
    "instrument": _instrument,
    "growth": _growth,
    "pregnancy": _pregnancy,
}
"""By the code they are opened with. Each is imported and built when first opened."""
