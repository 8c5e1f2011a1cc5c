"""Letters that left the desk: their list, and the reply that came back."""

from __future__ import annotations

from ilp_desk.domain.document import ReferralState
from ui.robot import CTRL, Key, fill, press, there
from ui.screens.referrals import ReferralsPage
from ui.tour import Tour, page

WAITING = (ReferralState.ISSUED, ReferralState.SENT, ReferralState.RECEIVED)


def listed(tour: Tour) -> None:
    """All letters, newest first."""
    tour.sit_down("hadi", "referrals")
    shown = page(tour, ReferralsPage)
    tour.stage.until(lambda: shown.model.rows and shown.panel.detail, "daftar rujukan")
    tour.picture("rujukan")


def reply(tour: Tour) -> None:
    """The oldest letter that is still waited for gets its reply typed in."""
    shown = page(tour, ReferralsPage)
    waiting = [row for row in shown.model.rows if row.state in WAITING]
    fill(tour.window, "Cari surat rujukan", waiting[-1].number)
    wanted = waiting[-1].uid
    tour.stage.until(lambda: _open(shown) == wanted, "surat yang dicari")
    press(Key.Key_F6)
    tour.stage.until(lambda: there(tour.window, "Diagnosis akhir"), "lembar balasan")
    fill(tour.window, "Diagnosis akhir", "Sesuai rujukan, dengan perbaikan")
    fill(tour.window, "Terapi atau tindakan", "Obat dari rumah sakit untuk 30 hari")
    fill(tour.window, "Tindak lanjut", "Kontrol di Puskesmas 1 mgg")
    fill(tour.window, "Dokter rumah sakit", "dr. Contoh, Sp.PD")
    tour.picture("balasan")
    press(Key.Key_Return, CTRL)
    tour.stage.until(lambda: not tour.window.overlays.open_sheet, "balasan tersimpan")
    tour.stage.until(lambda: shown.model.rows[0].state is ReferralState.REPLIED, "status dibalas")
    tour.picture("dibalas")


def _open(shown: ReferralsPage) -> str:
    """The letter in the panel, if it is the first of the list."""
    detail = shown.panel.detail
    first = shown.model.rows[0].uid if shown.model.rows else ""
    return first if detail is not None and detail.referral.uid == first else ""
