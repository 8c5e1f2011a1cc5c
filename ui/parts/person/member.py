"""One member of the family on the sheet that registers several at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference import Reference
from ilp_desk.rows.arrival import Arrival, Registered
from ilp_desk.rows.people import Member
from ilp_desk.services.registration import Circumstances, RegisterVisit
from ui.parts.person.home import TEXT_ROOM
from ui.theme import px
from ui.widgets import CheckBox, Chip, Combo, Icon, LineEdit, Paragraph, Runs, Segment, Text, hbox, vbox


@dataclass(frozen=True, slots=True)
class Wish:
    """What the clerk has said about a member so far."""

    ticked: bool = False
    reason: str = "sick"
    complaint: str = ""


class Tick(CheckBox):
    """A tick box that lets Up and Down go from member to member. moved(step)."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class MemberRow(QWidget):
    """ticked: the tick was changed; rerouted: another reason for coming, so the rule has to be asked again."""

    ticked = Signal()
    rerouted = Signal()

    def __init__(self, member: Member, arrival: Arrival, reference: Reference, wish: Wish) -> None:
        super().__init__()
        self.member, self.arrival = member, arrival
        self._visit_uid, self._entry_uid = new_uid(), new_uid()
        self.registered: Registered | None = None
        relation = reference.codes["family_relationship"].get(member.relationship)
        facts = (member.sex.value, member.age, relation.label if relation else "")
        said = " · ".join(f for f in facts if f)
        self.tick = Tick("")
        self.tick.setAccessibleName(f"{member.name}, {said}")
        self.tick.setChecked(wish.ticked)
        self.tick.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.who = Paragraph([Text(member.name, bold=True), Text(f"  {said}", muted=True)])
        self.where = Runs()
        reasons = [(row.code, row.label) for row in reference.visit.reasons if row.code in ("sick", "healthy")]
        self.reason = Combo(reasons, wish.reason, name=f"Kunjungan {member.name}")
        self.reason.setFixedWidth(px(92))
        self.complaint = LineEdit(
            wish.complaint, placeholder="keluhan (boleh kosong)", name=f"Keluhan {member.name}", max_length=TEXT_ROOM
        )
        self.complaint.setFixedWidth(px(190))
        line = hbox(
            self.tick,
            vbox(self.who, self.where, spacing=3),
            self.reason,
            self.complaint,
            spacing=10,
            margins=(0, 8, 0, 8),
        )
        line.setStretch(1, 1)
        self.setLayout(line)
        self.tick.toggled.connect(lambda _: self.ticked.emit())
        self.reason.activated.connect(self.rerouted)
        self.complaint.textEdited.connect(self._typed)
        self.show_arrival(arrival)

    @property
    def here(self) -> bool:
        """Whether this member has a visit today, from before or from this sheet."""
        return self.registered is not None or self.arrival.today is not None

    @property
    def wanted(self) -> bool:
        return self.tick.isChecked() and not self.here

    def wish(self) -> Wish:
        return Wish(self.tick.isChecked(), str(self.reason.value() or "sick"), self.complaint.text())

    def order(self) -> RegisterVisit:
        """What is to be carried out; the same uids at a second try."""
        shown = self.arrival
        return RegisterVisit(
            visit_uid=self._visit_uid,
            entry_uid=self._entry_uid,
            person_uid=self.member.uid,
            circumstances=Circumstances(reason=str(self.reason.value() or "sick")),
            payer=shown.payer,
            payer_fktp=shown.payer_fktp,
            payer_status=shown.payer_status,
            complaint=self.complaint.text(),
        )

    def show_arrival(self, arrival: Arrival) -> None:
        """Where the rule sends this member, in words; or where they are already."""
        self.arrival = arrival
        if arrival.today is not None:
            numbers = ", ".join(arrival.today.tickets)
            self._close([Icon("info", "muted"), Text(f"Sudah terdaftar hari ini: {numbers}, {arrival.today.place}")])
            return
        place = arrival.routed
        parts: list[Segment] = [Chip(place.letter, place.letter), Text(f"{place.name}  ", bold=True)]
        self.where.set_segments([*parts, Text(arrival.routed_reason, muted=True)])

    def show_registered(self, done: Registered) -> None:
        self.registered = done
        room = f", {done.room}" if done.room else ""
        self._close([Icon("check", "ok"), Text(f"{done.ticket} ", bold=True, color="ok"), Text(f"{done.point}{room}")])

    def show_refused(self, sentence: str) -> None:
        self.where.set_segments([Icon("alert", "danger"), Text(sentence, color="danger")])

    def _close(self, segments: list[Segment]) -> None:
        """Nothing more is to be chosen here."""
        self.where.set_segments(segments)
        self.tick.setChecked(self.registered is not None)
        self.tick.setEnabled(False)
        for part in (self.reason, self.complaint):
            part.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole line is the tick's."""
        if self.tick.isEnabled():
            self.tick.toggle()
            self.tick.setFocus(Qt.FocusReason.MouseFocusReason)

    def _typed(self, text: str) -> None:
        # Whoever is given a complaint has come.
        if text and not self.tick.isChecked():
            self.tick.setChecked(True)
