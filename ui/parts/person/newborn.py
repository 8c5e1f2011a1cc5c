"""A newborn, or twins by their order, registered by the mother: By. Ny. ... until the real name is known."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.patients import Found, PatientHit
from ilp_desk.rows.people import SavedPerson
from ui.keys import Keys
from ui.page import Context
from ui.parts.person.small import SmallSheet, canonical_day, typed_day
from ui.widgets import Choice, DateEdit, Field, KeyButton, SuggestEdit, TwoLine, hbox, label, vbox

MOST = 3
SEXES = (("P", "P · Perempuan"), ("L", "L · Laki-laki"))
ORDER = ("Bayi pertama", "Bayi kedua", "Bayi ketiga")
WIDTH = 640


class NewbornPanel(SmallSheet):
    """saved(tuple of SavedPerson, register). mother: uid and name of a woman already chosen. P and L choose a sex."""

    saved = Signal(object, bool)

    def __init__(self, context: Context, mother: tuple[str, str] | None = None) -> None:
        self._mother, self._register = mother, True
        self._uids = [new_uid() for _ in range(MOST)]
        self.mother: SuggestEdit[PatientHit] = SuggestEdit(
            _line, lambda hit: hit.name, placeholder="ketik nama, NIK atau No. RM ibunya"
        )
        self.birth = DateEdit(understand=canonical_day(context.desk.clock.today))
        self.count = Choice([("1", "Satu"), ("2", "Kembar dua"), ("3", "Kembar tiga")], "1", name="Jumlah bayi")
        self.sexes = [Choice(SEXES, name=words) for words in ORDER]
        self._sex_fields = [Field(words, sex) for words, sex in zip(ORDER, self.sexes, strict=True)]
        self.names = label("", "muted", wrap=True)
        mother_field, birth_field = Field("Ibu", self.mother), Field("Tanggal lahir", self.birth)
        top = hbox(birth_field, Field("Jumlah bayi", self.count), spacing=12)
        for at in (0, 1):
            top.setStretch(at, at + 1)
        babies = hbox(*self._sex_fields, spacing=12)
        for at in range(MOST):
            babies.setStretch(at, 1)
        body = QWidget()
        body.setLayout(vbox(mother_field, top, babies, self.names, spacing=4, margins=(22, 4, 22, 14)))
        go = KeyButton("", "Ctrl+Enter", kind="primary")
        self.keep = KeyButton("Simpan", "Ctrl+S")
        super().__init__(context, "Bayi baru lahir", body, go, beside=(self.keep,))
        babies_by_name = {f"sex_{n}": field for n, field in enumerate(self._sex_fields)}
        self.take_fields({"mother": mother_field, "birth": birth_field, **babies_by_name})
        keys = Keys(self, "Bayi baru lahir")
        keys.bind("Ctrl+S", "simpan", lambda: self.save(register=False))
        keys.bind("Ctrl+Enter", "simpan, lalu daftarkan", lambda: self.save(register=True))
        keys.note("P L", "jenis kelamin")
        self.mother.asked.connect(self._find)
        self.mother.picked.connect(self._chosen)
        self.mother.textEdited.connect(lambda _: self._choose(None))
        self.birth.textEdited.connect(lambda _: self._show())
        self.count.changed.connect(lambda _: self._show())
        self.keep.clicked.connect(lambda: self.save(register=False))
        go.clicked.connect(lambda: self.save(register=True))
        if mother is not None:
            self.mother.setText(mother[1])
        self._show()

    def first_focus(self) -> None:
        target: QWidget = self.birth if self._mother else self.mother
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, *, register: bool) -> None:
        """Register all of them in one go; told twice, it is done once."""
        day = typed_day(self.birth.text(), self.context.desk.clock.today())
        sexes = [str(choice.value() or "") for choice in self.sexes[: self._babies()]]
        if self._mother is None:
            self.blame("mother", "Pilih ibunya dari daftar. Belum terdaftar? Daftarkan ibunya dulu.")
        elif isinstance(day, str):
            self.blame("birth", day)
        elif "" in sexes:
            self.blame(f"sex_{sexes.index('')}", "Tekan P atau L.")
        else:
            mother, people, actor = self._mother[0], self.context.desk.people, self.context.actor
            orders = list(zip(self._uids, sexes, range(1, MOST + 1), strict=False))

            def work() -> tuple[SavedPerson, ...]:
                twins = len(sexes) > 1
                return tuple(
                    people.newborn(actor, mother, uid, Sex(sex), day, order, twins=twins) for uid, sex, order in orders
                )

            self.work(work, lambda done: self.saved.emit(done, register))

    def _babies(self) -> int:
        return int(str(self.count.value()))

    def _find(self, text: str) -> None:
        desk, actor = self.context.desk, self.context.actor
        self.context.runner.read(
            "newborn.mother", lambda: desk.finding.find(actor, text, 20), lambda found: self._offer(text, found)
        )

    def _offer(self, text: str, found: Found) -> None:
        self.mother.offer(text, [hit for hit in found.hits if hit.sex != Sex.MALE])

    def _chosen(self, hit: PatientHit) -> None:
        self._choose((hit.uid, hit.name))
        self.birth.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, mother: tuple[str, str] | None) -> None:
        self._mother = mother
        if mother is not None:
            self.fields["mother"].set_state("")
        self._show()

    def _show(self) -> None:
        many = self._babies()
        self.main.setText("Simpan & buka di loket" if many == 1 else "Simpan & buka sekeluarga")
        for at, field in enumerate(self._sex_fields):
            field.setVisible(at < many)
            field.label.setText(ORDER[at] if many > 1 else "Jenis kelamin")
        if self._mother is not None:
            name = f"By. Ny. {self._mother[1]}"
            names = [f"{name} {n}" for n in range(1, many + 1)] if many > 1 else [name]
            said = " dan ".join(names) if many < MOST else ", ".join(names)
            born = typed_day(self.birth.text(), self.context.desk.clock.today())
            on = f"pada {day_text(born)}" if isinstance(born, date) else "pada tanggal lahir ini"
            self.names.setText(
                f"Dicatat sebagai {said}. Alamat, KK dan penjamin mengikuti ibunya. "
                f"Kehamilan ibunya dicatat berakhir {on}."
            )
        else:
            self.names.setText("Nama sementara dari nama ibunya; nama resmi diisi kemudian.")

    def _take_sex(self, sex: str) -> None:
        """For the baby one stands at, else the first still without; then on to the next one."""
        shown = self.sexes[: self._babies()]
        here = next((choice for choice in shown if choice.isAncestorOf(self.focusWidget())), None)
        chosen = here or next((choice for choice in shown if choice.value() is None), None)
        if chosen is None:
            return
        chosen.set_value(sex)
        self.fields[f"sex_{shown.index(chosen)}"].set_state("")
        then = next((choice for choice in shown if choice.value() is None), chosen)
        then.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sex = event.text().upper()
        if sex in dict(SEXES) and not isinstance(QApplication.focusWidget(), QLineEdit):
            self._take_sex(sex)
            return
        super().keyPressEvent(event)


def _line(hit: PatientHit) -> TwoLine:
    facts = (hit.sex, hit.age, hit.born, hit.relative)
    number = f"RM {hit.record_number}" if hit.record_number else ""
    return TwoLine(
        hit.name, " · ".join(f for f in facts if f), marks=hit.marks, note=hit.note, right=((number, hit.area),)
    )
