"""Reads one reference file value by value and refuses it whole, with file, row and reason, at the first fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any, TypedDict, TypeVar

from ilp_desk.domain.reference.base import Header, R, Status, Table, Validity
from ilp_desk.domain.reference.bounds import AgeBound, Ages, Span
from ilp_desk.errors import UserError


class BadReference(UserError):
    """A reference file cannot be used. file, row (as people find it) and reason stand in the sentence too.

    fault: the three together, without what to do about it.
    """

    def __init__(self, file: str, row: str, reason: str) -> None:
        where = f"{file}.toml, {row}" if row else f"{file}.toml"
        self.fault = f"{where}: {reason}"
        super().__init__(f"Berkas acuan {self.fault}. Perbaiki berkas itu, lalu buka program lagi.")
        self.file = file
        self.row = row
        self.reason = reason


class RowBase(TypedDict):
    """The fields every `Row` has, ready to be passed on."""

    code: str
    source: str
    status: Status
    validity: Validity


class Fields:
    """The values of one TOML table. What was not asked for by the time of `finish` is an unknown column."""

    def __init__(self, file: str, row: str, raw: Mapping[str, Any]) -> None:
        self.file = file
        self.row = row
        self._raw = raw
        self._asked: set[str] = set()

    def fail(self, reason: str) -> BadReference:
        return BadReference(self.file, self.row, reason)

    def has(self, key: str) -> bool:
        return key in self._raw

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fail(f'"{key}" harus berupa tulisan')
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(f'"{key}" harus salah satu dari {", ".join(allowed)}')
        return value

    def template(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """A sentence with {places}; only the allowed ones may stand in it."""
        value = self.text(key, default)
        try:
            places = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
        except ValueError:
            raise self.fail(f'"{key}": kurung kurawal tidak berpasangan') from None
        unknown = sorted(places - set(allowed))
        if unknown:
            raise self.fail(f'"{key}": {{{unknown[0]}}} tidak dikenal')
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        value = self._get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f'"{key}" harus bilangan bulat')
        return value

    def number(self, key: str) -> Decimal:
        value = self._get(key, None)
        if not _is_number(value):
            raise self.fail(f'"{key}" harus angka')
        return Decimal(value)

    def span(self, key: str, default: str | None = None) -> Span:
        text = self.text(key, default)
        try:
            return Span.parse(text)
        except ValueError:
            raise self.fail(f'"{key}" harus jangka waktu seperti 7 hr, 2 mg, 6 bln, atau 1 th') from None

    def spans(self, key: str) -> tuple[Span, ...]:
        try:
            return tuple(Span.parse(text) for text in self.texts(key, required=True))
        except ValueError:
            raise self.fail(f'"{key}" harus daftar jangka waktu seperti 6 bln') from None

    def integers(self, key: str) -> tuple[int, ...]:
        value = self._get(key, None)
        if not isinstance(value, list) or not all(isinstance(item, int) and item is not True for item in value):
            raise self.fail(f'"{key}" harus daftar bilangan bulat')
        return tuple(value)

    def mixed(self, key: str) -> Iterator[str | Fields]:
        """A list of texts and tables."""
        value = self._get(key, None)
        if not isinstance(value, list) or not all(isinstance(item, str | Mapping) for item in value):
            raise self.fail(f'"{key}" harus daftar')
        for position, item in enumerate(value, 1):
            yield item if isinstance(item, str) else Fields(self.file, f"{self.row} {key} ke-{position}", item)

    def numbers(self, key: str, count: int) -> tuple[Decimal, ...]:
        value = self._get(key, None)
        if not isinstance(value, list) or len(value) != count:
            raise self.fail(f'"{key}" harus {count} angka')
        if not all(_is_number(item) for item in value):
            raise self.fail(f'"{key}" harus {count} angka')
        return tuple(Decimal(item) for item in value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.fail(f'"{key}" harus true atau false')
        return value

    def optional_flag(self, key: str) -> bool | None:
        return self.flag(key) if self.has(key) else None

    def day(self, key: str) -> date | None:
        if not self.has(key):
            return None
        value = self._get(key, None)
        if type(value) is not date:
            raise self.fail(f'"{key}" harus tanggal, mis. 2026-01-31')
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        value = self._get(key, None if required else ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.fail(f'"{key}" harus daftar tulisan')
        if not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fail(f'"{key}" harus daftar tulisan, tidak boleh ada yang kosong')
        if required and not value:
            raise self.fail(f'"{key}" tidak boleh kosong')
        return tuple(value)

    def ages(self) -> Ages:
        return Ages(self._bound("age_from"), self._bound("age_to"))

    def nested(self, key: str) -> Fields:
        """A table inside this one; an absent one is empty."""
        value = self._get(key, {})
        if not isinstance(value, Mapping):
            raise self.fail(f'"{key}" harus tabel')
        return Fields(self.file, f"{self.row} {key}".strip(), value)

    def nested_rows(self, key: str) -> Iterator[Fields]:
        for position, raw in enumerate(_rows(self._get(key, ()), lambda: self.fail(f'"{key}" harus daftar')), 1):
            yield Fields(self.file, f"{self.row} {key} ke-{position}".strip(), raw)

    def validity(self) -> Validity:
        found = Validity(valid_from=self.day("valid_from"), valid_to=self.day("valid_to"))
        if found.valid_from and found.valid_to and found.valid_to < found.valid_from:
            raise self.fail('"valid_to" lebih awal daripada "valid_from"')
        return found

    def status(self, default: Status | None = None) -> Status:
        allowed = tuple(Status)
        return Status(self.choice("status", allowed, default))

    def finish(self) -> None:
        """Refuse columns nobody asked for: most often a misspelt name."""
        unknown = sorted(set(self._raw) - self._asked)
        if unknown:
            raise self.fail(f'"{unknown[0]}" tidak dikenal')

    def _bound(self, key: str) -> AgeBound | None:
        if not self.has(key):
            return None
        text = self.text(key)
        try:
            return AgeBound.parse(text)
        except ValueError:
            raise self.fail(f'"{key}" harus umur seperti 28 hr, 2 bln, atau 18 th') from None

    def _get(self, key: str, default: object) -> Any:
        self._asked.add(key)
        if key in self._raw:
            return self._raw[key]
        if default is None:
            raise self.fail(f'"{key}" belum diisi')
        return default


V = TypeVar("V")


class Sheet(Fields):
    """One whole file: header, sections and lists of rows."""

    def __init__(self, name: str, raw: Mapping[str, Any]) -> None:
        super().__init__(name, "", raw)
        self.header = Header(
            name=name,
            version=self.text("version"),
            source=self.text("source"),
            status=self.status(),
            validity=self.validity(),
        )
        if self.header.validity.valid_from is None:
            raise self.fail('"valid_from" belum diisi')

    def finish(self) -> None:
        for name in self._get("defaults", {}):
            if name not in self._asked:
                raise self.fail(f"[defaults.{name}]: daftar itu tidak ada")
        super().finish()

    def section(self, key: str, make: Callable[[Fields], V]) -> V:
        """One table of the file, e.g. [words], made into what it stands for."""
        if not self.has(key):
            raise self.fail(f"bagian [{key}] belum ada")
        fields = self.nested(key)
        made = make(fields)
        fields.finish()
        return made

    def table(self, key: str, make: Callable[[Fields, RowBase], R]) -> Table[R]:
        """The rows [[key]] of the file, with source and status of [defaults.key] where a row does not say its own.

        A code may stand twice only where the validities do not overlap.
        """
        defaults = self.nested("defaults").nested(key)
        source = defaults.text("source", self.header.source)
        status = defaults.status(self.header.status)
        defaults.finish()
        made: list[R] = []
        for position, raw in enumerate(_rows(self._get(key, None), lambda: self.fail(f"[[{key}]] harus daftar")), 1):
            fields = Fields(self.file, f"{key} ke-{position} ({raw.get('code', 'tanpa code')})", raw)
            base = RowBase(
                code=fields.text("code"),
                source=fields.text("source", source),
                status=fields.status(status),
                validity=fields.validity(),
            )
            if any(row.code == base["code"] and _overlap(row.validity, base["validity"]) for row in made):
                raise fields.fail('"code" sudah dipakai baris lain pada masa berlaku yang sama')
            made.append(make(fields, base))
            fields.finish()
        if not made:
            raise self.fail(f"[[{key}]] tidak boleh kosong")
        return Table(self.header, tuple(made))


def _is_number(value: object) -> bool:
    """TOML knows nan and inf too; no limit is made of them."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()


def _rows(value: object, fault: Callable[[], BadReference]) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise fault()
    if not all(isinstance(item, Mapping) for item in value):
        raise fault()
    return value


def _overlap(one: Validity, other: Validity) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends
