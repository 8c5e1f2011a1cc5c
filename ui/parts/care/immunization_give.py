"""Beri hari ini: one dose at a time, with what was used last filled in, and what is asked before it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.immunization.records import ObjectionKind
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import InvalidInput
from ilp_desk.rows.immunization import ImmunizationView, Offer, VaccineChoice
from ilp_desk.services.life_cycle.immunizations import Given, read_expiry
from ui.parts.room.part import alone, enterable, text_of
from ui.widgets import (
    Banner,
    Card,
    CheckBox,
    Columns,
    Combo,
    DateEdit,
    Field,
    KeyButton,
    LineEdit,
    Paragraph,
    Sentence,
    Text,
    hbox,
    vbox,
)

OTHER = "other"
"""As the dose to be given: some other vaccine."""
OTHER_WORDS = "Vaksin lain"
OBJECTIONS = (
    (ObjectionKind.DEFERRAL, "Tunda", "Alt+T"),
    (ObjectionKind.REFUSAL, "Menolak", "Alt+M"),
    (ObjectionKind.CONTRAINDICATION, "Kontraindikasi", "Alt+K"),
)


class GiveCard(Card):
    """saves: the dose is to be recorded; objects(kind): something stands against it; changed: something was typed."""

    saves = Signal()
    objects = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        self._view: ImmunizationView | None = None
        self._order_uid, self._doubt, self._own = new_uid(), False, False
        self.head = Paragraph()
        self.dose = Combo((), name="Dosis hari ini")
        self.vaccine = Combo((), name="Vaksin", placeholder="pilih")
        self.batch = LineEdit(placeholder="di vial", max_length=40)
        self.expiry = DateEdit(understand=self._understand, placeholder="30-6-27 atau 6/2027")
        self.site = Combo((), name="Tempat", placeholder="pilih")
        self.hours = LineEdit(placeholder="mis. 6", tail="jam", max_length=3)
        self.campaign = LineEdit(placeholder="mis. BIAN", max_length=40)
        self.fields = {
            "vaccine": alone(Field("Vaksin", self.vaccine, reserve=False)),
            "batch": alone(Field("Batch", self.batch, reserve=False)),
            "expiry": alone(Field("Kedaluwarsa", self.expiry, reserve=False)),
            "site": alone(Field("Tempat suntik", self.site, reserve=False)),
            "age_hours": alone(Field("Sejak lahir", self.hours, reserve=False)),
            "campaign": alone(Field("Nama kampanye", self.campaign, reserve=False)),
        }
        self._dose_field = alone(Field("Dosis hari ini", self.dose, reserve=False))
        self.in_campaign = CheckBox("dosis kampanye", small=True)
        self.checks: dict[str, CheckBox] = {}
        self._checks = vbox(self.in_campaign, spacing=2)
        self.sentence = Sentence()
        self.sentence.hide()
        self.warning = Banner("warning", "")
        self.warning.hide()
        self.save = KeyButton("Catat pemberian", "Ctrl+Enter", kind="primary")
        self.against = [KeyButton(words, key, small=True) for _, words, key in OBJECTIONS]
        pairs = [
            [(self.fields["vaccine"], 6), (self.fields["batch"], 6)],
            [(self.fields["expiry"], 6), (self.fields["site"], 6)],
            [(self.fields["age_hours"], 6), (self.fields["campaign"], 6)],
        ]
        self._form = Columns(pairs)
        super().__init__(
            vbox(
                self.head,
                self._dose_field,
                self._form,
                self._checks,
                self.sentence,
                self.warning,
                hbox(self.save, None),
                hbox(*self.against, None, spacing=5),
                spacing=7,
                margins=(14, 11, 14, 12),
            )
        )
        self.setProperty("mark", True)
        self.setAccessibleName("Beri hari ini")
        self._bind()

    def _bind(self) -> None:
        enterable(self.save, *self.against)
        self.dose.activated.connect(lambda _: self._turn_dose())
        self.vaccine.activated.connect(lambda _: self._turn_vaccine())
        self.site.activated.connect(lambda _: self._edited("site"))
        self.in_campaign.toggled.connect(lambda _: self._show_campaign())
        self.save.clicked.connect(self.saves)
        texts = {"batch": self.batch, "expiry": self.expiry, "age_hours": self.hours, "campaign": self.campaign}
        for name, edit in texts.items():
            edit.textEdited.connect(lambda _, name=name: self._edited(name))
            edit.returnPressed.connect(self.focusNextChild)
        for (kind, _, _), button in zip(OBJECTIONS, self.against):
            button.clicked.connect(lambda _=False, kind=kind: self.objects.emit(kind))

    # Showing

    def show_view(self, view: ImmunizationView, *, writable: bool) -> None:
        """What may be given now. What is being typed stays, unless its dose is no longer offered."""
        before, self._view = self.dose.value(), view
        offers: list[tuple[object, str]] = [(offer.series, offer.title) for offer in view.offers]
        self.dose.set_items([*offers, (OTHER, OTHER_WORDS)])
        kept = before if any(before == code for code, _ in offers) else None
        urgent = next((offer.series for offer in view.offers if offer.late), None)
        if kept is not None or urgent is not None:
            self.dose.set_value(kept or urgent)
        if not self.checks:
            for code, words in view.screening:
                box = self.checks[code] = CheckBox(words, small=True)
                box.toggled.connect(lambda _: self._edited("screening"))
                self._checks.insertWidget(self._checks.count() - 1, box)
            self._order_stops()
        if kept is None or not self._own:
            self._turn_dose()
        else:
            self._title()
        for control in (self.dose, self.vaccine, self.batch, self.expiry, self.site, self.hours, self.campaign):
            control.setEnabled(writable)
        for button in (self.save, self.in_campaign, *self.against, *self.checks.values()):
            button.setEnabled(writable)
        for button in self.against:
            button.setVisible(bool(view.offers) or button is self.against[-1])

    def _order_stops(self) -> None:
        """What is asked stands before the campaign and the button, though it is made later."""
        stops = [self.site, self.hours, self.campaign, *self.checks.values(), self.in_campaign, self.save]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def renew(self) -> None:
        """Somebody else stands here: nothing typed before is his."""
        self._view, self._own = None, False
        self.dose.set_items(())
        for box in self.checks.values():
            box.setChecked(False)
        self.in_campaign.setChecked(False)
        self._forget()

    def offer(self) -> Offer | None:
        """The dose in hand, None for another vaccine."""
        offers = self._view.offers if self._view is not None else ()
        return next((offer for offer in offers if offer.series == self.dose.value()), None)

    def select(self, target: str) -> bool:
        """Take a series or a vaccine in hand; False where it is not offered today."""
        for offer in self._view.offers if self._view is not None else ():
            if offer.series == target or target in offer.vaccines:
                self.dose.set_value(offer.series)
                self._turn_dose()
                return True
        return False

    def next_dose(self) -> None:
        """The next dose of today, round and round."""
        if self.dose.count():
            self.dose.setCurrentIndex((self.dose.currentIndex() + 1) % self.dose.count())
            self._turn_dose()

    def focus(self) -> None:
        """The keyboard goes to the first field that is empty, else to what is to be asked, else to the button."""
        empty = (edit for edit in (self.batch, self.expiry) if not edit.text().strip())
        asked = (box for box in self.checks.values() if not box.isChecked())
        target: QWidget = next(empty, None) or next(asked, None) or self.save
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_dose(self) -> None:
        view, offer = self._view, self.offer()
        if view is None:
            return
        rest = [row for code, row in view.vaccines.items() if offer is None or code not in offer.vaccines]
        own = [view.vaccines[code] for code in offer.vaccines if code in view.vaccines] if offer is not None else []
        self.vaccine.set_items([(row.code, row.label) for row in (*own, *rest)], own[0].code if own else None)
        if not own:
            self.vaccine.set_value(None)
        self._forget()
        self._title()
        self._turn_vaccine(keep=False)

    def _turn_vaccine(self, *, keep: bool = True) -> None:
        row, offer = self._vaccine(), self.offer()
        if keep:
            self._edited("vaccine")
        sites = row.sites if row is not None else ()
        wanted = offer.site if offer is not None and offer.site in sites else sites[0] if sites else None
        self.site.set_items(list(sites), wanted)
        vial = row.vial if row is not None else None
        self.batch.setText(vial.batch if vial is not None else "")
        self.expiry.setText(day_text(vial.expiry) if vial is not None else "")
        hourly = self._view.hourly if self._view is not None else ()
        self.fields["age_hours"].setVisible(row is not None and row.code in hourly)
        self._show_campaign()
        if not keep:
            self._own = False

    def _vaccine(self) -> VaccineChoice | None:
        return self._view.vaccines.get(str(self.vaccine.value())) if self._view is not None else None

    def _title(self) -> None:
        offer, view = self.offer(), self._view
        if offer is not None:
            words = f"Beri hari ini: {offer.title}"
            why = offer.why
        elif view is not None and not view.offers:
            words, why = "Hari ini tidak ada yang perlu diberikan", ""
        else:
            words, why = "Beri hari ini: vaksin lain", ""
        parts = [Text(words, bold=True)]
        if why:
            parts.append(Text(f"\n{why}", color="warning" if offer is not None and offer.unsure else "muted"))
        self.head.set_parts(parts)

    def _show_campaign(self) -> None:
        self.fields["campaign"].setVisible(self.in_campaign.isChecked())
        self.updateGeometry()

    def _understand(self, text: str) -> tuple[str, str]:
        if self._view is None or not text.strip():
            return "", ""
        try:
            return day_text(read_expiry(text, self._view.on)), ""
        except InvalidInput:
            return "", ""

    # What is typed

    def _edited(self, name: str) -> None:
        self._own = True
        self._doubt = False
        self.warning.hide()
        self.save.setText("Catat pemberian")
        if name in self.fields:
            self.fields[name].set_state("")
        else:
            self._say("")
        self.changed.emit()

    def _forget(self) -> None:
        self._order_uid, self._doubt = new_uid(), False
        self.warning.hide()
        self.save.setText("Catat pemberian")
        for edit in (self.hours, self.campaign):
            edit.setText("")
        for field in self.fields.values():
            field.set_state("")
        self._say("")

    def order(self, visit_uid: str) -> Given | None:
        """What is to be recorded; None where the hours are no number, which is said."""
        hours = self.hours.text().strip()
        if hours and not hours.isdigit():
            self.fields["age_hours"].set_state("error", "Tulis jam dengan angka, mis. 6.")
            self.hours.setFocus()
            return None
        row = self._vaccine()
        return Given(
            uid=self._order_uid,
            visit_uid=visit_uid,
            vaccine=row.code if row is not None else "",
            batch=self.batch.text(),
            expiry=self.expiry.text(),
            site=str(self.site.value() or ""),
            route=row.route if row is not None else "",
            screening=tuple(code for code, box in self.checks.items() if box.isChecked()),
            age_hours=int(hours) if hours else None,
            campaign=(self.campaign.text().strip() or "kampanye") if self.in_campaign.isChecked() else "",
            confirmed=self._doubt,
        )

    def recorded(self) -> None:
        """It is on record; the next dose is another one. What was asked holds for the whole visit."""
        self._own = False
        self.in_campaign.setChecked(False)
        self._forget()

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why, the keyboard goes there."""
        if field in self.fields:
            self.fields[field].set_state("error", sentence)
            self.fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._say(sentence)
        asked = next((box for box in self.checks.values() if not box.isChecked()), None)
        if field == "screening" and asked is not None:
            asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, sentence: str) -> None:
        """The rules advise against it: the next press records it all the same."""
        self._doubt = True
        self.warning.set("warning", sentence)
        self.warning.show()
        self.save.setText("Tetap catat")
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> dict[str, object]:
        """What is typed and not recorded, for a draft."""
        if not self._own:
            return {}
        return {
            "dose": self.dose.value(),
            "vaccine": self.vaccine.value(),
            "batch": self.batch.text(),
            "expiry": self.expiry.text(),
            "site": self.site.value(),
            "screening": [code for code, box in self.checks.items() if box.isChecked()],
            "age_hours": self.hours.text(),
            "in_campaign": self.in_campaign.isChecked(),
            "campaign": self.campaign.text(),
        }

    def put_back(self, content: Mapping[str, object]) -> None:
        """Take up a draft, where its dose is still offered."""
        dose = content.get("dose")
        if dose != OTHER and not self.select(text_of(content, "dose")):
            return
        if dose == OTHER:
            self.dose.set_value(OTHER)
            self._turn_dose()
        self.vaccine.set_value(content.get("vaccine"))
        self._turn_vaccine()
        self.batch.setText(text_of(content, "batch"))
        self.expiry.setText(text_of(content, "expiry"))
        self.site.set_value(content.get("site"))
        asked = content.get("screening")
        for code, box in self.checks.items():
            box.setChecked(isinstance(asked, list) and code in asked)
        self.hours.setText(text_of(content, "age_hours"))
        self.campaign.setText(text_of(content, "campaign"))
        self.in_campaign.setChecked(content.get("in_campaign") is True)
        self._own = True

    def _say(self, sentence: str) -> None:
        self.sentence.set("error" if sentence else "", sentence)
        self.sentence.setVisible(bool(sentence))
