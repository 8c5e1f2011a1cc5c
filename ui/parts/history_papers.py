"""Every paper a person was given, newest first; Enter shows one again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.clock import Clock
from ilp_desk.domain.text.dates import moment_text
from ilp_desk.rows.papers import DocumentRow
from ilp_desk.services.papers import KINDS
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Chip, KeyButton, ListView, SheetPanel, TwoLine, vbox

LIST = 320
NOTHING = ("Belum ada dokumen.", "Surat, persetujuan, dan label yang dicetak untuk pasien ini tampil di sini.")


def paper_title(paper: DocumentRow) -> str:
    """`Persetujuan umum`, `Surat rujukan (batal)`."""
    return f"{KINDS[paper.kind].title}{' (batal)' if paper.void else ''}"


class PapersSheet(SheetPanel):
    """opened(DocumentRow): show this one; printed once before, it says SALINAN."""

    opened = Signal(object)

    def __init__(self, name: str, papers: Sequence[DocumentRow], clock: Clock) -> None:
        self._clock = clock
        self.model: RowsModel[DocumentRow] = RowsModel(speak=lambda p: f"{paper_title(p)} {p.number}")
        self.view = ListView(
            self.model,
            self._line,
            key=lambda paper: paper.uid,
            name="Dokumen",
            sentence=("", "") if papers else NOTHING,
        )
        self.view.setMinimumHeight(px(LIST))
        body = QWidget()
        body.setLayout(vbox(self.view, margins=(22, 0, 22, 10)))
        self.show_one = KeyButton("Lihat & cetak", "Enter", kind="primary")
        super().__init__(f"Dokumen {name}", body, (None, self.show_one))
        self.view.row_activated.connect(self.opened)
        self.show_one.clicked.connect(self._open)
        self.model.answer("", papers)
        self.view.select(0)
        self.show_one.setEnabled(bool(papers))

    def begin(self) -> None:
        """The keyboard goes to the list; once the sheet is open."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        paper = self.view.current_row()
        if paper is not None:
            self.opened.emit(paper)

    def _line(self, paper: DocumentRow) -> TwoLine:
        issued = moment_text(self._clock.local(paper.issued_at))
        facts = (paper.number, issued, paper.by, f"dicetak {paper.copies} kali" if paper.copies else "belum dicetak")
        chips = (Chip(paper.void, "danger"),) if paper.void else ()
        return TwoLine(KINDS[paper.kind].title, " · ".join(fact for fact in facts if fact), chips=chips)
