"""NIK, KK, BPJS, telephone, NIP and record numbers: read as typed, refused with a sentence, shown masked.

Structure of the numbers: ilp-reference 8.1. What a number says about a person is compared and warned of, never
enforced: wrong cards exist.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from ilp_desk.domain.person import Sex
from ilp_desk.domain.text.ages import age
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.typed_dates import OLDEST
from ilp_desk.errors import UserError

NIK_LENGTH: Final = 16
KK_LENGTH: Final = 16
BPJS_LENGTH: Final = 13
NIP_LENGTH: Final = 18

_FEMALE_DAY: Final = 40
_LOOKALIKES: Final = {"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_BETWEEN: Final = frozenset(" .-/_()\u00a0\t\n\r")


class IdentifierError(UserError):
    """The number cannot be right; the sentence stands beside the field."""


@dataclass(frozen=True, slots=True)
class NikReading:
    """What a NIK says. province 2, regency 4, district 6 digits: where it was first issued, not the address.

    births: the dates it can mean, the latest first; never in the future, nobody older than 122 years.
    """

    number: str
    province: str
    regency: str
    district: str
    sex: Sex
    births: tuple[date, ...]
    serial: str


def read_nik(text: str, today: date) -> NikReading:
    """A whole NIK as typed, spaces and dots allowed. Raises IdentifierError."""
    number = _exactly(text, NIK_LENGTH)
    if set(number) == {"9"}:
        raise IdentifierError("Ini tanda NIK tidak diketahui: kosongkan isian ini")
    if not 11 <= int(number[:2]) <= 96:
        raise IdentifierError(f"Dua angka pertama ({number[:2]}) bukan kode provinsi: periksa KTP atau KK")
    day, month = int(number[6:8]), int(number[8:10])
    sex = Sex.FEMALE if day > _FEMALE_DAY else Sex.MALE
    day -= _FEMALE_DAY if sex is Sex.FEMALE else 0
    if not 1 <= day <= 31:
        raise IdentifierError(f"Angka ke-7 dan 8 ({number[6:8]}) bukan tanggal lahir: 01-31, perempuan 41-71")
    if not 1 <= month <= 12:
        raise IdentifierError(f"Angka ke-9 dan 10 ({number[8:10]}) bukan bulan lahir: 01-12")
    births = _births(day, month, int(number[10:12]), today)
    if not births:
        written = f"{day:02d}-{month:02d}-{number[10:12]}"
        raise IdentifierError(f"Tanggal lahir di NIK ({written}) tidak ada: periksa angkanya")
    if number[12:] == "0000":
        raise IdentifierError("Empat angka terakhir NIK tidak mungkin 0000")
    return NikReading(number, number[:2], number[:4], number[:6], sex, births, number[12:])


def nik_warnings(nik: NikReading, sex: Sex = Sex.UNKNOWN, born: PartialDate | None = None) -> tuple[str, ...]:
    """Where the NIK contradicts what was entered, as sentences; empty where it agrees or nothing was entered."""
    found: list[str] = []
    if sex is not Sex.UNKNOWN and sex is not nik.sex:
        said = {Sex.MALE: "laki-laki", Sex.FEMALE: "perempuan"}
        found.append(f"Menurut NIK {said[nik.sex]}, di isian {said[sex]}: periksa KTP")
    if born is not None and not any(born.may_be(PartialDate(birth)) for birth in nik.births):
        entered = day_text(born.day, born.precision)
        found.append(f"Menurut NIK lahir {day_text(nik.births[0])}, di isian {entered}: periksa KTP")
    return tuple(found)


def read_kk(text: str) -> str:
    """A family card number: 16 digits, its date is the day of issue and never +40. Raises IdentifierError."""
    number = _exactly(text, KK_LENGTH)
    if not 11 <= int(number[:2]) <= 96:
        raise IdentifierError(f"Dua angka pertama ({number[:2]}) bukan kode provinsi: periksa KK")
    return number


def kk_warning(number: str) -> str:
    """A sentence if a KK number looks like the NIK of a woman, else empty."""
    if _FEMALE_DAY < int(number[6:8]) <= _FEMALE_DAY + 31 and 1 <= int(number[8:10]) <= 12:
        return "Ini tampak seperti NIK, bukan No. KK: periksa kartunya"
    return ""


def read_bpjs(text: str) -> str:
    """A BPJS/JKN card number: 13 digits, kept as text because it begins with zeros. Raises IdentifierError."""
    return _exactly(text, BPJS_LENGTH)


def read_nip(text: str) -> str:
    """A civil servant's number: 18 digits beginning with the birth date YYYYMMDD. Raises IdentifierError."""
    number = _exactly(text, NIP_LENGTH)
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    if not (1900 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        raise IdentifierError("Delapan angka pertama NIP adalah tahun, bulan dan tanggal lahir: periksa angkanya")
    return number


def read_phone(text: str) -> str:
    """A telephone number as 0812...: +62, 62, 0062 and a missing 0 are put right. Raises IdentifierError."""
    number = phone_key(_digits(text.strip().removeprefix("+")))
    if len(number) < 9:
        raise IdentifierError(f"Nomor telepon terlalu pendek, paling sedikit 9 angka, kurang {9 - len(number)}")
    if len(number) > 14:
        raise IdentifierError(f"Nomor telepon terlalu panjang, paling banyak 14 angka, lebih {len(number) - 14}")
    return number


def phone_key(digits: str) -> str:
    """Digits of a telephone number, or of its beginning, as they are stored: 62812 and 812 begin with 0812."""
    for country in ("0062", "62"):
        if digits.startswith(country):
            return "0" + digits[len(country) :].removeprefix("0")
    return digits if digits.startswith("0") or not digits else "0" + digits


def record_key(text: str) -> str:
    """A record number without its separators, letters in capitals: 00-12-47-01 and 00.12.47.01 are 00124701."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())


def short_record_key(text: str) -> str:
    """The same without zeros in front, for clerks who leave them out: 00.12.34 is 1234."""
    key = record_key(text)
    return key.lstrip("0") or key


def mask(number: str, shown: int = 3) -> str:
    """The last digits only: •••••••••••••001. A number that short shows nothing."""
    if len(number) <= shown:
        return "•" * len(number)
    return "•" * (len(number) - shown) + number[-shown:]


def grouped(number: str, size: int = 4) -> str:
    """Digits in groups for reading aloud: 1306 0443 0299 9001."""
    return " ".join(number[start : start + size] for start in range(0, len(number), size))


def _births(day: int, month: int, year: int, today: date) -> tuple[date, ...]:
    found: list[date] = []
    for full in (today.year - today.year % 100 + year, today.year - today.year % 100 - 100 + year):
        if day <= monthrange(full, month)[1]:
            born = date(full, month, day)
            if born <= today and age(born, today).years <= OLDEST:
                found.append(born)
    return tuple(found)


def _exactly(text: str, length: int) -> str:
    number = _digits(text)
    if len(number) < length:
        raise IdentifierError(f"Harus {length} angka, kurang {length - len(number)}")
    if len(number) > length:
        raise IdentifierError(f"Harus {length} angka, lebih {len(number) - length}")
    return number


def _digits(text: str) -> str:
    """The digits of a typed number, its separators left out."""
    number: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        if char.isascii() and char.isdigit():
            number.append(char)
        elif char not in _BETWEEN and unicodedata.category(char) not in {"Cf", "Mn"}:
            raise IdentifierError(_not_a_digit(char))
    return "".join(number)


def _not_a_digit(char: str) -> str:
    if digit := _LOOKALIKES.get(char.upper()):
        return f"Hanya angka: huruf {char} mungkin angka {digit}"
    if char.isalpha():
        return f"Hanya angka: hapus huruf {char}"
    if char.isprintable():
        return f"Hanya angka: hapus tanda {char}"
    return "Hanya angka: ada tanda yang tidak terlihat, ketik ulang nomornya"
