"""The registry of screens. A new screen is one module in `ui/screens/` and one line in SCREENS.

    Screen("queue", "Antrean", "queue", "queue.see", "Ctrl+2", _queue)

    def _queue(context: Context) -> Page:
        from ui.screens.queue import QueuePage

        return QueuePage(context)

Screens are imported when first opened, so that the window paints before all of them are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ilp_desk.domain.staff import Actor
from ilp_desk.work import may
from ui.page import Context, Page


def _as_it_opens(page: Page) -> None:
    """The picture shows the screen as it opens."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One place of the rail.

    code: name in the program; label, icon: on the rail; act: what the role must be allowed to do
    (`ilp_desk.work.ACTS`), empty for everybody; key: Ctrl+1 ... Ctrl+8, fixed, also where a role sees fewer places;
    build: makes the widget; sample: brings a fresh page on demo data into the state worth a picture.
    """

    code: str
    label: str
    icon: str
    act: str
    key: str
    build: Callable[[Context], Page]
    sample: Callable[[Page], None] = _as_it_opens


def _registration(context: Context) -> Page:
    from ui.screens.registration import RegistrationPage

    return RegistrationPage(context)


def _queue(context: Context) -> Page:
    from ui.screens.queue import QueuePage

    return QueuePage(context)


def _care(context: Context) -> Page:
    from ui.screens.room import RoomPage

    return RoomPage(context)


def _history(context: Context) -> Page:
    from ui.screens.history import HistoryPage

    return HistoryPage(context)


def _referrals(context: Context) -> Page:
    from ui.screens.referrals import ReferralsPage

    return ReferralsPage(context)


def _recall(context: Context) -> Page:
    from ui.screens.recall import RecallPageView

    return RecallPageView(context)


def _manage(context: Context) -> Page:
    from ui.screens.manage import ManagePage

    return ManagePage(context)


SCREENS: tuple[Screen, ...] = (
    Screen("registration", "Pendaftaran", "register", "registration.arrival", "Ctrl+1", _registration),
    Screen("queue", "Antrean", "queue", "queue.line", "Ctrl+2", _queue),
    Screen("care", "Pelayanan", "care", "encounter.open", "Ctrl+3", _care),
    Screen("history", "Riwayat", "history", "history.person", "Ctrl+4", _history),
    Screen("referrals", "Rujukan", "refer", "referral.list", "Ctrl+5", _referrals),
    Screen("recall", "Wilayah", "home", "recall.list", "Ctrl+6", _recall),
    Screen("manage", "Manajemen", "manage", "site.reference", "Ctrl+8", _manage),
)
"""In the order of the rail. A screen that is not built yet is not listed."""


def allowed(screens: Sequence[Screen], actor: Actor) -> tuple[Screen, ...]:
    """The screens this actor may open. The services refuse anyway; the rail only does not tempt."""
    return tuple(screen for screen in screens if not screen.act or may(actor, screen.act))
