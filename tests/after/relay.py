"""A wire between the browser and the server that can be cut and mended: the network goes, as on a phone."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from tests.mail import free_port


class Wire:
    def __init__(self, port: int) -> None:
        self._to, self.port = port, free_port()
        self._open: list[socket.socket] = []
        self.mend()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def mend(self) -> None:
        self._ear = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, args=(self._ear,), daemon=True).start()

    def cut(self) -> None:
        for end in (self._ear, *self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open = []

    def _listen(self, ear: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _address = ear.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                self._open += [here, there]
                for a, b in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=(a, b), daemon=True).start()

    def _carry(self, a: socket.socket, b: socket.socket) -> None:
        with suppress(OSError):
            while words := a.recv(65536):
                b.sendall(words)
        for end in (a, b):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
