"""Tables of the facility, its staff and its directory."""

from __future__ import annotations

from db.models.shape import live, shape
from ilp_desk.domain.site import Area, Facility, Partner, RelationshipCode, ServicePoint
from ilp_desk.domain.site_files import RowApproval, SiteFile
from ilp_desk.domain.staff import Staff

staff = shape(Staff, "staff", unique=((("username",), live),))
facility = shape(Facility, "facility", {"head_uid": "staff"})
area = shape(Area, "area", {"parent_uid": "area", "posyandu_uid": "area"}, index=(("parent_id",),))
service_point = shape(ServicePoint, "service_point", unique=((("code",), live),))
partner = shape(Partner, "partner")
relationship_code = shape(RelationshipCode, "relationship_code")
site_file = shape(SiteFile, "site_file", index=(("name",),))
row_approval = shape(RowApproval, "row_approval", unique=((("name", "section", "code", "digest"), live),))
