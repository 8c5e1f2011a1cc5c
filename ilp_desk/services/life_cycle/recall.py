"""Daftar panggil: who of an area is late with what, who was called, and the lists for kader and spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ilp_desk import paperwork as forms
from ilp_desk.domain.areas import HOMES, Serving, in_order, spoken
from ilp_desk.domain.due.outlines import Kept, day, number, unpack
from ilp_desk.domain.due.recall import RecallContact, Stand, Standing, stand_of
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.reference.recall import RecallGroup
from ilp_desk.domain.site import Area
from ilp_desk.domain.staff import CARE, DESK, EVERYONE, Actor, Role
from ilp_desk.domain.text.ages import age, months_after, short_age_text
from ilp_desk.domain.text.dates import PartialDate, day_text, moment_text
from ilp_desk.errors import InvalidInput, NotAllowed
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import recall as rows
from ilp_desk.services import papers
from ilp_desk.services.documents import Printed
from ilp_desk.services.life_cycle.earlier import check_day
from ilp_desk.services.life_cycle.outlining import anew, fingerprint
from ilp_desk.services.tables import xlsx
from ilp_desk.work import NEVER_WRITE, Service, command, question

READERS = DESK | CARE | {Role.HEAD}
CALLERS = DESK | CARE
NOWHERE = "-"
"""As the place: people of the catchment whose area nobody has noted."""
BATCH = 200
MOST_ON_PAPER, MOST_IN_TABLE = 600, 20_000
"""More people than anybody could call on; whoever asks is told to narrow it down."""
TO_CALL = {Standing.LATE: "terlambat", Standing.DUE: "waktunya bulan ini", Standing.NO_DATA: "belum ada data"}
FEW_DOSES = 3
"""So many doses are named one by one."""
IN_MONTHS = 60
"""Younger than so many months an age is told in months."""
HEADING = (
    "Nama", "JK", "Umur", "Wilayah", "RW", "RT", "Alamat", "Nama ibu", "Layanan", "Keadaan", "Sejak", "Terakhir datang",
    "Telepon", "Tindak lanjut",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which list. group: code of recall.toml; place: uid of a village or hamlet, NOWHERE, empty: the whole catchment;
    posyandu: uid; months: late for at least so many; kader: only what a kader may read."""

    group: str
    place: str = ""
    rw: str = ""
    rt: str = ""
    posyandu: str = ""
    standing: Standing = Standing.LATE
    months: int = 0
    kader: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What may be asked for. groups: code and label; places: villages and hamlets in order; results: of a call."""

    groups: tuple[tuple[str, str], ...]
    places: tuple[rows.Place, ...]
    posyandu: tuple[rows.Place, ...]
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """Somebody was called in, or it was tried. uid is made by the caller; result: code of recall.toml."""

    uid: str
    person_uid: str
    about: str
    on: date
    by: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _One:
    row: rows.OutlineRow
    stand: Stand


class Recall(Service):
    """Lists are worked out from days that are kept; what was written about somebody since is read at once."""

    @question("recall.choices", READERS)
    def choices(self, uow: UnitOfWork) -> Choices:
        """Groups of services this actor may ask for, and the areas."""
        areas = uow.all(Area)
        places, posyandu = [], []
        for line in in_order(areas):
            area = line.area
            if area.level in HOMES:
                places.append(rows.Place(area.uid, area.name, area.level, line.depth, _homes(area, areas)))
            elif area.level == "posyandu":
                posyandu.append(rows.Place(area.uid, line.path[-1], area.level, line.depth, _around(area, areas)))
        table = self.reference.recall
        return Choices(
            groups=tuple((g.code, g.label) for g in table.groups if uow.actor.clinician or not g.sensitive),
            places=tuple(places),
            posyandu=tuple(posyandu),
            results=tuple((row.code, row.label) for row in table.results),
        )

    @question("recall.neighbourhoods", READERS)
    def neighbourhoods(self, uow: UnitOfWork, place: str) -> tuple[tuple[str, str], ...]:
        """RW and RT somebody lives in, of a village or hamlet, in order."""
        homes = self._homes_of(uow, place)
        if not homes:
            return ()
        found = {(rw, rt) for _, rw, rt in uow.ask(rows.Neighbourhoods(homes)) if rw or rt}
        return tuple(sorted(found))

    @question("recall.list", READERS)
    def list(self, uow: UnitOfWork, asked: Asked, after: int = 0, limit: int = 50) -> rows.RecallPage:
        """Some of a list, the longest late first. Raises NotAllowed for what this actor may not read."""
        uow.about(asked.place or asked.posyandu)
        return self._page(uow, asked, after, limit)

    @question("recall.sheet", READERS)
    def sheet(self, uow: UnitOfWork, asked: Asked) -> Printed:
        """The list on paper for a kader: all who are to be called, by RT, nothing a kader may not read.

        Raises InvalidInput for a secret group and for more people than can be called on.
        """
        uow.about(asked.place or asked.posyandu)
        chosen = replace(asked, kader=True)
        group = self._to_hand_out(asked.group)
        found = [one for one in self._standing(uow, chosen, group) if one.stand.standing in TO_CALL]
        if len(found) > MOST_ON_PAPER:
            raise InvalidInput("place", f"Ada {len(found)} orang. Pilih desa, RW, atau posyandu dulu.")
        order = list(TO_CALL)
        found.sort(key=lambda one: (order.index(one.stand.standing), _longest_first(one)))
        blocks: dict[str, list[forms.RecallEntry]] = {}
        for line in sorted(self._lines(uow, found, group), key=lambda line: (line.area, line.rw, line.rt)):
            numbers = " / ".join(f"{word} {n}" for word, n in (("RT", line.rt), ("RW", line.rw)) if n)
            title = ", ".join(filter(None, (numbers, line.area))) or "Wilayah belum tercatat"
            blocks.setdefault(title, []).append(_entry(line))
        many = {one: sum(other.stand.standing is one for other in found) for one in order}
        now = self.tools.clock.local(uow.now)
        paper = forms.RecallList(
            letterhead=papers.letterhead(papers.facility(uow)),
            group=group.label,
            area=self._area_words(uow, asked),
            counts=" · ".join(f"{many[one]} {words}" for one, words in TO_CALL.items()),
            day=day_text(uow.today),
            printed=f"Dicetak {uow.actor.name}, {moment_text(now)}.",
            blocks=tuple(forms.RecallBlock(title=title, entries=tuple(made)) for title, made in blocks.items()),
        )
        return Printed("daftar-panggil", self.tools.renderer.pdf(paper))

    @question("recall.table", READERS)
    def table(self, uow: UnitOfWork, asked: Asked) -> bytes:
        """The list as a workbook (XLSX) of text. Raises InvalidInput for a secret group and for too many people."""
        uow.about(asked.place or asked.posyandu)
        group = self._to_hand_out(asked.group)
        page = self._page(uow, asked, 0, MOST_IN_TABLE)
        if page.found > MOST_IN_TABLE:
            raise InvalidInput("place", f"Ada {page.found} orang. Pilih desa, RW, atau posyandu dulu.")
        return xlsx(group.label, HEADING, [_cells(line) for line in page.lines])

    @command("recall.contact", CALLERS)
    def contact(self, uow: UnitOfWork, called: Called) -> RecallContact:
        """Note that somebody was called in, and what came of it. Raises InvalidInput."""
        table, by = self.reference.recall, tidy(called.by)
        group = self._group(called.about, uow.actor)
        if called.result not in table.results:
            raise InvalidInput("result", "Pilih hasil menghubungi.")
        person = uow.get(Person, called.person_uid)
        uow.about(person.uid)
        check_day(person, PartialDate(called.on), uow.today)
        if not by:
            raise InvalidInput("by", "Tulis siapa yang menghubungi.")
        known = uow.find(RecallContact, called.uid)
        if known is not None:
            return known
        made = uow.add(
            RecallContact(
                uid=called.uid,
                person_uid=person.uid,
                about=group.code,
                on=called.on,
                by=by,
                result=called.result,
                note=tidy(called.note),
            )
        )
        uow.announce("recall", person.uid)
        return made

    @command("recall.take_back", CALLERS)
    def take_back(self, uow: UnitOfWork, uid: str) -> None:
        """A call was noted by mistake; it stays, void."""
        known = uow.get(RecallContact, uid)
        uow.about(known.person_uid)
        if known.live:
            uow.void(known, "diurungkan")
            uow.announce("recall", known.person_uid)

    def renew(self, actor: Actor, limit: int = BATCH) -> int:
        """Make some outlines anew that are old; gives how many. For moments in which nobody waits: lists read what is
        old by themselves, this makes them quicker. Nobody who writes waits while they are worked out."""
        rules, made = self.old(actor, limit)
        if made:
            self.keep(actor, rules, made)
        return len(made)

    @question("recall.old", EVERYONE, NEVER_WRITE)
    def old(self, uow: UnitOfWork, limit: int) -> tuple[str, tuple[rows.OutlineMade, ...]]:
        """Outlines that are old, worked out anew; and by which rules."""
        rules = fingerprint(self.tools.in_force, uow.today)
        marks = dict(uow.ask(rows.OldOutlines(rules, uow.today, limit)))
        made = anew(uow, tuple(marks), self.tools)
        return rules, tuple(rows.OutlineMade(who, marks[who], found.until, found.days) for who, found in made)

    @command("recall.keep", EVERYONE, quiet=True)
    def keep(self, uow: UnitOfWork, rules: str, made: Sequence[rows.OutlineMade]) -> None:
        """Keep them; who was written about meanwhile stays old."""
        uow.keep_outlines(rules, made)

    # -- parts

    def _page(self, uow: UnitOfWork, asked: Asked, after: int, limit: int) -> rows.RecallPage:
        group = self._group(asked.group, uow.actor)
        counts = dict.fromkeys(Standing, 0)
        chosen: list[_One] = []
        far = number(months_after(uow.today, -asked.months)) if asked.months else None
        for one in self._standing(uow, asked, group):
            stand = one.stand
            counts[stand.standing] += 1
            if stand.standing is asked.standing and (far is None or (stand.since is not None and stand.since <= far)):
                chosen.append(one)
        chosen.sort(key=_longest_first)
        return rows.RecallPage(
            lines=self._lines(uow, chosen[after : after + limit], group),
            found=len(chosen),
            counts=rows.RecallCounts(**{standing.value: many for standing, many in counts.items()}),
            left_out=not group.sensitive,
        )

    def _standing(self, uow: UnitOfWork, asked: Asked, group: RecallGroup) -> Iterator[_One]:
        """How everybody of the area stands."""
        table = self.reference.services
        places = frozenset(
            place
            for place, service in enumerate(table.services)
            if service.code in group.services and (service.kader or not asked.kader)
        )
        today = number(uow.today)
        end = number(months_after(uow.today.replace(day=1), 1) - timedelta(days=1))
        lost_for = round(table.lost_for.order)
        for row in self._rows(uow, asked):
            stand = stand_of(unpack(row.days, places), today, end, lost_for)
            if stand is not None:
                yield _One(row, stand)

    def _rows(self, uow: UnitOfWork, asked: Asked) -> Sequence[rows.OutlineRow]:
        """What is kept of the people of the area, made anew where it does not hold any more."""
        homes = None if asked.place == NOWHERE else self._homes_of(uow, asked.place)
        areas = uow.all(Area) if asked.posyandu else ()
        if asked.posyandu and homes is not None:
            around = _around(uow.get(Area, asked.posyandu), areas)
            homes = tuple(home for home in homes if home in around)
        found: Sequence[rows.OutlineRow] = uow.ask(rows.OutlinesIn(homes, asked.rw, asked.rt))
        if asked.posyandu:
            serving = Serving(areas)
            found = [row for row in found if serving.posyandu(row.home, row.rw, row.rt) == asked.posyandu]
        rules = fingerprint(self.tools.in_force, uow.today)
        old = [row.number for row in found if row.until <= uow.today or row.rules != rules]
        if not old:
            return found
        fresh = dict(anew(uow, old, self.tools))
        return [row._replace(days=fresh[row.number].days) if row.number in fresh else row for row in found]

    def _homes_of(self, uow: UnitOfWork, place: str) -> tuple[str, ...]:
        """The hamlets and villages of a choice; an area that is gone has none."""
        if not place:
            return tuple(area.uid for area in uow.all(Area, level=HOMES))
        chosen = uow.find(Area, place)
        return _homes(chosen, uow.all(Area, parent_uid=place)) if chosen is not None and chosen.level in HOMES else ()

    def _group(self, code: str, actor: Actor) -> RecallGroup:
        group = self.reference.recall.groups.get(code)
        if group is None:
            raise InvalidInput("group", "Pilih kelompok layanan.")
        if group.sensitive and not actor.clinician:
            raise NotAllowed
        return group

    def _to_hand_out(self, code: str) -> RecallGroup:
        """A group that may leave the Puskesmas on paper or in a file."""
        group = self.reference.recall.groups.get(code)
        if group is None or group.sensitive:
            raise InvalidInput("group", "Kelompok ini dirahasiakan: hanya dibaca di layar oleh yang merawat.")
        return group

    def _area_words(self, uow: UnitOfWork, asked: Asked) -> str:
        if asked.place == NOWHERE:
            return "Wilayah belum tercatat"
        area, posyandu = uow.find(Area, asked.place), uow.find(Area, asked.posyandu)
        words = [area.name if area is not None else "Semua wilayah"]
        words += [f"RW {asked.rw}"] if asked.rw else []
        words += [f"RT {asked.rt}"] if asked.rt else []
        words += [spoken(posyandu)] if posyandu is not None else []
        return ", ".join(words)

    def _lines(self, uow: UnitOfWork, chosen: Sequence[_One], group: RecallGroup) -> tuple[rows.RecallLine, ...]:
        if not chosen:
            return ()
        people = {line.number: line for line in uow.ask(rows.PeopleOf(tuple(one.row.number for one in chosen)))}
        uids = tuple(line.uid for line in people.values())
        contacts = self._contacts(uow, uids, group)
        return tuple(
            self._line(one, people[one.row.number], contacts, uow.today) for one in chosen if one.row.number in people
        )

    def _line(
        self, one: _One, person: rows.PersonLine, contacts: dict[str, rows.ContactLine], today: date
    ) -> rows.RecallLine:
        since = day(one.stand.since) if one.stand.since is not None else None
        return rows.RecallLine(
            person_uid=person.uid,
            name=person.name,
            sex=person.sex.value,
            age=_age(person, today),
            area=person.area,
            rw=one.row.rw,
            rt=one.row.rt,
            address=person.address,
            mother=person.mother,
            state=one.stand.standing.value,
            services=self._names(one.stand.services),
            since_on=since,
            since=_since(one.stand.standing, since, today),
            last_visit=person.last_visit,
            phone=_masked(person.phone),
            contact=contacts.get(person.uid),
        )

    def _names(self, services: Sequence[Kept]) -> tuple[str, ...]:
        """Each once; those of a bundle by its name, where more than one of it is meant; of many doses the service."""
        table = self.reference.services
        known = [(one, table.services.rows[one.place]) for one in services]
        bundles = Counter(service.bundle for _, service in known)
        parts = Counter(one.place for one in services)
        names: dict[str, None] = {}
        told: set[int] = set()
        for one, service in known:
            bundle = table.bundles.get(service.bundle) if bundles[service.bundle] > 1 else None
            if bundle is not None:
                names[bundle.label] = None
            elif one.name and parts[one.place] <= FEW_DOSES:
                lead, _, rest = one.name.partition(" ")
                names[rest if one.place in told and rest else f"{lead} {rest}".strip()] = None
                told.add(one.place)
            else:
                names[service.name] = None
        return tuple(names)

    def _contacts(self, uow: UnitOfWork, uids: Sequence[str], group: RecallGroup) -> dict[str, rows.ContactLine]:
        """The newest call of each that still says something; of a secret group only on its own list."""
        table = self.reference.recall
        found: dict[str, rows.ContactLine] = {}
        calls = sorted(uow.all(RecallContact, person_uid=uids), key=lambda call: (call.on, call.uid))
        for call in calls:
            known = table.groups.get(call.about)
            secret = known is None or known.sensitive
            if (secret and call.about != group.code) or uow.today >= table.contact_holds.after(call.on):
                continue
            result = table.results.get(call.result)
            label = result.label if result is not None else call.result
            found[call.person_uid] = rows.ContactLine(
                uid=call.uid,
                on=call.on,
                by=call.by,
                result=label,
                words=f"{label}, {day_text(call.on)}, {call.by}",
                note=call.note,
            )
        return found


def _entry(line: rows.RecallLine) -> forms.RecallEntry:
    mother = f"ibu {line.mother}" if line.mother else ""
    return forms.RecallEntry(
        name=line.name,
        who=" · ".join(filter(None, (line.age, line.sex, mother))),
        address=line.address,
        services=", ".join(line.services),
        since=line.since,
        late=line.state == Standing.LATE,
        last_visit=day_text(line.last_visit),
        contact=line.contact.words if line.contact is not None else "",
    )


def _cells(line: rows.RecallLine) -> tuple[str, ...]:
    return (
        line.name, line.sex, line.age, line.area, line.rw, line.rt, line.address, line.mother, ", ".join(line.services),
        line.since, day_text(line.since_on), day_text(line.last_visit), line.phone,
        line.contact.words if line.contact is not None else "",
    )  # fmt: skip


def _homes(area: Area, areas: Sequence[Area]) -> tuple[str, ...]:
    """The hamlets and villages that an area means: itself and the hamlets in it."""
    return (area.uid, *(other.uid for other in areas if other.parent_uid == area.uid and other.level in HOMES))


def _around(posyandu: Area, areas: Sequence[Area]) -> tuple[str, ...]:
    """The hamlets and villages of the village a posyandu stands in: whoever it serves lives there."""
    by_uid = {area.uid: area for area in areas}
    top = posyandu
    while top.parent_uid in by_uid:
        top = by_uid[top.parent_uid]
    return _homes(top, areas)


def _age(person: rows.PersonLine, today: date) -> str:
    """`22 bln` for small children, else as in other lists."""
    if person.born_on is not None and person.born_precision is Precision.DAY and person.born_on <= today:
        months = age(person.born_on, today).total_months
        if 0 < months < IN_MONTHS:
            return f"{months} bln"
    return short_age_text(person.born_on, person.born_precision, today)


def _longest_first(one: _One) -> tuple[int, str, str, int]:
    since = one.stand.since
    return (since if since is not None else 0, one.row.rw, one.row.rt, one.row.number)


def _since(standing: Standing, since: date | None, today: date) -> str:
    """`terlambat 5 bln`, `sejak 01-11-2026`, `mulai 25-11-2026`, `belum ada data`."""
    if standing is Standing.NO_DATA:
        return "belum ada data"
    if since is None:
        return ""
    if standing is Standing.DUE:
        return f"{'sejak' if since <= today else 'mulai'} {day_text(since)}"
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if months >= 24:
        return f"terlambat {months // 12} th"
    return f"terlambat {months} bln" if months else f"terlambat {(today - since).days + 1} hr"


def _masked(phone: str) -> str:
    """`0812•••114`: enough to know whether it is the same."""
    return f"{phone[:4]}•••{phone[-3:]}" if len(phone) > 7 else "•" * len(phone)
