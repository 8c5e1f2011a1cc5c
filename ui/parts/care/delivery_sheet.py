"""How a pregnancy ended: the day and hour, place and helper, and every child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.maternity.forms import BIRTHS, LIVE, DeliveryForm, InfantForm
from ilp_desk.domain.maternity.pregnancy import read_end
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ui.parts.care.pregnancy_sheets import RecordSheet
from ui.widgets import CheckBox, Choice, Columns, Combo, DateEdit, Field, LineEdit, Paragraph, Text

MOST = 3
SEXES = (("P", "P"), ("L", "L"))
STATES = (("live", "Hidup"), ("stillborn", "Lahir mati"), ("died", "Meninggal"))
ORDER = ("Bayi", "Bayi kedua", "Bayi ketiga")
FIRST_STATE = {"birth": LIVE, "stillbirth": "stillborn", "neonatal_death": "died"}


class DeliverySheet(RecordSheet):
    """given(DeliveryForm). lmp: of the pregnancy that ends; ended_on, outcome: where its end is on record already."""

    given = Signal(object)

    def __init__(
        self, today: date, reference: Reference, *, lmp: date | None, ended_on: date | None = None, outcome: str = ""
    ) -> None:
        self._today, self._reference, self._lmp = today, reference, None if ended_on else lmp
        self._uids = [new_uid() for _ in range(MOST)]
        table = reference.pregnancy
        outcomes = [(row.code, row.label) for row in table.outcomes]
        self.outcome = Combo(outcomes, outcome or "birth", name="Akhirnya")
        self.on = DateEdit(day_text(ended_on) if ended_on else "", understand=self._understood)
        self.at = LineEdit(max_length=5, placeholder="07.40")
        self.place = Combo([(row.code, row.label) for row in table.places], placeholder="pilih")
        self.place_name = LineEdit(placeholder="nama tempatnya")
        self.helper = Combo([(row.code, row.label) for row in table.helpers], placeholder="pilih")
        self.way = Combo([("", "Belum dicatat"), *((row.code, row.label) for row in table.ways)], "")
        self.condition = LineEdit(placeholder="mis. sehat, perdarahan")
        self.feeding = CheckBox("dilakukan")
        self.count = Choice([("1", "Satu"), ("2", "Kembar 2"), ("3", "Kembar 3")], "1", name="Jumlah bayi")
        fields = {
            "outcome": Field("Akhirnya", self.outcome),
            "ended_on": Field("Tanggal", self.on),
            "at": Field("Jam", self.at),
            "place": Field("Tempat", self.place),
            "place_name": Field("Nama tempat", self.place_name),
            "helper": Field("Penolong", self.helper),
            "way": Field("Cara lahir", self.way),
            "condition": Field("Keadaan ibu", self.condition),
            "infants": Field("Jumlah bayi", self.count),
            "early_feeding": Field("IMD", self.feeding),
        }
        self._babies = [_Baby(number) for number in range(1, MOST + 1)]
        for baby in self._babies:
            fields |= baby.fields
        rows = Columns(
            [
                [(fields["outcome"], 5), (fields["ended_on"], 4), (fields["at"], 3)],
                [(fields["place"], 4), (fields["place_name"], 4), (fields["helper"], 4)],
                [(fields["way"], 4), (fields["condition"], 8)],
                [(fields["infants"], 7), (fields["early_feeding"], 5)],
                *(baby.row for baby in self._babies),
            ]
        )
        self._said = Paragraph([])
        super().__init__("Akhir kehamilan", [rows, self._said], fields, "Simpan dan akhiri")
        self._born = (fields["way"], fields["infants"], fields["early_feeding"])
        self.outcome.currentIndexChanged.connect(lambda _: self._turn())
        self.count.changed.connect(lambda _: self._turn())
        self.on.textEdited.connect(lambda _: self._judge())
        self._turn()

    def refuse(self, field: str, sentence: str, *, unlikely: bool = False) -> None:
        super().refuse(field.replace("height_", "length_"), sentence, unlikely=unlikely)

    def confirmed(self) -> frozenset[str]:
        return frozenset(field.replace("length_", "height_") for field in super().confirmed())

    def put_back(self, values: Mapping[str, object]) -> None:
        super().put_back(values)
        for number, baby in enumerate(self._babies, 1):
            baby.touched = f"state_{number}" in values
        self._turn()

    def form(self) -> DeliveryForm:
        """The end as typed."""
        outcome = str(self.outcome.value() or "")
        shown = self._babies[: int(str(self.count.value()))] if outcome in BIRTHS else []
        return DeliveryForm(
            on=self.on.text(),
            at=self.at.text(),
            outcome=outcome,
            place=str(self.place.value() or ""),
            place_name=self.place_name.text(),
            helper=str(self.helper.value() or ""),
            way=str(self.way.value() or "") if outcome in BIRTHS else "",
            condition=self.condition.text(),
            early_feeding=True if self.feeding.isChecked() else None,
            infants=tuple(baby.form(uid) for baby, uid in zip(shown, self._uids, strict=False)),
            confirmed=self.confirmed(),
        )

    def save(self) -> None:
        if self._hold():
            self.given.emit(self.form())

    def _turn(self) -> None:
        outcome, many = str(self.outcome.value() or ""), int(str(self.count.value()))
        birth = outcome in BIRTHS
        for part in self._born:
            part.setVisible(birth)
        for number, baby in enumerate(self._babies):
            baby.show(birth and number < many)
            if not baby.touched:
                baby.state.set_value(FIRST_STATE.get(outcome, LIVE))
        live = "Bayi yang hidup didaftarkan dengan nama ibunya dan mendapat jadwalnya." if outcome == "birth" else ""
        none = "Tidak ada jadwal bayi; ibu tetap dikunjungi pada masa nifas." if birth and not live else ""
        self._said.set_parts([Text(live or none or "Kehamilan ditutup tanpa masa nifas.", muted=True)])
        self._judge()

    def _judge(self) -> None:
        outcome = str(self.outcome.value() or "")
        if not self.on.text().strip():
            self.fields["ended_on"].set_state("")
            return
        read = read_end(self.on.text(), outcome, self._today, self._lmp, self._reference)
        hurried = read.on is None and self.on.hasFocus()
        self.fields["ended_on"].set_state(*(("", "") if hurried else read.remark))

    def _understood(self, text: str) -> tuple[str, str]:
        try:
            return day_text(read_day(text, self._today)), ""
        except DateError:
            return "", ""


class _Baby:
    """One child's line. touched: somebody chose its state."""

    def __init__(self, number: int) -> None:
        name = ORDER[number - 1]
        self.touched = False
        self.sex = Choice(SEXES, name=f"Jenis kelamin {name.lower()}")
        self.state = Choice(STATES, LIVE, name=f"Keadaan {name.lower()}")
        self.weight, self.length = (
            LineEdit(max_length=5, placeholder="3200"),
            LineEdit(max_length=5, placeholder="49,5"),
        )
        self.fields = {
            f"sex_{number}": Field(name, self.sex),
            f"state_{number}": Field("Keadaan", self.state),
            f"weight_{number}": Field("Berat", self.weight, suffix="g"),
            f"length_{number}": Field("Panjang", self.length, suffix="cm"),
        }
        spans = (2, 5, 3, 2)
        self.row: list[tuple[QWidget, int]] = list(zip(self.fields.values(), spans, strict=True))
        self.state.changed.connect(lambda _: self._touch())

    def form(self, uid: str) -> InfantForm:
        return InfantForm(
            uid=uid,
            sex=str(self.sex.value() or ""),
            state=str(self.state.value() or LIVE),
            weight=self.weight.text(),
            length=self.length.text(),
        )

    def show(self, on: bool) -> None:
        for field in self.fields.values():
            field.setVisible(on)

    def _touch(self) -> None:
        self.touched = True
