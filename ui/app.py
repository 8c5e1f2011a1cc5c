"""The program as people meet it: the window first, then the data behind it, then whoever signs in.

    start(make_doors)        # blocks until the last window is closed

Nothing here touches the database on the GUI thread; what is heavy is imported when it is needed, so that the sign-in
window is on the screen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.errors import DatabaseTrouble, UserError
from ui.messages import install
from ui.screens.sign_in import OPENING, Gate, SignIn
from ui.start_window import StartWindow
from ui.theme import apply, px, system_tokens, tokens

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from ilp_desk.domain.site import Facility
    from ilp_desk.domain.staff import Actor
    from ilp_desk.rows.safekeeping import CopyRow
    from ilp_desk.rows.site import SetupProgress
    from ilp_desk.settings import Settings
    from ui.claim import Claim
    from ui.crash import CrashReporter
    from ui.doors import Doors
    from ui.main_window import MainWindow
    from ui.runner import Runner
    from ui.screens.first_start import Welcome
    from ui.screens.start_trouble import StartTrouble

NOTE_READS_MS = 60_000
UNSEEN_MS = 1000
"""A window that is not painted by then (started minimized) goes on all the same."""
NO_FONTS = "Huruf program tidak dapat dimuat; dipakai huruf sistem. Pasang ulang program supaya cetakan tetap benar."


@dataclass(frozen=True, slots=True)
class Inside:
    """What was found behind the doors, read once in the worker."""

    desk: Desk
    facility: Facility | None
    progress: SetupProgress
    names: tuple[str, ...]


class Application(QObject):
    """One window at a time and what stands behind it. main: the window of whoever is signed in.

    make_doors: called after the first paint.
    """

    def __init__(self, app: QApplication, make_doors: Callable[[], Doors]) -> None:
        super().__init__()
        self._app, self._make_doors = app, make_doors
        self._warning = NO_FONTS if apply(app, system_tokens()) else ""
        self.window = StartWindow()
        self.window.resize(self.window.sizeHint())
        self.window.closing.connect(self._leave)
        self.window.settings_changed.connect(lambda values: self._keep(replace(self.settings, **values)))
        self.sign_in = SignIn(self._warning)
        self.window.show_page(self.sign_in)
        self.main: MainWindow | None = None
        self._begun = self._left = False
        self._inside: Inside | None = None
        self._claim: Claim | None = None
        self._actor: Actor | None = None

    def open(self) -> None:
        """Show the window; once it is seen, look behind the doors."""
        self.window.painted.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(UNSEEN_MS, self, self._begin)
        self.window.show()

    def _begin(self) -> None:
        if self._begun or self._left:
            return
        self._begun = True
        from ui.crash import CrashReporter
        from ui.runner import Runner

        self._doors = self._make_doors()
        self.settings: Settings = self._doors.machine.settings
        self._warning = self._warning or self._doors.machine.warning
        self._look()
        self.sign_in.warn(self._warning)
        self.sign_in.working(OPENING)
        self.runner: Runner = Runner(self)
        self.window.use(self.runner)
        self._crashes: CrashReporter = CrashReporter(self._crashed, self)
        self._crashes.install()
        self.runner.crashed.connect(self._crashes.report)
        self._reads = QTimer(self, interval=NOTE_READS_MS)
        self._reads.timeout.connect(self._note_reads)
        self.enter()

    def _look(self) -> None:
        """The text size of this computer, where it is another than the first paint's; what was typed stays."""
        look = replace(tokens(), zoom=self.settings.text_scale / 100)
        if look == tokens():
            return
        apply(self._app, look)
        before, self.sign_in = self.sign_in, SignIn(self._warning)
        self.sign_in.name.setText(before.name.text())
        self.sign_in.password.setText(before.password.text())
        self.window.resize(self.window.sizeHint())
        self.window.show_page(self.sign_in)

    def _crashed(self, code: str) -> None:
        self.window.overlays.crash(code, self._crashes.shown_is_closed)

    # Behind the doors

    def enter(self, passphrase: str | None = None) -> None:
        """Open what lies there."""
        doors = self._doors

        def work() -> Inside | Claim | None:
            taken = self._take_name() if doors.machine.database.exists() else None
            if taken is not None:
                return taken
            desk = doors.enter(passphrase)
            return None if desk is None else look_inside(desk)

        self.runner.write(work, self._entered, self._refused)

    def _take_name(self) -> Claim | None:
        """Take the desk's name; gives what stands in the way, if another window has it. Blocks shortly."""
        from ui.claim import Claim

        if self._claim is not None:
            return None
        claim = Claim(self._doors.machine.data, self.settings.desk)
        if not claim.take():
            return claim
        self._claim = claim
        return None

    def _entered(self, found: Inside | Claim | None) -> None:
        if found is None:
            self._welcome()
        elif isinstance(found, Inside):
            self._open_gate(found)
        else:
            self._ask_for_a_name()

    def _open_gate(self, inside: Inside) -> None:
        """The data are open: whoever comes signs in, or the set-up goes on."""
        self._inside = inside
        if not inside.progress.ready and not inside.progress.managers:
            self._set_up(inside, "")
            return
        if not isinstance(self.window.page, SignIn):
            self.sign_in = SignIn(self._warning)
            self.window.show_page(self.sign_in)
        self.sign_in.signed_in.connect(self._signed_in)
        self.sign_in.open_gate(self.runner, self._gate(inside))

    def _gate(self, inside: Inside) -> Gate:
        from ilp_desk.services.staffing import gate

        name = inside.facility.name if inside.facility else ""
        return Gate(inside.desk, gate(self.settings.desk), name, inside.names, self._doors.password)

    # Trouble

    def _refused(self, error: Exception) -> None:
        """The data do not open: say why and what to do."""
        from ui.screens.start_trouble import StartTrouble

        page = self.window.page
        if isinstance(page, StartTrouble):
            page.working("")
            if isinstance(error, UserError) and getattr(error, "field", "") == "recovery_code":
                page.refuse_code(error.sentence)
                return
        code = error.code if isinstance(error, DatabaseTrouble) else ""
        sentence = error.sentence if isinstance(error, UserError) else UserError.default
        if self._claim is not None:
            self._claim.give_back()
            self._claim = None
        self.runner.read(
            "start.copies",
            self._doors.copies,
            lambda copies: self._show_trouble(code, sentence, copies),
            lambda _: self._show_trouble(code, sentence, ()),
        )

    def _show_trouble(self, code: str, sentence: str, copies: tuple[CopyRow, ...]) -> None:
        from ui.screens.start_trouble import StartTrouble

        doors = self._doors
        page = StartTrouble(code, sentence, doors.machine.database, copies)
        page.again.connect(self.enter)
        page.passphrase_given.connect(self.enter)
        page.code_given.connect(lambda text: self._through(page, "Membuka data", lambda: doors.recover(text)))
        page.copy_chosen.connect(
            lambda path, text: self._through(page, "Memulihkan salinan", lambda: doors.restore(path, text or None))
        )
        page.afresh.connect(lambda: self.runner.write(doors.put_key_aside, lambda _: self._welcome(), self._refused))
        page.leave.connect(self.window.close)
        self.window.show_page(page)

    def _through(self, page: StartTrouble | Welcome, words: str, door: Callable[[], Desk]) -> None:
        page.working(words)
        self.runner.write(lambda: look_inside(door()), self._open_gate, self._refused)

    def _ask_for_a_name(self) -> None:
        from ui.screens.desk_taken import DeskTaken

        page = DeskTaken(self.settings.desk)

        def named(name: str) -> None:
            self.settings = replace(self.settings, desk=name)
            self.enter()

        page.named.connect(named)
        page.leave.connect(self.window.close)
        self.window.show_page(page)

    # First start

    def _welcome(self) -> None:
        doors = self._doors
        self.runner.read(
            "start.welcome",
            lambda: (doors.has_samples(), bool(doors.copies())),
            lambda found: self._show_welcome(*found),
            self._refused,
        )

    def _show_welcome(self, samples: bool, copies: bool) -> None:
        from ui.screens.first_start import Welcome

        doors = self._doors
        page = Welcome(str(doors.machine.data), samples=samples, copies=copies)

        def created(made: tuple[Inside, str]) -> None:
            self._inside = made[0]
            self._set_up(*made)

        def create() -> tuple[Inside, str]:
            desk, code = doors.create()
            return look_inside(desk), code

        def begin() -> None:
            page.working("Membuat basis data")
            self.runner.write(create, created, self._refused)

        def samples_ready(found: Doors) -> None:
            self._doors = found
            self.settings = found.machine.settings
            self.enter()

        def try_out(afresh: bool) -> None:
            page.working("Membuat data contoh")
            self.runner.write(lambda: doors.try_out(afresh), samples_ready, self._refused)

        page.set_up.connect(begin)
        page.try_out.connect(try_out)
        page.restore.connect(lambda: self._refused(_from_copy()))
        self.window.show_page(page)

    def _set_up(self, inside: Inside, code: str, actor: Actor | None = None) -> None:
        """The steps of the set-up, from the first that is not done."""
        from ilp_desk.services.staffing import gate
        from ui.page import Context
        from ui.parts.start.steps import where_to_go_on
        from ui.screens.first_start import FirstStart

        who = actor or gate(self.settings.desk)
        context = Context(inside.desk, who, self.runner, self.window, self.settings)
        page = FirstStart(context, code, where_to_go_on(inside.progress))
        page.finished.connect(self._set_up_is_over)
        self.window.show_page(page)

    def _set_up_is_over(self, actor: Actor) -> None:
        """Open again: the facility's zone is known only now."""
        inside = self._inside
        if inside is None:
            return
        doors = self._doors

        def again() -> Inside | None:
            inside.desk.close()
            self._take_name()
            desk = doors.enter()
            return None if desk is None else look_inside(desk)

        def opened(found: Inside | None) -> None:
            if found is not None:
                self._inside = found
                self._open_desk(replace(actor, desk=self.settings.desk), "manage")

        self.runner.write(again, opened, self._refused)

    # At the desk

    def _signed_in(self, actor: Actor) -> None:
        inside = self._inside
        if inside is not None and not inside.progress.ready:
            self._set_up(inside, "", actor)
        else:
            self._open_desk(actor)

    def _open_desk(self, actor: Actor, screen: str = "") -> None:
        """The window of whoever signed in; screen: the one to begin with, else the role's first."""
        from ui.main_window import MainWindow
        from ui.quiet_work import QuietWork

        inside = self._inside
        if inside is None:
            return
        name = inside.facility.name if inside.facility else ""
        idle = inside.facility.idle_minutes if inside.facility else 10
        main = MainWindow(inside.desk, actor, self.runner, self.settings, name, idle)
        self.main, self._actor = main, actor
        main.lock_wanted.connect(self._lock)
        main.user_change_wanted.connect(self._change_user)
        main.zoom_changed.connect(lambda percent: self._keep(replace(self.settings, text_scale=percent)))
        main.settings_changed.connect(self._keep)
        main.closing.connect(self._leave)
        main.refresh.changed.connect(self._site_changed)
        self.runner.sentence.disconnect(self.window.sentence)
        self.runner.crashed.disconnect(self._crashes.report)
        self._crashes.remove()
        main.crashes.install()
        _show_in_place_of(self.window, main)
        main.start(screen)
        self._reads.start()
        QuietWork(main, self.runner, inside.desk.recall, actor, main.watch.untouched).start()

    def _lock(self) -> None:
        self._cover("terkunci", expected=True)

    def _change_user(self) -> None:
        self._cover("ganti petugas", expected=False)

    def _cover(self, why: str, *, expected: bool) -> None:
        """Hide everything behind the sign-in. expected: the same person is waited for."""
        main, inside, actor = self.main, self._inside, self._actor
        if main is None or inside is None or actor is None:
            return
        self._sign_out(inside.desk, actor, why)
        page = SignIn()
        main.cover(page)
        page.signed_in.connect(self._back)

        def asked(found: tuple[tuple[str, ...], str]) -> None:
            names, mine = found
            self._inside = inside_now = replace(inside, names=names)
            page.open_gate(self.runner, self._gate(inside_now))
            if expected and mine:
                page.expect(mine)

        def ask() -> tuple[tuple[str, ...], str]:
            return inside.desk.staffing.names(actor), inside.desk.staffing.my_username(actor)

        self.runner.read("start.names", ask, asked)

    def _back(self, actor: Actor) -> None:
        main, before = self.main, self._actor
        if main is None or before is None:
            return
        self._actor = actor
        if (actor.staff_uid, actor.roles, actor.desk) == (before.staff_uid, before.roles, before.desk):
            main.uncover()
        else:
            main.change_actor(actor)

    def _sign_out(self, desk: Desk, actor: Actor, why: str) -> None:
        self.runner.write(lambda: desk.staffing.sign_out(actor, why), lambda _: None)

    def _site_changed(self, topic: str, uid: str, actor: str) -> None:
        """The minutes of the auto-lock may be others now."""
        inside, main = self._inside, self.main
        if topic == "site" and inside is not None and main is not None and self._actor is not None:
            who = self._actor

            def shown(facility: Facility | None) -> None:
                if facility is not None:
                    self._inside = replace(inside, facility=facility)
                    main.idle_minutes = facility.idle_minutes

            self.runner.read("start.facility", lambda: inside.desk.site.facility(who), shown, quiet=True)

    def _note_reads(self) -> None:
        if self._inside is not None:
            self.runner.read("start.note_reads", self._inside.desk.note_reads, lambda _: None, quiet=True)

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        self.runner.write(lambda: self._doors.keep(settings), lambda _: None)

    # Leaving

    def _leave(self) -> None:
        """A window was closed by its user: finish what is under way, close the data, end."""
        if self._left:
            return
        self._left = True
        inside = self._inside
        if self._begun:
            runner = self.runner
            if inside is not None and self._actor is not None:
                self._sign_out(inside.desk, self._actor, "keluar")
            runner.close()
            self._crashes.remove()
            if self.main is not None:
                self.main.crashes.remove()
        if inside is not None:
            inside.desk.close()
        if self._claim is not None:
            self._claim.give_back()
        self._app.quit()


def look_inside(desk: Desk) -> Inside:
    """What the windows want to know first; blocks."""
    from ilp_desk.services.staffing import gate

    who = gate("")
    return Inside(desk, desk.site.facility(who), desk.site.setup_progress(who), desk.staffing.names(who))


def _from_copy() -> DatabaseTrouble:
    return DatabaseTrouble("missing", "Pilih salinan cadangan yang mau dipakai, lalu ketik kode pemulihannya.")


def _show_in_place_of(before: QWidget, after: QWidget) -> None:
    """Show a window where another one stands, as large as the design asks for, and close that one."""
    after.resize(after.sizeHint())
    room = before.screen().availableGeometry()
    if before.isMaximized() or after.width() >= room.width() - px(40) or after.height() >= room.height() - px(60):
        after.showMaximized()
    else:
        place = after.frameGeometry()
        place.moveCenter(room.center())
        after.move(place.topLeft())
        after.show()
    after.activateWindow()
    before.hide()
    before.deleteLater()


def start(make_doors: Callable[[], Doors]) -> int:
    """Run the program until its window is closed; gives Qt's exit code. make_doors: called after the first paint."""
    app = QApplication([])
    app.setApplicationName("ILP Desk")
    app.setQuitOnLastWindowClosed(False)
    words = install(app)
    application = Application(app, make_doors)
    application.open()
    code: Any = app.exec()
    app.removeTranslator(words)
    return int(code)
