"""The states of a referral as people say them."""

from __future__ import annotations

from ilp_desk.domain.document import ReferralState

STATES: dict[ReferralState, tuple[str, str]] = {
    ReferralState.ISSUED: ("belum dikirim", "neutral"),
    ReferralState.SENT: ("terkirim", "accent"),
    ReferralState.RECEIVED: ("diterima", "accent"),
    ReferralState.REPLIED: ("dibalas", "ok"),
    ReferralState.CLOSED: ("selesai", "ok"),
    ReferralState.VOIDED: ("dibatalkan", "danger"),
}
"""Word and tone of the chip."""

NEXT: dict[ReferralState, tuple[ReferralState, str]] = {
    ReferralState.ISSUED: (ReferralState.SENT, "Tandai terkirim"),
    ReferralState.SENT: (ReferralState.RECEIVED, "Tandai diterima"),
}
"""The mark that comes next, and what its button says."""
