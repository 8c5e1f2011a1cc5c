"""What else may be done with the visit of today: cancel it, or give it to the right person."""

from __future__ import annotations

from collections.abc import Callable

from ilp_desk.errors import UserError
from ilp_desk.rows.arrival import Arrival, Moved
from ui.page import Context
from ui.parts.arrival.sheets import ReasonPanel


class VisitActs:
    """Each act on a sheet of its own. changed(text): it was done, in words; given(uid): the visit is this person's."""

    def __init__(self, context: Context, changed: Callable[[str], None], given: Callable[[str], None]) -> None:
        self._context, self._changed, self._given = context, changed, given

    def cancel(self, visit_uid: str) -> None:
        """With a reason; the numbers stay used."""
        desk, actor, runner = self._context.desk, self._context.actor, self._context.runner
        panel = ReasonPanel("Batalkan kunjungan", "Nomornya tetap tercatat sebagai batal.", "Batalkan kunjungan")
        sheet = self._context.shell.sheet(panel, 520)

        def done(_: object) -> None:
            sheet.close_sheet()
            self._changed("Kunjungan dibatalkan.")

        def failed(error: Exception) -> None:
            panel.refuse(error.sentence if isinstance(error, UserError) else UserError.default)

        panel.given.connect(
            lambda why: runner.write(lambda: desk.registration.cancel(actor, visit_uid, why), done, failed)
        )

    def move(self, wrong: Arrival) -> None:
        """To another person, with a reason."""
        from ui.parts.arrival.move import MovePanel

        panel = MovePanel(self._context, wrong)
        sheet = self._context.shell.sheet(panel, 640)

        def done(moved: Moved) -> None:
            sheet.close_sheet()
            self._given(moved.person_uid)
            self._changed(f"{moved.ticket} sekarang atas nama {moved.name}.")
            if moved.elsewhere:
                self._context.shell.sentence(_elsewhere(moved))

        panel.moved.connect(done)


def _elsewhere(moved: Moved) -> str:
    there = moved.elsewhere
    return (
        f"{moved.name} tetap menunggu di {moved.point}, tetapi menurut aturan ke {there}: {moved.why} "
        f"Kirim ke {there} lewat Antrean, atau buka orangnya dan tambahkan layanan kedua."
    )
