"""What this machine knows: where the data lies, which desk it is, its printers and screens.

One small TOML file that only its owner reads. What belongs to the facility is in the database; nothing clinical here.
A damaged file never stops the program: it gives the last good one or the defaults, and a sentence that says so.
"""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from ilp_desk.errors import InvalidInput, UserError

DATA_VARIABLE = "ILP_DESK_DATA"
_FILE = "settings.toml"
_KINDS = ("", "tcp", "cups", "windows")
_WIDTHS = (58, 80)
_TIMES = (1, 2)
_PERCENT = range(101)
_SCALES = range(75, 201)


@dataclass(frozen=True, slots=True)
class ThermalPrinter:
    """The printer of queue tickets.

    kind: tcp (address is host or host:port), cups or windows (address is the queue's name), or empty for none.
    width: of the paper roll, 58 or 80 mm.
    """

    kind: str = ""
    address: str = ""
    width: int = 80


@dataclass(frozen=True, slots=True)
class Calling:
    """How the waiting-room display calls: with a voice or without, how loud (percent), how often each call is said."""

    voice: bool = True
    volume: int = 80
    times: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """data: folder of the database, None for the usual place. a4: name of the page printer, empty for the system's.

    second_screen: name of the screen the waiting-room display goes to. text_scale: percent, 75 to 200.
    """

    data: Path | None = None
    desk: str = "Loket 1"
    room: str = ""
    a4: str = ""
    thermal: ThermalPrinter = field(default_factory=ThermalPrinter)
    second_screen: str = ""
    text_scale: int = 100
    calling: Calling = field(default_factory=Calling)


@dataclass(frozen=True, slots=True)
class Machine:
    """The settings as found, and the places that follow from them.

    file: where the settings are read and written. data: the folder in force. warning: a sentence for the user or empty.
    """

    settings: Settings
    file: Path
    data: Path
    warning: str = ""

    @property
    def database(self) -> Path:
        return self.data / "desk.db"

    @property
    def key_file(self) -> Path:
        return self.data / "desk.key"

    @property
    def backups(self) -> Path:
        return self.data / "backup"


def load(data: Path | None = None, environ: Mapping[str, str] | None = None) -> Machine:
    """The settings of this machine.

    data: the folder given on the command line; it wins over ILP_DESK_DATA, that over the file, that over the usual
    place. A folder given from outside brings its own settings file, so that a trial never changes the real desk.
    """
    found = os.environ if environ is None else environ
    given = data or (Path(found[DATA_VARIABLE]) if found.get(DATA_VARIABLE) else None)
    if given is not None:
        given = given.expanduser().absolute()
        file = given / _FILE
    else:
        file = Path(platformdirs.user_config_dir("ilp-desk", appauthor=False)) / _FILE
    settings, warning = _read(file)
    usual = Path(platformdirs.user_data_dir("ilp-desk", appauthor=False))
    return Machine(settings, file, given or settings.data or usual, warning)


def save(settings: Settings, file: Path) -> None:
    """Write the settings; the last good ones stay beside them.

    Raises InvalidInput (its field: desk, room, thermal.address ...), UserError where the place cannot be written.
    """
    text = _toml(settings)
    _, bad = _settings(tomllib.loads(text))
    if bad:
        raise InvalidInput(
            bad[0], "Isian ini tidak dapat dipakai: kosong, terlalu panjang, atau memuat tanda tersembunyi."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        before = _parse(file)
        if before is not None:
            write_atomically(_spare(file), file.read_bytes())
        write_atomically(file, text.encode("utf-8"))
    except OSError as trouble:
        raise UserError(
            f"Pengaturan tidak dapat disimpan di {file.parent}. Periksa ruang cakram dan izin folder itu."
        ) from trouble


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file as a whole: after a crash it holds the old bytes or the new ones. Only its owner may read it.

    Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder outlive a power cut. Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _spare(file: Path) -> Path:
    return file.with_name(file.name + ".bak")


def _parse(file: Path) -> dict[str, Any] | None:
    """The file's tables, or None where it is not there or not readable."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        return None


def _read(file: Path) -> tuple[Settings, str]:
    if not file.exists() and not _spare(file).exists():
        return Settings(), ""
    tables = _parse(file)
    if tables is not None:
        settings, bad = _settings(tables)
        if not bad:
            return settings, ""
        names = ", ".join(bad)
        return settings, (
            f"Pengaturan komputer ini memuat isi yang tidak dikenal ({names}); bagian itu memakai nilai bawaan. "
            "Periksa di Manajemen, lalu simpan lagi."
        )
    spare = _parse(_spare(file))
    if spare is not None:
        return _settings(spare)[0], (
            "Berkas pengaturan komputer ini rusak; yang dipakai simpanan sebelumnya. "
            "Periksa printer dan nama loket di Manajemen, lalu simpan lagi."
        )
    return Settings(), (
        f"Berkas pengaturan {file} tidak dapat dibaca; yang dipakai nilai bawaan. "
        "Bila data Anda di folder lain, pilih lagi foldernya di Manajemen."
    )


def _word(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and value.isprintable()


def _settings(tables: Mapping[str, Any]) -> tuple[Settings, tuple[str, ...]]:
    """The settings and the names of what could not be used."""
    bad: list[str] = []

    def take(table: Mapping[str, Any], prefix: str, name: str, default: Any, fits: Callable[[Any], bool]) -> Any:
        value = table.get(name, default)
        if type(value) is type(default) and fits(value):
            return value
        bad.append(prefix + name)
        return default

    usual, printer = Settings(), tables.get("thermal", {})
    if not isinstance(printer, dict):
        bad.append("thermal")
        printer = {}
    calling = tables.get("calling", {})
    if not isinstance(calling, dict):
        bad.append("calling")
        calling = {}
    folder = take(tables, "", "data", "", _word)
    plain, calls = ThermalPrinter(), Calling()
    settings = Settings(
        data=Path(folder).expanduser().absolute() if folder else None,
        desk=take(tables, "", "desk", usual.desk, lambda v: _word(v) and v.strip() == v != ""),
        room=take(tables, "", "room", usual.room, _word),
        a4=take(tables, "", "a4", usual.a4, _word),
        thermal=ThermalPrinter(
            kind=take(printer, "thermal.", "kind", plain.kind, _KINDS.__contains__),
            address=take(printer, "thermal.", "address", plain.address, _word),
            width=take(printer, "thermal.", "width", plain.width, _WIDTHS.__contains__),
        ),
        second_screen=take(tables, "", "second_screen", usual.second_screen, _word),
        text_scale=take(tables, "", "text_scale", usual.text_scale, _SCALES.__contains__),
        calling=Calling(
            voice=take(calling, "calling.", "voice", calls.voice, (False, True).__contains__),
            volume=take(calling, "calling.", "volume", calls.volume, _PERCENT.__contains__),
            times=take(calling, "calling.", "times", calls.times, _TIMES.__contains__),
        ),
    )
    return settings, tuple(bad)


def _text(value: str) -> str:
    """A TOML string. JSON escapes the same signs, but for the one TOML does not allow bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(settings: Settings) -> str:
    thermal, calling = settings.thermal, settings.calling
    return "\n".join(
        (
            "# Pengaturan komputer ini, ditulis oleh ILP Desk.",
            f"data = {_text(str(settings.data or ''))}",
            f"desk = {_text(settings.desk)}",
            f"room = {_text(settings.room)}",
            f"a4 = {_text(settings.a4)}",
            f"second_screen = {_text(settings.second_screen)}",
            f"text_scale = {settings.text_scale}",
            "",
            "[thermal]",
            f"kind = {_text(thermal.kind)}",
            f"address = {_text(thermal.address)}",
            f"width = {thermal.width}",
            "",
            "[calling]",
            f"voice = {str(calling.voice).lower()}",
            f"volume = {calling.volume}",
            f"times = {calling.times}",
            "",
        )
    )
