"""Reading a record by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.clinical import Diagnosis, VitalSigns
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit
from tests.printing.reading import codes, text
from tests.referral_case import refer
from tests.ui.desk_window import DeskWindow
from ui.parts.history_papers import PapersSheet
from ui.preview import PreviewPanel
from ui.screens.history import HistoryPage
from ui.widgets import KeyButton, Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House


@pytest.fixture
def page(qtbot: QtBot, house: House) -> HistoryPage:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    for n in range(45):
        visit = Visit(
            uid=new_uid(),
            person_uid=siti.uid,
            service_date=date(2026, 1, 1) + timedelta(days=n),
            arrived_at=house.clock.now(),
            reason="sick",
            cluster="ibu_anak",
            rule="R21-ADULT",
            complaint=f"keluhan {n}",
        )
        fact = {"person_uid": siti.uid, "visit_uid": visit.uid, "taken_at": house.clock.now()}
        house.put(
            visit,
            VitalSigns(uid=new_uid(), systolic=120 + n, diastolic=80, special={"glucose": "HI"}, **fact),  # type: ignore[arg-type]
            Diagnosis(uid=new_uid(), code="J06.9", title="ISPA", primary=True, **fact),  # type: ignore[arg-type]
        )
    window = DeskWindow(qtbot, house, "doctor", screen="history")
    assert isinstance(window.page, HistoryPage)
    window.page.setProperty("window", window)
    QTest.keyClicks(window.page.search.edit, "siti")
    QTest.qWait(120)
    window.idle()
    QTest.keyClick(window.page.search.edit, Qt.Key.Key_Return)
    window.idle()
    found = window.page
    qtbot.waitUntil(lambda: found.record is not None)
    return found


def test_a_name_and_enter_open_the_newest_visit(page: HistoryPage) -> None:
    assert page.record is not None
    assert page.visits.rows[0].day == date(2026, 2, 14)
    shown = page.detail.accessibleName()
    assert "keluhan 44" in shown
    assert "J06.9 ISPA (utama, baru)" in shown
    assert "HI" in shown


def test_the_list_grows_by_pages(page: HistoryPage) -> None:
    assert len(page.visits.rows) == 20
    page.visits.fetchMore(page.visits.index(0, 0))
    page.runner.idle()
    QTest.qWait(20)
    assert len(page.visits.rows) == 40


def test_everything_has_a_name(page: HistoryPage) -> None:
    nameless = [
        type(w).__name__
        for w in page.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
    ]
    assert nameless == []


def test_on_a_small_screen_name_and_visit_are_read_whole(qtbot: QtBot, house: House) -> None:
    case = refer(house, record_number="00-12-47-01")
    case.issue(consent=None)
    case.issue(consent=None)
    window = DeskWindow(qtbot, house, "doctor", screen="history")
    page = window.page
    assert isinstance(page, HistoryPage)
    window.window.resize(1093, 614)
    page.open_person(case.person_uid)
    window.idle()
    window.idle()
    QApplication.processEvents()
    assert window.window.width() == 1093
    assert page.name.width() >= page.name.natural_width()
    area = page.papers.parentWidget()
    assert area is not None
    view = area.parentWidget()
    assert view is not None
    assert len(page.papers.findChildren(KeyButton)) == 2
    assert area.width() <= view.width(), "no part of a visit lies beside the panel"


def test_enter_before_the_answer_waits_for_it_and_takes_no_older_one(qtbot: QtBot, house: House) -> None:
    house.person("Budi Santoso", "1980-01-01", "L")
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    window = DeskWindow(qtbot, house, "doctor", screen="history")
    page = window.page
    assert isinstance(page, HistoryPage)
    QTest.keyClicks(page.search.edit, "budi")
    QTest.qWait(120)
    window.idle()
    assert [hit.name for hit in page.hits.rows] == ["Budi Santoso"]
    page.search.edit.selectAll()
    QTest.keyClicks(page.search.edit, "siti")
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.record is not None)
    assert page.record is not None
    assert page.record.person_uid == siti.uid


def test_a_key_after_enter_takes_the_waiting_enter_back(qtbot: QtBot, house: House) -> None:
    house.person("Siti Nurhaliza", "1999-02-03")
    window = DeskWindow(qtbot, house, "doctor", screen="history")
    page = window.page
    assert isinstance(page, HistoryPage)
    QTest.keyClicks(page.search.edit, "sit")
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    QTest.keyClicks(page.search.edit, "i")
    QTest.qWait(150)
    window.idle()
    assert [hit.name for hit in page.hits.rows] == ["Siti Nurhaliza"]
    assert page.record is None


def test_the_folder_label_and_the_papers_of_a_person_are_a_key_away(qtbot: QtBot, house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03", record_number="00-12-47-01")
    made = house.desk.documents.general_consent(house.actor("registration"), siti.uid)
    window = DeskWindow(qtbot, house, "doctor", screen="history")
    printed: list[bytes] = []
    window.window.print_jobs._sender = lambda job: printed.append(job.data)
    page = window.page
    assert isinstance(page, HistoryPage)
    page.open_person(siti.uid)
    window.idle()

    def preview() -> PreviewPanel:
        over = Sheet.over(window.window)
        assert over is not None
        assert isinstance(over.panel, PreviewPanel)
        return over.panel

    QTest.keyClick(page.search.edit, Qt.Key.Key_F7)
    window.idle()
    preview().print_button.click()
    window.idle()
    assert ("Code128", "00-12-47-01") in codes(printed[-1], 300)
    for copy in (False, True):
        window.window.overlays.close_sheet()
        QTest.keyClick(page.search.edit, Qt.Key.Key_F8)
        window.idle()
        over = Sheet.over(window.window)
        assert over is not None
        assert isinstance(over.panel, PapersSheet)
        assert [paper.uid for paper in over.panel.model.rows] == [made.document_uid]
        QTest.keyClick(over.panel.view, Qt.Key.Key_Return)
        window.idle()
        preview().print_button.click()
        window.idle()
        assert "PERSETUJUAN UMUM" in text(printed[-1])
        assert ("SALINAN" in text(printed[-1])) is copy
