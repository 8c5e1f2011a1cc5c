"""Rows of a posyandu's weighing sheet: each row as a measured child, or a sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final

from ilp_desk.domain.growth.measures import FIRST_MONTH, Assessment, GrowthAge, Measured, Score, corrected
from ilp_desk.domain.import_rows import SEXES
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.growth import INDICES, GrowthRules
from ilp_desk.domain.reference.measures import Measures
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import UserError

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "sex": ("jk", "l/p", "jenis kelamin", "kelamin"),
    "age_days": ("umur hari", "umur_hari"),
    "age_months": ("umur bulan", "umur_bulan"),
    "birth_date": ("tanggal lahir", "tgl lahir", "tgl_lahir"),
    "measured_on": ("tanggal ukur", "tgl ukur", "tanggal timbang", "tgl timbang", "tanggal pengukuran"),
    "weight_kg": ("berat", "bb", "berat badan"),
    "length_height_cm": ("panjang", "tinggi", "pb", "tb", "pb/tb", "tb/pb", "panjang/tinggi"),
    "measure": ("cara ukur", "posisi"),
    "oedema": ("edema", "edem"),
    "head_cm": ("lingkar kepala", "lk", "lika"),
    "muac_cm": ("lila", "lingkar lengan atas"),
    "gestation_weeks": ("minggu lahir", "usia kehamilan"),
}
"""Columns that are read -> other headings they go by."""

SIZES: Final[Mapping[str, str]] = {
    "weight_kg": "weight",
    "length_height_cm": "height",
    "head_cm": "head",
    "muac_cm": "arm",
}
"""Columns of sizes -> the vital sign (vitals.toml) that says what is possible."""

FLAGS: Final = ("flen", "fwei", "fwfl", "fbmi", "fhc", "fac")
LABELS: Final = ("label_len", "label_wei", "label_wfl", "label_bmi", "label_hc", "label_muac")
ADDED: Final = (*INDICES, *FLAGS, *LABELS, "note")
"""Columns that are added: z-scores, 1 where one is doubtful, labels, and what is to be said of the row."""

_PLACES: Final = {index: place for place, index in enumerate(INDICES)}
_WFL: Final = _PLACES["zwfl"]
_ARM: Final = LABELS.index("label_muac")
_LAST_MONTH: Final = 228
_SHORT: Final = 45  # cm
_LONGEST: Final = 20
_YES: Final = {
    "y": True,
    "ya": True,
    "1": True,
    "n": False,
    "tidak": False,
    "t": False,
    "0": False,
    "2": False,
    "": False,
}
_LYING: Final = {"l": True, "pb": True, "terlentang": True, "h": False, "tb": False, "berdiri": False, "": None}
_SEX: Final = {sex.value: sex for sex in Sex}
_EMPTY: Final = frozenset({"", "-", "na", "n/a"})


class BadRow(UserError):
    """This row cannot be computed. swapped: two columns that look as if they had changed places."""

    def __init__(self, sentence: str, swapped: tuple[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.swapped = swapped


@dataclass(frozen=True, slots=True)
class _Limit:
    """What is possible, as typed, with the sentence for what is not."""

    low: float
    high: float
    sentence: str

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def columns(headings: Sequence[str]) -> dict[str, int]:
    """Column name -> position, the first that fits. Raises UserError where sex, age or every size is missing."""
    known = {name: column for column, names in COLUMNS.items() for name in (column, *names)}
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = known.get(" ".join(heading.lower().split()))
        if column is not None:
            found.setdefault(column, position)
    if "sex" not in found:
        raise UserError("Kolom sex tidak ada. Tambahkan kolom sex berisi L atau P, lalu ulangi.")
    if not ({"age_days", "age_months"} & found.keys() or {"birth_date", "measured_on"} <= found.keys()):
        raise UserError(
            "Kolom umur tidak ada. Tambahkan age_days, atau birth_date dan measured_on, "
            "atau age_months untuk 61 bulan ke atas, lalu ulangi."
        )
    if not SIZES.keys() & found.keys():
        raise UserError(f"Kolom ukuran tidak ada. Tambahkan salah satu: {', '.join(SIZES)}, lalu ulangi.")
    return found


class RowReader:
    """Reads the rows of one sheet. today: two-digit years lie near it, and nothing was measured after it; called: what
    a sentence calls a column, where not by its own name."""

    def __init__(
        self, where: Mapping[str, int], reference: Reference, today: date, called: Mapping[str, str] | None = None
    ) -> None:
        self._called = {column: column for column in COLUMNS} | dict(called or {})
        self._names = tuple(where)
        self._pick = itemgetter(*where.values())
        self._width = max(where.values()) + 1
        self._rules = reference.growth
        self._today = today
        self._limits = {column: _limit(reference.measures, vital) for column, vital in SIZES.items()}
        self._days: dict[str, date] = {}
        self._ages: dict[str, GrowthAge] = {}

    def read(self, cells: Sequence[str]) -> Measured:
        """One row; raises BadRow with the sentence for it."""
        if len(cells) < self._width:
            cells = (*cells, *[""] * (self._width - len(cells)))
        row = dict(zip(self._names, self._pick(cells)))
        sex = SEXES.get(row["sex"].strip().lower())
        if sex is None:
            raise BadRow("Jenis kelamin: tulis L atau P.")
        sizes = {column: _number(self._called[column], row[column]) for column in SIZES if column in row}
        weight, length = sizes.get("weight_kg"), sizes.get("length_height_cm")
        head, arm = sizes.get("head_cm"), sizes.get("muac_cm")
        if weight is None and length is None and head is None and arm is None:
            raise BadRow("Tidak ada ukuran: isi berat, panjang atau tinggi, lingkar kepala, atau LiLA.")
        age = self._age(row)
        if weight is not None and length is not None and weight > length:
            self._refuse_swapped("weight_kg", weight, "length_height_cm", length, age)
        if arm is not None and head is not None and arm > head:
            self._refuse_swapped("muac_cm", arm, "head_cm", head, age)
        for column, value in sizes.items():
            if value is not None:
                limit = self._limits[column]
                if not limit.low <= value <= limit.high:
                    raise BadRow(limit.sentence.replace("{value}", _plain(value)))
        lying, oedema = _text(row, "measure"), _text(row, "oedema")
        if lying not in _LYING:
            raise BadRow("Cara ukur: tulis L (terlentang) atau H (berdiri).")
        if oedema not in _YES:
            raise BadRow("Edema: tulis y atau n.")
        return Measured(
            sex=_SEX[sex],
            age=self._corrected(row, age),
            weight_kg=weight,
            length_cm=length,
            lying=_LYING[lying],
            oedema=_YES[oedema],
            head_cm=head,
            arm_cm=arm,
        )

    def _refuse_swapped(self, less: str, small: float, more: str, large: float, age: GrowthAge) -> None:
        """No child weighs more kilograms than it is long in centimetres, no arm is thicker than the head. A heavy youth
        may come near: then only where the length is one no youth has."""
        if age.standard == "2007" and large >= _SHORT:
            return
        if self._limits[more].holds(small) and self._limits[less].holds(large):
            raise BadRow(
                f"{self._called[less]} {_plain(small)} dan {self._called[more]} {_plain(large)} tampaknya tertukar. "
                "Tukar isi kedua kolom itu.",
                swapped=(less, more),
            )

    def _age(self, row: Mapping[str, str]) -> GrowthAge:
        told = row.get("age_days", "")
        born, on = _text(row, "birth_date"), _text(row, "measured_on")
        if not (born and on) and told in self._ages:
            return self._ages[told]
        days = _whole("age_days", told) if told else None
        if born and on:
            age = self._between(born, on)
            if days is not None and days != age.days:
                raise BadRow(f"Umur {days} hari tidak cocok dengan tanggalnya ({age.days} hari). Periksa keduanya.")
        elif days is not None:
            age = GrowthAge.of_days(days)
            if age.months <= _LAST_MONTH:
                self._ages[told] = age
        else:
            months = _whole("age_months", row.get("age_months", ""), down=True)
            if months is None:
                raise BadRow("Umur belum ada: isi age_days, atau birth_date dan measured_on.")
            if months < FIRST_MONTH:
                raise BadRow("Umur di bawah 61 bulan: isi age_days, atau birth_date dan measured_on.")
            age = GrowthAge.of_months(months)
        if age.months > _LAST_MONTH:
            raise BadRow(f"Umur {age.months} bulan: tabel WHO hanya sampai {_LAST_MONTH} bulan. Periksa umurnya.")
        return age

    def _between(self, born: str, on: str) -> GrowthAge:
        first, last = self._day(born, "birth_date"), self._day(on, "measured_on")
        if last < first:
            raise BadRow("Tanggal ukur lebih awal daripada tanggal lahir. Periksa keduanya.")
        if last > self._today:
            raise BadRow("Tanggal ukur belum lewat. Periksa tanggalnya.")
        return GrowthAge.between(first, last)

    def _day(self, text: str, column: str) -> date:
        known = self._days.get(text)
        if known is None:
            try:
                known = read_day(text, self._today)
            except DateError as error:
                raise BadRow(f"{self._called[column]} “{text}”: {error.sentence}.") from error
            self._days[text] = known
        return known

    def _corrected(self, row: Mapping[str, str], age: GrowthAge) -> GrowthAge:
        if "gestation_weeks" not in row:
            return age
        weeks = _whole("gestation_weeks", row["gestation_weeks"], down=True)
        if weeks is None:
            return age
        if not 22 <= weeks <= 45:
            raise BadRow(f"gestation_weeks {weeks} tidak mungkin (22 sampai 45 minggu). Periksa angkanya.")
        due = corrected(age, weeks * 7, self._rules.prematurity)
        if due is None:
            raise BadRow(f"Lahir {weeks} minggu dan belum sampai hari perkiraan lahir: z-skor belum dapat dihitung.")
        return due


def answer(found: Assessment, rules: GrowthRules, *, comma: bool = False) -> list[str]:
    """The cells of ADDED for one child; z-scores with a decimal point, or a comma."""
    z, flags, labels = [""] * len(INDICES), [""] * len(FLAGS), [""] * len(LABELS)
    for score in found.scores:
        at = _PLACES[score.code]
        z[at] = _said(score.hundredths, comma)
        flags[at] = "1" if score.doubtful else "0"
        labels[at] = _label(score, rules)
    if found.measured.oedema:
        labels[_WFL] = rules.words["oedema"]
    labels[_ARM] = found.muac.label if found.muac is not None else ""
    note = "; ".join(f"{index}: {rules.words[word]}" for index, word in found.without.items())
    return [*z, *flags, *labels, note]


@lru_cache(maxsize=4096)
def _said(hundredths: int, comma: bool) -> str:
    text = f"{hundredths / 100:.2f}"
    return text.replace(".", ",") if comma else text


def _label(score: Score, rules: GrowthRules) -> str:
    label = score.band.label if score.band is not None else ""
    if not score.doubtful:
        return label
    return f"{label} ({rules.words['doubtful']})" if label else rules.words["doubtful"]


def refusal(sentence: str) -> list[str]:
    """The cells of ADDED for a row that could not be computed."""
    return [*[""] * (len(ADDED) - 1), sentence]


def _text(row: Mapping[str, str], column: str) -> str:
    text = row.get(column, "").strip().lower()
    return "" if text in _EMPTY else text


def _number(column: str, text: str) -> float | None:
    plain = text.strip().replace(",", ".")
    if plain.replace(".", "", 1).isdecimal() and len(plain) <= _LONGEST:
        return float(plain)
    if plain.lower() in _EMPTY:
        return None
    raise BadRow(f"{column} “{text.strip()}” bukan angka: tulis mis. 9,2.")


def _whole(column: str, text: str, *, down: bool = False) -> int | None:
    """down: completed ones, so a fraction is left out; else only a whole number will do."""
    number = _number(column, text)
    if number is None:
        return None
    if not down and number != int(number):
        raise BadRow(f"{column} “{text}”: tulis bilangan bulat.")
    return int(number)


def _plain(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _limit(measures: Measures, vital: str) -> _Limit:
    measure = measures[vital]
    low, high = (bound / measure.scale for bound in measure.possible)
    sentence = measures.words["impossible"].format(
        label=measure.label,
        value="{value}",
        unit=measure.unit,
        min=_plain(low),
        max=_plain(high),
    )
    return _Limit(low, high, sentence)
