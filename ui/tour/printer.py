"""A ticket printer for the tour: it listens on this computer and keeps what it is sent."""

from __future__ import annotations

import socket
import threading

from ilp_desk.settings import ThermalPrinter

HOST = "127.0.0.1"


class TicketPrinter:
    """Takes jobs one after the other until it is closed. jobs: the bytes of each."""

    def __init__(self) -> None:
        self._socket = socket.create_server((HOST, 0))
        self.jobs: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def settings(self, width: int) -> ThermalPrinter:
        """What the settings of a computer say that prints here. width: of the paper, mm."""
        return ThermalPrinter("tcp", f"{HOST}:{self._socket.getsockname()[1]}", width)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return  # closed
            with connection:
                job = connection.makefile("rb").read()
            self.jobs.append(job)

    def close(self) -> None:
        # A thread that waits in accept is not woken by close alone.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
