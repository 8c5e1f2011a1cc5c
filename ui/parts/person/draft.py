"""What is typed reaches the database within a second, and is offered again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from ui.page import Context

KEEP_MS = 700


class DraftKeeper(QObject):
    """Keeps what is typed about one subject. kept(instant): a draft is in the database.

    The timer is not started anew by further keys: whoever types without a pause loses no more than this either.
    """

    kept = Signal(object)

    def __init__(
        self, context: Context, subject: str, content: Callable[[], Mapping[str, object]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._subject, self._content = context, subject, content
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._over = False

    def touched(self) -> None:
        """Something was typed."""
        if not self._timer.isActive() and not self._over:
            self._timer.start()

    def flush(self) -> None:
        """Keep what is waiting to be kept, now."""
        if self._timer.isActive():
            self._timer.stop()
            self.keep()

    def keep(self) -> None:
        content = self._content()
        desk, actor, subject = self._context.desk, self._context.actor, self._subject
        self._context.runner.write(
            lambda: desk.people.keep_draft(actor, subject, content), lambda _: self.kept.emit(desk.clock.now())
        )

    def stop(self) -> None:
        """The form is saved or thrown away: nothing more is kept."""
        self._over = True
        self._timer.stop()

    def drop(self) -> None:
        """Throw the draft away."""
        self.stop()
        drop_draft(self._context, self._subject)


def drop_draft(context: Context, subject: str) -> None:
    """Forget a draft its writer does not want."""
    context.runner.write(lambda: context.desk.people.drop_draft(context.actor, subject), lambda _: None)
