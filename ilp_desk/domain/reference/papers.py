"""Referral kinds, contradictions between diagnoses, consent texts, and limits of certificates."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.codespans import is_span
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralField(Row):
    """missing: the sentence where it is empty."""

    label: str
    missing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralKind(Row):
    """required: fields without which no letter is issued; later: may be completed afterwards; shown: may stay empty.

    line: under the title of the letter. valid_days: from issue, 0 until the emergency is settled.
    """

    label: str
    line: str
    required: tuple[str, ...]
    later: tuple[str, ...]
    shown: tuple[str, ...]
    valid_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralForms:
    """reply_days: a letter without a reply is marked after so many; planned_days: how far ahead a visit is planned."""

    kinds: Table[ReferralKind]
    fields: Table[ReferralField]
    reply_days: int
    planned_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction(Row):
    """One of `codes` together with one of `beside`, or on somebody it cannot or hardly be said of.

    codes, beside: beginnings ("O14") or spans of categories ("O10-O16"). sex: L or P, whom the codes do not fit.
    pregnant: False where no pregnancy is recorded; postpartum: False outside nifas, True in it. ages: at which the
    codes are unusual.
    """

    codes: tuple[str, ...]
    beside: tuple[str, ...]
    sex: str
    pregnant: bool | None
    postpartum: bool | None
    ages: Ages
    sentence: str


@dataclass(frozen=True, slots=True)
class Clause:
    """choice: answered by itself, agreed or not, and the answer is stored under `code`."""

    heading: str
    text: str
    choice: bool
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentText(Row):
    """text_version: stored with every answer, so that it is known what was shown."""

    text_version: str
    title: str
    opening: str
    clauses: tuple[Clause, ...]

    @property
    def choices(self) -> tuple[Clause, ...]:
        """The clauses that are answered by themselves."""
        return tuple(clause for clause in self.clauses if clause.choice)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Sick notes. sick_days: the longest rest; sick_start_days: how far from the examination it may begin."""

    sick_days: int
    sick_start_days: int


def read_certificates(sheet: Sheet) -> Certificates:
    return sheet.section("sick_note", lambda f: Certificates(f.integer("days"), f.integer("start_within")))


def read_referral_kinds(sheet: Sheet) -> ReferralForms:
    def make_field(fields: Fields, base: RowBase) -> ReferralField:
        return ReferralField(**base, label=fields.text("label"), missing=fields.text("missing"))

    known = sheet.table("field", make_field)

    def make_kind(fields: Fields, base: RowBase) -> ReferralKind:
        kind = ReferralKind(
            **base,
            label=fields.text("label"),
            line=fields.text("line"),
            required=fields.texts("required", required=True),
            later=fields.texts("later"),
            shown=fields.texts("shown"),
            valid_days=fields.integer("valid_days"),
        )
        listed = (*kind.required, *kind.later, *kind.shown)
        for code in listed:
            if code not in known:
                raise fields.fail(f'isian "{code}" tidak ada di [[field]]')
        if len(set(listed)) < len(listed):
            raise fields.fail("satu isian tertulis dua kali")
        return kind

    return ReferralForms(
        kinds=sheet.table("kind", make_kind),
        fields=known,
        reply_days=sheet.section("reply", lambda fields: fields.integer("days")),
        planned_days=sheet.section("planned", lambda fields: fields.integer("days")),
    )


def read_contradictions(sheet: Sheet) -> Table[Contradiction]:
    def make(fields: Fields, base: RowBase) -> Contradiction:
        row = Contradiction(
            **base,
            codes=fields.texts("codes", required=True),
            beside=fields.texts("beside"),
            sex=fields.choice("sex", ("L", "P", ""), ""),
            pregnant=fields.optional_flag("pregnant"),
            postpartum=fields.optional_flag("postpartum"),
            ages=fields.ages(),
            sentence=fields.template("sentence", ("a", "b")),
        )
        for code in (*row.codes, *row.beside):
            if not is_span(code):
                raise fields.fail(f'"{code}" bukan awalan kode atau rentang seperti O10-O16')
        about_her = row.pregnant is not None or row.postpartum is not None
        if not row.beside and not row.sex and not about_her and row.ages.open:
            raise fields.fail('harus ada "beside", "sex", "pregnant", "postpartum", atau umur')
        return row

    return sheet.table("contradiction", make)


def read_consents(sheet: Sheet) -> Table[ConsentText]:
    def clause(fields: Fields) -> Clause:
        made = Clause(fields.text("heading"), fields.text("text"), fields.flag("choice"), fields.text("code", ""))
        if made.choice != bool(made.code):
            raise fields.fail('"choice = true" dan "code" harus ada bersama')
        fields.finish()
        return made

    def make(fields: Fields, base: RowBase) -> ConsentText:
        text = ConsentText(
            **base,
            text_version=fields.text("text_version"),
            title=fields.text("title"),
            opening=fields.text("opening"),
            clauses=tuple(clause(row) for row in fields.nested_rows("clauses")),
        )
        codes = [found.code for found in text.choices]
        if len(set(codes)) < len(codes):
            raise fields.fail("dua pokok memakai code yang sama")
        return text

    return sheet.table("consent", make)
