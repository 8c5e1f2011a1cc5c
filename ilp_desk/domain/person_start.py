"""How a new-patient form begins: from the words of a search, from a draft, from a record, from a family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from ilp_desk.domain.person import Family, Person, Sex
from ilp_desk.domain.person_form import FERTILE, PersonForm, read_form, tidy
from ilp_desk.domain.text.ages import age
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.identifiers import BPJS_LENGTH, NIK_LENGTH
from ilp_desk.domain.text.search import read_question

_SOLID_DATE: Final = 8
"""Digits of 03021999; shorter ones are more likely a record number."""
_SPOUSES: Final = {Sex.MALE: "husband", Sex.FEMALE: "wife"}
_DATE_WORD: Final = re.compile(
    r"umur|usia|th|thn|tahun|jan\w*|[fp]eb\w*|mar\w*|mrt|apr\w*|mei|jun\w*|jul\w*|ag\w*s\w*|sep\w*|okt\w*|no[vp]\w*|des\w*",
    re.IGNORECASE,
)


def from_search(typed: str, today: date) -> PersonForm:
    """What was looked for in vain, put into its fields: a NIK, a BPJS number, a birth date, the rest is the name."""
    digits = re.sub(r"[ .-]", "", typed)
    if digits.isascii() and digits.isdigit() and len(digits) in (NIK_LENGTH, BPJS_LENGTH):
        return PersonForm(nik=digits) if len(digits) == NIK_LENGTH else PersonForm(bpjs=digits)
    question = read_question(typed, today)
    if question.uid is not None:
        return PersonForm()
    only = question.only_number
    born = question.birth or (only.birth if only is not None and len(digits) == _SOLID_DATE else None)
    words = [word for word in tidy(typed).split() if not any(c.isdigit() for c in word)]
    if born is not None:
        words = [word for word in words if not _DATE_WORD.fullmatch(word)]
    name = " ".join(words)
    return PersonForm(
        name=name.title() if name == name.lower() else name,
        birth=day_text(born.day, born.precision) if born is not None else "",
    )


def from_draft(content: Mapping[str, object]) -> PersonForm:
    """A form kept as plain JSON, perhaps by an older version of the program: what does not fit is left out."""
    blank = PersonForm()
    kept: dict[str, object] = {}
    for known in fields(PersonForm):
        value, usual = content.get(known.name), getattr(blank, known.name)
        number = usual is None and isinstance(value, int) and not isinstance(value, bool)
        if number or (usual is not None and type(value) is type(usual)):
            kept[known.name] = value
    return PersonForm(**kept)  # type: ignore[arg-type]


def from_record(person: Person, family: Family | None) -> PersonForm:
    """A record as the form shows it, without what stands in records of its own: old numbers, a pregnancy."""
    shared = {f.name for f in fields(PersonForm)} & {f.name for f in fields(Person)}
    said: dict[str, object] = {name: getattr(person, name) for name in shared}
    said |= {
        "sex": person.sex.value,
        "birth": day_text(person.born_on, person.born_precision),
        "kk": family.kk if family else "",
        "family_uid": person.family_uid or "",
        "mother_uid": person.mother_uid or "",
        "area_uid": person.area_uid or "",
        "outside": bool(person.outside),
        "outside_text": person.outside,
    }
    return PersonForm(**said)  # type: ignore[arg-type]


def may_be_mother(sex: str, born: str, today: date) -> bool:
    """Whether a newborn may be hers, by her sex (L, P or ?) and her birth date as it is shown."""
    birth = read_form(PersonForm(birth=born), today).birth
    grown = birth is None or age(birth.day, today).years >= FERTILE[0]
    return sex == Sex.FEMALE and grown


def relationships(codes: Sequence[tuple[str, str]], sex: Sex, *, has_head: bool) -> list[tuple[str, str]]:
    """The relationships somebody of this sex may have in a family, in the order of the list.

    codes: (code, label) of family_relationship (codes.toml). A family that has a head offers that one last.
    """
    other = {_SPOUSES[s] for s in _SPOUSES if sex is not Sex.UNKNOWN and s is not sex}
    fitting = [pair for pair in codes if pair[0] not in other]
    if has_head:
        fitting.sort(key=lambda pair: pair[0] == "head")
    return fitting
