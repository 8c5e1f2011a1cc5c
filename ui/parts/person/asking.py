"""What is asked over the form, the most pressing first: leaving, a likely duplicate, a draft."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.person_form import tidy
from ilp_desk.rows.people import DraftKept, Duplicate
from ui.parts.person.lookups import DuplicateWatch
from ui.parts.person.slot import Ask, Slot

ONE_LINE = 88
"""Letters the second line of the banner has room for beside its buttons."""


class Asking(QObject):
    """Keeps the slot of one sheet.

    other(uid): it is this person, registered before; reason_wanted: the same NIK, but somebody else; resumed,
    discarded(DraftKept): what was left unsaved is wanted, or not; left(keep): close, with or without keeping the draft.
    """

    other = Signal(str)
    reason_wanted = Signal()
    resumed = Signal(object)
    discarded = Signal(object)
    left = Signal(bool)

    def __init__(self, slot: Slot, watch: DuplicateWatch, line: str, icon: str, parent: QObject) -> None:
        super().__init__(parent)
        self._slot, self._watch, self._line, self._icon = slot, watch, line, icon
        self._draft: tuple[DraftKept, str, str] | None = None
        self.leaving = False
        watch.changed.connect(self.show)
        self.show()

    def offer(self, draft: DraftKept, head: str, why: str) -> None:
        """Something was typed before and not saved."""
        self._draft = (draft, head, why)
        self.show()

    def forget_offer(self) -> None:
        """Somebody types something else meanwhile; the draft stays kept."""
        if self._draft is not None:
            self._draft = None
            self.show()

    def ask_leaving(self) -> None:
        """Something was typed: close all the same?"""
        self.leaving = True
        self.show()

    def stay(self) -> None:
        """Typing went on."""
        if self.leaving:
            self.leaving = False
            self.show()

    def show(self) -> None:
        if self.leaving:
            self._slot.show_ask(self._leave())
        elif self._watch.left:
            self._slot.show_ask(self._duplicate(self._watch.left[0], len(self._watch.left)))
        elif self._draft is not None:
            self._slot.show_ask(self._resume(*self._draft))
        else:
            self._slot.show_line(self._line, self._icon)

    def _leave(self) -> Ask:
        return Ask(
            "warning",
            "Tutup tanpa menyimpan?",
            "Esc sekali lagi menutup lembar ini.",
            "Drafnya disimpan dan ditawarkan lagi. Mengetik terus membatalkan.",
            "Tutup, simpan draf",
            "Buang draf",
            lambda: self.left.emit(True),
            lambda: self.left.emit(False),
        )

    def _duplicate(self, likely: Duplicate, count: int) -> Ask:
        number = f"RM {likely.record_number}" if likely.record_number else ""
        mother = f"ibu {likely.mother}" if likely.mother else ""
        more = f" ({count} orang)" if count > 1 else ""

        def somebody_else() -> None:
            self._watch.other()
            if likely.same_nik:
                self.reason_wanted.emit()

        return Ask(
            "warning",
            "NIK ini sudah dipakai:" if likely.same_nik else f"Mungkin sudah terdaftar{more}:",
            " · ".join(p for p in (likely.name, likely.sex, likely.born, number) if p),
            _one_line([p for p in (mother, likely.area) if p], likely.reasons.split(", ")),
            "Buka pasien ini",
            "Orang lain",
            lambda: self.other.emit(likely.uid),
            somebody_else,
        )

    def _resume(self, draft: DraftKept, head: str, why: str) -> Ask:
        def forget(signal: str) -> None:
            self._draft = None
            self.show()
            getattr(self, signal).emit(draft)

        name = tidy(str(draft.content.get("name") or "")) or "belum bernama"
        return Ask(
            "info", head, name, why, "Lanjutkan", "Buang", lambda: forget("resumed"), lambda: forget("discarded")
        )


def _one_line(facts: list[str], reasons: list[str]) -> str:
    """Facts, then as many of the reasons as there is room for, what speaks for it first; at least one."""
    kept = reasons[:1]
    for reason in reasons[1:]:
        if len(" · ".join([*facts, ", ".join([*kept, reason])])) > ONE_LINE:
            break
        kept.append(reason)
    return " · ".join([*facts, ", ".join(kept)])
