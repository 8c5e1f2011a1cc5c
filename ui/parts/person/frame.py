"""The frame of the sheet about one person: title line, slot, form, consent, footer. It knows no rule."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ilp_desk.domain.person_form import Reading
from ilp_desk.rows.people import OpenedPerson
from ui.page import Context
from ui.parts.person.consent import ConsentLine
from ui.parts.person.fields import PersonFields
from ui.parts.person.slot import Slot
from ui.widgets import Icon, KeyButton, Runs, Segment, SheetPanel, Text, label, vbox

WIDTH, HEIGHT = 1010, 644
GO = "Simpan & buka di loket"
"""The number is drawn at the desk, after asking why somebody came: one Enter more."""
NEWBORN = (("Bayi baru lahir?", "Alt+B", "newborn"),)
KNOWN = (("Label RM", "Alt+L", "record_label"), ("Pindah keluarga", "Alt+K", "family"), ("Status", "Alt+T", "status"))
UNNAMED = (("Beri nama resmi", "Alt+N", "name"), *KNOWN)


class PersonFrame(SheetPanel):
    """links: button, its key, and the name of the other sheet it opens."""

    def __init__(self, context: Context, known: OpenedPerson | None) -> None:
        self.number = label(f"RM {known.record_number}" if known else "No. RM diberikan saat disimpan", "muted")
        self.old = KeyButton("No. RM lama" if known else "Sudah punya No. RM lama?", "Alt+R", kind="link")
        others = NEWBORN if known is None else UNNAMED if known.unnamed else KNOWN
        self.links = [(KeyButton(words, key, kind="link"), key, what) for words, key, what in others]
        self.draft_line = label("", "small")
        self.lack = Runs()
        self.cancel = KeyButton("Batal", "Esc")
        self.keep = KeyButton("Simpan", "Ctrl+S", kind="primary" if known else "")
        self.go = KeyButton(GO, "Ctrl+Enter", kind="primary")
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left.setLayout(vbox(self.draft_line, self.lack, spacing=0))
        body = QWidget()
        buttons = (self.cancel, self.keep) if known else (self.cancel, self.keep, self.go)
        super().__init__(
            "Data pasien" if known else "Pasien baru",
            body,
            (left, *buttons),
            (self.number, *(button for button, _, _ in self.links), self.old),
        )
        self.slot = Slot(self)
        self.fields = PersonFields(context.desk.reference, context.desk.clock.today, body)
        self.consent = ConsentLine(context, body)
        self.more = KeyButton("Penanggung jawab dan data lain", kind="link", parent=body)
        self.consent.add_corner(self.more)
        body.setLayout(vbox(self.fields, self.consent, None, spacing=8, margins=(22, 2, 22, 8)))
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            # Above the part that scrolls: a warning out of sight warns nobody.
            column.insertLayout(1, vbox(self.slot, margins=(22, 0, 22, 6)))
        self.fields.tab_order(self.consent.stops(), self.more, [*buttons, *(b for b, _, _ in self.links), self.old])

    @property
    def main(self) -> KeyButton:
        """The button the form leads to."""
        return self.keep if self.keep.kind == "primary" else self.go

    def show_lack(self, reading: Reading) -> None:
        """The mark of completeness: what is still to be asked, some day."""
        missing = ", ".join(reading.missing)
        parts: list[Segment] = [Icon("check", "ok"), Text("Data lengkap", muted=True)]
        if missing:
            parts = [Icon("edit", "warning"), Text("Belum lengkap: "), Text(missing, muted=True)]
        self.lack.set_segments(parts)
