"""How the services of today are told in a few lines: what was done, what is open with bundles folded, and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.due.rules import OPEN
from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.rows.care import DueLine

HINTED = 12
"""Services one hint names."""
MOST = 7
ALONE = 3
"""So many services of one bundle in the same state still stand by themselves."""
LOOKS = {
    "done": ("check", "ok", "selesai"),
    "due": ("dot", "ink", "jatuh tempo"),
    "late": ("late", "danger", "terlambat"),
    "upcoming": ("circle", "muted", "akan datang"),
    "lost": ("minus", "muted", "tidak mungkin lagi"),
    "no_data": ("help", "warning", "belum ada data"),
    "postponed": ("clock", "muted", "ditunda"),
    "refused": ("void", "muted", "ditolak"),
}
"""State -> icon, its colour, and the word that stands for both."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """One line of the card. note: at the right; hint: the whole of it, for the pointer and the reader; lines: what it
    stands for, one that is opened by itself, several that are opened as a list, none for the rest behind the tab."""

    state: str
    title: str
    note: str
    hint: str
    lines: tuple[DueLine, ...] = ()

    @property
    def short(self) -> str:
        """The note where there is little room: its figure, where it begins with one."""
        first = self.note.partition(" ")[0]
        return first if first.isdigit() else self.note

    @property
    def key(self) -> str:
        return self.lines[0].key if len(self.lines) == 1 else f"{self.state}:{self.title}"


def groups_of(lines: Sequence[DueLine], today: date, most: int = MOST) -> tuple[DueGroup, ...]:
    """At most so many lines: done today, then what is open in the order it comes, the rest counted in the last one."""
    done = [line for line in lines if line.state == "done" and line.last_on == today]
    rest = [line for line in lines if line.state not in (*OPEN, "done")]
    found = [_done(done)] if done else []
    room = most - len(found) - (1 if rest else 0)
    opened = _opened([line for line in lines if line.state in OPEN], today, room)
    if len(opened) > room:
        room = most - len(found) - 1
    found += opened[:room]
    left = [line for group in opened[room:] for line in group.lines] + rest
    if left:
        found.append(_rest(left))
    return tuple(found)


def open_count(lines: Iterable[DueLine]) -> int:
    """How many services are open."""
    return sum(1 for line in lines if line.state in OPEN)


def late_for(line: DueLine, today: date) -> str:
    """`2 bln`: for how long it is late; empty where no day says so."""
    return short_age_text(line.late_on, Precision.DAY, today) if line.late_on is not None else ""


def one_line(lines: Sequence[DueLine]) -> str:
    """All of it in one sentence: `3 layanan terbuka, 1 terlambat`."""
    late, count = sum(1 for line in lines if line.state == "late"), open_count(lines)
    if not lines:
        return "Tidak ada layanan untuk orang ini. Umur dan keadaannya menentukan; periksa tanggal lahirnya"
    if not count:
        return "Tidak ada layanan yang terbuka"
    return f"{count} layanan terbuka" + (f", {late} terlambat" if late else "")


def hint_of(line: DueLine) -> str:
    """`Gigi: terlambat sejak 12-04-2026. Terakhir 12-03-2025, setiap tahun. Lintas Klaster`."""
    reason = f". {line.reason[0].upper()}{line.reason[1:]}" if line.reason else ""
    cluster = f". {line.cluster}" if line.cluster else ""
    return f"{line.name}: {line.words}{reason}{cluster}"


def _opened(lines: Sequence[DueLine], today: date, room: int) -> list[DueGroup]:
    """What is late or due stands by itself as long as there is room for that; what nobody knows is folded anyway."""
    groups: list[DueGroup] = []
    for alone in (len(lines), ALONE):
        many = Counter((_together(line), line.state) for line in lines)
        folded: dict[str, list[DueLine]] = {}
        for line in lines:
            together = _together(line)
            by_itself = many[together, line.state] <= (ALONE if line.state == "no_data" else alone)
            folded.setdefault(line.key if by_itself else f"{line.state}:{together}", []).append(line)
        groups = [_one(some[0], today) if len(some) == 1 else _bundle(some) for some in folded.values()]
        unknown = any(group.state == "no_data" for group in groups)
        if sum(1 for group in groups if group.state != "no_data") + unknown <= room:
            break
    return groups


def _together(line: DueLine) -> str:
    """What a line is folded with: its bundle, or the other items of the same service."""
    return line.bundle or line.service


def _one(line: DueLine, today: date) -> DueGroup:
    note = {"late": f"terlambat {late_for(line, today)}".strip(), "no_data": "belum ada data"}.get(line.state, "")
    return DueGroup(line.state, line.name, note, hint_of(line), (line,))


def _bundle(lines: Sequence[DueLine]) -> DueGroup:
    state = lines[0].state
    hint = "\n".join(hint_of(line) for line in lines)
    return DueGroup(state, lines[0].bundle_name, f"{len(lines)} {LOOKS[state][2]}", hint, tuple(lines))


def _done(lines: Sequence[DueLine]) -> DueGroup:
    labels = dict.fromkeys(line.closes[0][1] if len(line.closes) == 1 else line.name for line in lines)
    hint = "Selesai hari ini: " + ", ".join(line.name for line in lines)
    return DueGroup("done", ", ".join(labels), "", hint)


def _rest(lines: Sequence[DueLine]) -> DueGroup:
    states = Counter(line.state for line in lines)
    told = [f"{states[state]} {word}" for state, (_, _, word) in LOOKS.items() if states[state]]
    hint = "\n".join(hint_of(line) for line in lines[:HINTED])
    more = f"\ndan {len(lines) - HINTED} lagi" if len(lines) > HINTED else ""
    return DueGroup("upcoming", f"{len(lines)} lagi", " · ".join(told), hint + more)
