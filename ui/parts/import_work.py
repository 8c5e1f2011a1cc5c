"""The import of a window: chosen list, process at work, how it ended. It outlives the sheet that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain import fact_rows, import_rows
from ilp_desk.errors import UserError
from ilp_desk.rows.importing import ImportReport, counts_text, facts_text, places_text
from ui.long_lane import LongTask, Progress
from ui.page import Context
from ui.runner import Runner
from ui.widgets import BannerKind

if TYPE_CHECKING:
    from ilp_desk.rows.safekeeping import WayIn


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list that is imported. command: words of `ilp-desk` that do it; labels: of its fields, in order;
    guess: columns by their headings; unmapped: what is wanted and has none; wanted: fields of those; head, hint: what
    is said before a file is chosen; doing: while it is imported; over: before how it ended; counts: its figures."""

    command: tuple[str, ...]
    title: str
    labels: Mapping[str, str]
    guess: Callable[[Sequence[str]], dict[str, int]]
    unmapped: Callable[[Mapping[str, int]], tuple[str, ...]]
    wanted: tuple[str, ...]
    head: str
    hint: str
    doing: str
    over: str
    template: str
    counts: Callable[[ImportReport, bool], str]


PATIENTS = ListKind(
    command=("import", "patients"),
    title="Impor daftar pasien",
    labels={
        "name": "Nama",
        "sex": "Jenis kelamin",
        "birth": "Tanggal lahir",
        "birth_place": "Tempat lahir",
        "nik": "NIK",
        "kk": "No. KK",
        "relationship": "Hubungan keluarga",
        "bpjs": "No. BPJS",
        "payer": "Penjamin",
        "record_number": "No. RM",
        "mother_name": "Nama ibu",
        "phone": "Telepon",
        "address": "Alamat",
        "rt": "RT",
        "rw": "RW",
        "hamlet": "Dusun",
        "village": "Desa",
        "occupation": "Pekerjaan",
    },
    guess=import_rows.guess,
    unmapped=import_rows.unmapped,
    wanted=import_rows.WANTED,
    head="Daftar pasien dari sistem lama.",
    hint="Baris pertama harus judul kolom. Nomor RM yang ada dipertahankan; yang sudah tercatat dilewati.",
    doing="Memasukkan pasien",
    over="Impor pasien",
    template="contoh-pasien.csv",
    counts=lambda report, dry: counts_text(report, dry=dry),
)
FACTS = ListKind(
    command=("import", "facts"),
    title="Impor imunisasi dan layanan yang lalu",
    labels=fact_rows.LABELS,
    guess=fact_rows.guess,
    unmapped=fact_rows.unmapped,
    wanted=fact_rows.WANTED,
    head="Imunisasi, layanan, dan skrining yang lalu.",
    hint="Satu baris untuk satu kejadian. Orangnya dicari dari NIK, No. RM, atau nama dengan tanggal lahir; tanggal "
    "boleh bulan atau tahun saja. Yang sudah tercatat dilewati.",
    doing="Memasukkan layanan yang lalu",
    over="Impor layanan yang lalu",
    template="contoh-layanan.csv",
    counts=lambda report, dry: facts_text(report, dry=dry),
)


@dataclass(frozen=True, slots=True)
class PatientList:
    """A file and how its columns are understood. columns: field -> heading, empty where it has none."""

    path: Path
    heading: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def errors(self) -> Path:
        """Where the rows with remarks are written."""
        return self.path.with_name(f"{self.path.stem}-perlu-diperiksa.csv")


@dataclass(frozen=True, slots=True)
class Told:
    """How it ended, as a banner shows it."""

    kind: BannerKind
    head: str
    text: str
    why: str = ""


def arguments(chosen: PatientList, folder: Path, staff_uid: str, *, dry: bool, kind: ListKind = PATIENTS) -> list[str]:
    """What the other process is told. folder: of the data the desk is open on; the key is fed to its input."""
    words = ["--data", str(folder), *kind.command, str(chosen.path), "--key-from-input", "--progress"]
    words += ["--errors", str(chosen.errors), "--staff", staff_uid]
    if dry:
        words.append("--dry-run")
    for field, heading in chosen.columns.items():
        words += ["--map", f"{field}={heading}"]
    return words


class ImportWork(QObject):
    """One a runner and kind of list: a closed sheet or a page built anew finds it again.

    changed: it began, went on or ended; over(text): it ended, in a sentence. dry: only looked, nothing stored.
    """

    changed = Signal()
    over = Signal(str)

    def __init__(self, runner: Runner, kind: ListKind = PATIENTS) -> None:
        super().__init__(runner)
        self.setObjectName(kind.title)
        self._runner, self.kind = runner, kind
        self._task: LongTask | None = None
        self.dry = False
        self.chosen: PatientList | None = None
        self.running = False
        self.step = Progress(0, 0, "")
        self.told: Told | None = None

    @staticmethod
    def of(runner: Runner, kind: ListKind = PATIENTS) -> ImportWork:
        """The import of this kind of list of this runner."""
        return runner.findChild(ImportWork, kind.title) or ImportWork(runner, kind)

    @property
    def title(self) -> str:
        """What is being done."""
        return "Memeriksa daftar" if self.dry else self.kind.doing

    def start(self, context: Context, chosen: PatientList, *, dry: bool) -> None:
        """Check or import a list in a process of its own, on the data this desk is open on."""
        desk, actor = context.desk, context.actor

        def launch(way: WayIn) -> None:
            words = arguments(chosen, way.folder, actor.staff_uid, dry=dry, kind=self.kind)
            feed = way.key.hex().encode("ascii") + b"\n"
            self._task = self._runner.long(words, self._done, self._failed, self._progress, feed)

        self.chosen, self.dry, self.running = chosen, dry, True
        self.step, self.told = Progress(0, 0, ""), None
        self._runner.read("import.way_in", lambda: desk.safekeeping.way_in(actor), launch, self._failed)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop the process; what it has stored stays."""
        if self._task is not None:
            self._task.cancel()

    def _progress(self, step: Progress) -> None:
        self.step = step
        self.changed.emit()

    def _done(self, result: Mapping[str, Any]) -> None:
        report = ImportReport(**result)
        head = "Selesai diperiksa." if self.dry else "Selesai diimpor."
        where = f"Rinciannya di {self.chosen.errors.name}, di folder yang sama." if self.chosen else ""
        why = [places_text(report), where if report.remarked else ""]
        kind: BannerKind = "warning" if report.wrong or report.unplaced else "info"
        self._end(Told(kind, head, self.kind.counts(report, self.dry), "\n".join(filter(None, why))))

    def _failed(self, error: Exception) -> None:
        unforeseen = "Yang sudah masuk tetap ada. Impor lagi daftar yang sama: yang sudah ada dilewati."
        self._end(Told("danger", "Tidak selesai.", error.sentence if isinstance(error, UserError) else unforeseen))

    def _end(self, told: Told) -> None:
        self._task, self.running, self.told = None, False, told
        self.changed.emit()
        self.over.emit(f"{self.kind.over}. {told.head} {told.text}")
