"""The form of a referral letter: the kind comes first and decides the fields; the record's own words stand in them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ilp_desk.domain import referral_rules
from ilp_desk.domain.reference import Reference
from ilp_desk.rows.papers import LetterStart
from ilp_desk.services.letters import IssueReferral
from ui.parts.referral.consent import REFUSED, ConsentBox
from ui.parts.referral.fields import Read, make_fields, rows_of, set_text, text_of
from ui.parts.referral.known import Known
from ui.parts.referral.offers import Offer, OfferEdit, destinations
from ui.widgets import Banner, Choice, Columns, Combo, EmptyState, Field, vbox

CALMER = "Tanda bahaya atau alarm merah tercatat di kunjungan ini. Periksa apakah rujukannya gawat darurat (tekan 1)."
EVERYWHERE = ("doctor", "kind")


class LetterForm(QWidget):
    """changed: anything was entered; kind_chosen: the fields are others now; paper_wanted: the consent to be signed."""

    changed = Signal()
    kind_chosen = Signal()
    paper_wanted = Signal()

    def __init__(self, start: LetterStart, reference: Reference, understand: Read) -> None:
        super().__init__()
        self.start, self._reference = start, reference
        self.kind = Choice([(row.code, row.label) for row in reference.referrals.kinds])
        self.doctor = Combo(
            start.signers, start.signer_uid or None, placeholder="Pilih", name="Surat ditandatangani oleh"
        )
        self.fields = make_fields(reference, understand)
        self.fields["kind"] = Field("Jenis rujukan, tekan 1 sampai 4", self.kind)
        self.fields["doctor"] = Field("Surat ditandatangani oleh", self.doctor, check=lambda _: ("", ""))
        self.destination = cast(OfferEdit, self.fields["destination"].editor)
        self.unit = cast(OfferEdit, self.fields["unit"].editor)
        self.consent: ConsentBox | None = None
        self._columns: Columns | None = None
        self._head = Columns([[(self.fields["kind"], 9)]])
        self._signing = Columns([[(self.fields["doctor"], 4)]])
        self._signing.hide()
        self._calmer = Banner("warning", "Keadaan gawat darurat.", CALMER)
        self._calmer.hide()
        self._before_kind = EmptyState(
            "Jenis rujukan menentukan isian surat.",
            "Tekan 1 sampai 4. Yang sudah tercatat di kunjungan ini terisi sendiri.",
            icon="refer",
        )
        self._below = vbox(self._before_kind, self._signing, spacing=8)
        column = vbox(*self._banners(), self._head, self._calmer, Known(start), spacing=8, margins=(22, 2, 22, 10))
        column.addLayout(self._below)
        column.addStretch(0)
        self.setLayout(column)
        for code, field in self.fields.items():
            if code not in EVERYWHERE:
                field.setParent(self)
                field.hide()
                set_text(field, start.fields.get(code, ""))
        self._listen()
        if start.red:
            self.choose_kind("emergency")

    def _banners(self) -> list[QWidget]:
        found: list[QWidget] = []
        if self.start.before:
            numbers = ", ".join(f"{row.number} ({row.destination})" for row in self.start.before)
            found.append(Banner("info", "Kunjungan ini sudah punya surat rujukan:", f"{numbers}."))
        for clash in self.start.clashes:
            found.append(Banner("warning", "Periksa diagnosis.", clash.sentence))
        return found

    def _listen(self) -> None:
        self.kind.changed.connect(lambda kind: self.choose_kind(str(kind)))
        self.doctor.currentIndexChanged.connect(self.changed)
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit | QPlainTextEdit):
                field.editor.textChanged.connect(self.changed)
            elif isinstance(field.editor, Combo) and field.editor is not self.doctor:
                field.editor.currentIndexChanged.connect(self.changed)
        self.destination.textChanged.connect(self._placed)

    def begin(self) -> None:
        """Put the focus where typing goes on: the kind, or the destination where the kind is known."""
        first = self.destination if self.kind_code() else self.kind
        # Said once more where it is there already: the ring shows only for a focus that came by key.
        first.clearFocus()
        first.setFocus(Qt.FocusReason.TabFocusReason)

    # The kind

    def kind_code(self) -> str:
        return str(self.kind.value() or "")

    def choose_kind(self, kind: str) -> None:
        """Show the fields of this kind; what was typed into others is kept, in case the kind changes back."""
        self.kind.set_value(kind)
        self.fields["kind"].set_state("")
        kept = self.consent.state() if self.consent is not None else {}
        old, self._columns = self._columns, None
        for field in (f for code, f in self.fields.items() if code not in EVERYWHERE):
            field.setParent(self)
            field.hide()
            if field.state == "error":
                field.set_state("")
        for widget in (old, self.consent):
            if widget is not None:
                self._below.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.destination.set_offers(destinations(self.start.destinations, kind))
        self._offer_units()
        self._before_kind.hide()
        self._calmer.setVisible(self.start.red and kind != "emergency")
        self._signing.show()
        rows = rows_of(self._codes(kind))
        self._columns = Columns([[(self.fields[code], span) for code, span in row] for row in rows])
        for row in rows:
            for code, _ in row:
                self.fields[code].show()
        self._add_consent(kind, kept)
        self._below.insertWidget(0, self._columns)
        self._order_tabs([code for row in rows for code, _ in row])
        self.kind_chosen.emit()
        self.changed.emit()

    def _codes(self, kind: str) -> set[str]:
        """The fields of a kind; a diagnosis in words is asked for only where none has a code."""
        codes = {field.code for field in referral_rules.visible(kind, self._reference)}
        return codes - {"working"} if self.start.diagnoses else codes

    def _add_consent(self, kind: str, kept: dict[str, str]) -> None:
        start = self.start
        later = "consent" in self._reference.referrals.kinds[kind].later
        box = ConsentBox(self._reference, start.name, start.sex, start.kin, start.kin_relation, later=later)
        box.restore(kept)
        box.changed.connect(self.changed)
        box.answered.connect(lambda _: self.kind_chosen.emit())
        box.paper_wanted.connect(self.paper_wanted)
        self.consent = box
        self._below.insertWidget(0, box)

    def _order_tabs(self, codes: list[str]) -> None:
        box = self.consent
        editors = (self.fields[code].editor for code in codes)
        # The widgets that take the keyboard themselves: Qt leaves out those that only hold others.
        chain = [*self.kind.buttons, *editors, *(box.order() if box else ()), self.doctor]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    # Destination and unit

    def _placed(self) -> None:
        self._offer_units()
        place = self.destination.chosen()
        self.fields["destination"].set_state("", place.note if place else "")

    def _offer_units(self) -> None:
        """What the hospital says it offers comes first; where that is one unit alone, it is filled in."""
        uid = self.destination.uid()
        here = next((d.units for d in self.start.destinations if d.uid == uid), ())
        others = (unit for unit in self.start.units if unit not in here)
        self.unit.set_offers([*(Offer(unit, "ada di tujuan ini") for unit in here), *(Offer(unit) for unit in others)])
        if len(here) == 1 and not self.unit.text():
            self.unit.setText(here[0])

    # What is entered

    def texts(self) -> dict[str, str]:
        """Field code to text, of every field, shown or not."""
        return {code: text_of(field) for code, field in self.fields.items() if code not in EVERYWHERE}

    def order(self, uid: str, document_uid: str) -> IssueReferral:
        """The letter as it stands."""
        return IssueReferral(
            uid=uid,
            document_uid=document_uid,
            visit_uid=self.start.visit_uid,
            kind=self.kind_code(),
            fields=self.texts(),
            destination_uid=self.destination.uid() or None,
            signer_uid=str(self.doctor.value() or ""),
            consent=self.consent.value() if self.consent else None,
        )

    def refused(self) -> bool:
        """Whether patient or family refused to go."""
        return self.consent is not None and self.consent.answer.value() == REFUSED

    def missing(self) -> tuple[referral_rules.Missing, ...]:
        """What is still empty, those that may follow included."""
        if not self.kind_code():
            return ()
        texts = self.texts()
        words = texts["working"] if "working" in self._codes(self.kind_code()) else ""
        draft = {
            **texts,
            "diagnosis": [code for code, _, _ in self.start.diagnoses] or words,
            "vitals": self.start.measured,
            "allergies": "" if self.start.allergy_words == "belum ditanyakan" else self.start.allergy_words,
            "consent": self.consent.value() if self.consent else None,
            "doctor": self.doctor.value(),
        }
        return referral_rules.missing(self.kind_code(), draft, self._reference)

    def state(self) -> dict[str, object]:
        """Everything entered, for a draft."""
        return {
            "kind": self.kind_code(),
            "fields": self.texts(),
            "doctor": str(self.doctor.value() or ""),
            "consent": self.consent.state() if self.consent else {},
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Take up what `state` gave."""
        texts, consent = state.get("fields"), state.get("consent")
        if isinstance(texts, dict):
            for code, text in texts.items():
                if code in self.fields and code not in EVERYWHERE:
                    set_text(self.fields[code], str(text))
        if state.get("doctor"):
            self.doctor.set_value(state["doctor"])
        if state.get("kind") in self._reference.referrals.kinds:
            self.choose_kind(str(state["kind"]))
        if self.consent is not None and isinstance(consent, dict):
            self.consent.restore({str(name): str(value) for name, value in consent.items()})
            self.kind_chosen.emit()

    def complain(self, sentences: Mapping[str, str]) -> tuple[str, ...]:
        """Say what is wrong beside each field and put the focus into the first of them.

        Gives back the sentences that have no field here: what is missing in the record of the visit.
        """
        fields = {**self.fields, **(self.consent.fields if self.consent else {})}
        if "diagnosis" in sentences and not fields["working"].isHidden():
            here = self._reference.referrals.fields["working"].missing
            sentences = {"working": here, **{code: said for code, said in sentences.items() if code != "diagnosis"}}
        places = [code for code in fields if code in sentences and not fields[code].isHidden()]
        for code in places:
            fields[code].set_state("error", sentences[code])
        if places:
            fields[places[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(sentence for code, sentence in sentences.items() if code not in places)
