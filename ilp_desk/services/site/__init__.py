"""The site: facility with its letterhead, areas, service points, record numbers, partners, rules, set-up."""

from __future__ import annotations

from ilp_desk.services.site.areas import AreaActs, AreaForm
from ilp_desk.services.site.drafts import DraftActs
from ilp_desk.services.site.facility import FacilityActs, FacilityForm
from ilp_desk.services.site.numbers import NumberActs, NumberingForm, RelationshipForm
from ilp_desk.services.site.partners import PartnerActs, PartnerForm
from ilp_desk.services.site.points import PointActs, PointForm
from ilp_desk.services.site.rules import RuleActs

__all__ = ["AreaForm", "FacilityForm", "NumberingForm", "PartnerForm", "PointForm", "RelationshipForm", "Site"]


class Site(FacilityActs, AreaActs, PointActs, NumberActs, PartnerActs, RuleActs, DraftActs):
    """What a head or admin sets up, and what everybody may ask of it."""
