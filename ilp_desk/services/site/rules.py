"""The rules the desk works by: what is in force, the files a Puskesmas lays over ours, and what its head approves."""

from __future__ import annotations

from collections.abc import Sequence

import resources
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.in_force import InForce, check, combine, is_instrument
from ilp_desk.domain.reference.overlay import changes, only, parse
from ilp_desk.domain.reference.reading import BadReference, Sheet
from ilp_desk.domain.site_files import RowApproval, SiteFile
from ilp_desk.domain.staff import EVERYONE, MANAGERS, Role, Staff
from ilp_desk.errors import Conflict, NotFound, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.reference import ReferenceDetail, ReferenceRow, RulesState, VersionsLaid
from ilp_desk.services.site.rule_files import decoded, fresh_version, named, refusal
from ilp_desk.services.site.rule_rows import file_entries, file_row, file_version, laid_row, rule_rows
from ilp_desk.services.site.rule_words import file_title
from ilp_desk.work import Service, command, question

HEAD = frozenset({Role.HEAD})
TOPIC = "reference"
_MODEL = """\
# Contoh dari program untuk aturan Puskesmas sendiri. Ganti version, valid_from, source, dan status.
# Cukup tulis baris yang berbeda: code, lalu kolom yang diubah. off = true mengeluarkan baris itu.
# Baris yang sama dengan bawaan tidak dihitung. Nama berkas jangan diubah.

"""


class RuleActs(Service):
    @question("site.reference", MANAGERS)
    def reference_files(self, uow: UnitOfWork) -> tuple[ReferenceRow, ...]:
        """Every reference file and instrument in force, by title, with what still waits for approval."""
        rules, kept = self._now(uow), uow.all(SiteFile)
        approved: dict[str, set[str]] = {}
        for approval in uow.all(RowApproval):
            approved.setdefault(approval.name, set()).add(approval.digest)
        names = {**dict.fromkeys(rules.ours.names), **dict.fromkeys(file.name for file in kept)}
        rows = [file_row(self.tools.in_force, rules, name, frozenset(approved.get(name, ())), kept) for name in names]
        return tuple(sorted(rows, key=lambda row: (row.instrument, row.title.casefold())))

    @question("site.reference_file", MANAGERS)
    def reference_file(self, uow: UnitOfWork, name: str) -> ReferenceDetail:
        """One file opened: its rows as they run, and what the Puskesmas laid. Raises NotFound."""
        rules, kept = self._now(uow), uow.all(SiteFile, name=name)
        if rules.ours.file(name) is None and not kept:
            raise NotFound
        approvals = uow.all(RowApproval, name=name)
        by_digest = {approval.digest: approval for approval in approvals}
        names = {person.uid: person.name for person in uow.all(Staff)}
        uow.about(name)
        return ReferenceDetail(
            file=file_row(self.tools.in_force, rules, name, frozenset(by_digest), kept),
            rows=rule_rows(rules, name, by_digest, names),
            laid=tuple(laid_row(file, rules, uow.today, names) for file in reversed(kept)),
        )

    @question("site.reference_text", MANAGERS)
    def reference_text(self, uow: UnitOfWork, name: str, uid: str = "") -> str:
        """A file of ours as a model to edit, or, with its uid, one the Puskesmas laid. Raises NotFound."""
        uow.about(name)
        if uid:
            return uow.get(SiteFile, uid).content
        ours = self.tools.in_force.ours
        if ours.file(name) is None:
            raise NotFound
        return _MODEL + (resources.instrument_text(name) if is_instrument(name) else resources.text(name))

    @question("site.reference_state", EVERYONE)
    def reference_state(self, uow: UnitOfWork) -> RulesState:
        """Whether this desk runs what was accepted, and which files of the Puskesmas it could not use."""
        running, kept = self.tools.in_force, uow.all(SiteFile)
        bad = {refused.file.uid for refused in running.refused}
        newest = {file.name: file.uid for file in kept if file.covers(uow.today) and file.uid not in bad}
        live = {file.uid for file in kept}
        titles = (self._title(refused.file) for refused in running.refused if refused.file.uid in live)
        return RulesState(
            refused=tuple(dict.fromkeys(titles)),
            later=newest != {name: file.uid for name, file in running.site.items()},
        )

    @command("site.lay_reference", MANAGERS)
    def lay_reference(self, uow: UnitOfWork, file_name: str, content: bytes) -> SiteFile:
        """Accept a file of the Puskesmas; it is checked with everything else in force, and refused whole.

        file_name: without folder; it says which file of ours it is laid over. Desks work by it when they are opened
        next. Laying the same again changes nothing. Raises UserError with file, row and reason.
        """
        name, text = named(file_name), decoded(file_name, content)
        before = self._now(uow)
        try:
            raw = parse(name, text)
            header = Sheet(name, raw).header
            ours = before.ours.file(name)
            different = () if ours is None else changes(ours, raw)
            check(before.ours, {**before.site_raw, name: only(raw, different)})
        except BadReference as trouble:
            raise refusal(trouble) from trouble
        if ours is not None and not different:
            raise UserError(f"Isi {file_name} sama dengan bawaan program. Ubah dulu yang berbeda, lalu pilih lagi.")
        kept = uow.all(SiteFile, name=name)
        if kept and kept[-1].content == text:
            return kept[-1]
        fresh_version(name, header.version, text, ours, uow.ask(VersionsLaid(name)))
        laid = uow.add(
            SiteFile(
                uid=new_uid(),
                name=name,
                version=header.version,
                content=text,
                valid_from=header.validity.valid_from or uow.today,
                valid_to=header.validity.valid_to,
                file_name=file_name,
                changes=different,
            )
        )
        return _told(uow, laid)

    @command("site.take_back_reference", MANAGERS)
    def take_back_reference(self, uow: UnitOfWork, uid: str, why: str) -> SiteFile:
        """Take a file of the Puskesmas out of force; the version before it runs again, else ours.

        Raises UserError where another of its files needs it, NeedsReason.
        """
        file = uow.get(SiteFile, uid)
        if not file.live:
            return file
        left = [other for other in uow.all(SiteFile) if other.uid != uid]
        before = {refused.file.uid for refused in self._now(uow).refused}
        after = combine(self.tools.in_force.ours, left, uow.today)
        broken = next((refused for refused in after.refused if refused.file.uid not in before), None)
        if broken is not None:
            raise UserError(
                f"Belum dapat ditarik: {broken.file.name}.toml ({broken.file.version}) memerlukannya. "
                "Tarik berkas itu dulu."
            )
        return _told(uow, uow.void(file, why))

    @command("site.approve_reference", HEAD)
    def approve_reference(self, uow: UnitOfWork, name: str, digests: Sequence[str]) -> tuple[RowApproval, ...]:
        """Approve rows as they were shown (their digests). Raises Conflict where one of them reads otherwise by now."""
        rules = self._now(uow)
        shown = {entry.digest: entry for entry in file_entries(rules, name)}
        if not set(digests) <= shown.keys():
            raise Conflict
        done = {approval.digest: approval for approval in uow.all(RowApproval, name=name)}
        version = file_version(rules, name)
        made = []
        for digest in dict.fromkeys(digests):
            entry = shown[digest]
            made.append(
                done.get(digest)
                or uow.add(
                    RowApproval(
                        uid=new_uid(),
                        name=name,
                        version=version,
                        section=entry.section,
                        code=entry.code,
                        digest=digest,
                    )
                )
            )
        uow.about(name)
        uow.announce(TOPIC, name)
        return tuple(made)

    @command("site.revoke_reference", HEAD)
    def revoke_reference(self, uow: UnitOfWork, uids: Sequence[str], why: str) -> None:
        """Take approvals back; the rows wait again. Raises NeedsReason."""
        for uid in dict.fromkeys(uids):
            approval = uow.get(RowApproval, uid)
            if approval.live:
                uow.void(approval, why)
            uow.about(approval.name)
            uow.announce(TOPIC, approval.name)

    def _now(self, uow: UnitOfWork) -> InForce:
        """The rules a desk would get if it were opened now."""
        running, kept = self.tools.in_force, uow.all(SiteFile)
        if not kept and not running.site and not running.refused:
            return running
        return combine(running.ours, kept, uow.today)

    def _title(self, file: SiteFile) -> str:
        ours = self.tools.in_force.ours
        return file_title(file.name, (ours.file(file.name) if is_instrument(file.name) else None) or {})


def _told(uow: UnitOfWork, file: SiteFile) -> SiteFile:
    uow.about(file.uid)
    uow.announce(TOPIC, file.name)
    return file
