"""A relay between a driver and a Neo4j server that loses a connection at the worst moment."""

import contextlib
import socket
import threading
from collections.abc import Iterator

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's message that asks for a commit: a chunk of two bytes, no fields, kind 0x12."""

BEGIN = b"\xb1\x11"
"""The head of the one that begins a transaction: one field, kind 0x11."""

READING = b"\x84mode\x81r"
"""What it says of a transaction that only reads."""


class Relay:
    """Hands bytes on in both directions, but for the commits that ``lose`` announces.

    Attributes:
        lost: How many connections were lost so.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._lose: list[tuple[bool, bool]] = []
        self.lost = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def lose(self, *, committed: bool, reading: bool = False) -> None:
        """Lose the connection of the next commit: before it reaches the server, or before the answer does.

        Args:
            committed: Whether the server does it.
            reading: Whether it is to be that of a transaction which only reads.
        """
        self._lose.append((reading, committed))

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        losing = threading.Event()
        reading = False
        with client, socket.create_connection(self._server) as server:
            back = threading.Thread(target=self._back, args=(server, client, losing), daemon=True)
            back.start()
            with contextlib.suppress(OSError):
                while told := client.recv(65536):
                    if BEGIN in told:
                        reading = READING in told
                    if told.endswith(COMMIT) and self._lose and self._lose[0][0] == reading:
                        losing.set()
                        if self._lose.pop(0)[1]:
                            server.sendall(told)
                            back.join()
                        break
                    server.sendall(told)
            if losing.is_set():
                self.lost += 1
            for one in (client, server):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            back.join()

    def _back(self, server: socket.socket, client: socket.socket, losing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while told := server.recv(65536):
                if losing.is_set():
                    return  # the server has answered: what it was asked is done
                client.sendall(told)


@contextlib.contextmanager
def relayed(url: str) -> Iterator[tuple[str, Relay]]:
    """Give a URL that leads to a server through a relay, and the relay."""
    before, _, address = url.rpartition("@")
    host, _, port = address.partition(":")
    relay = Relay(host, int(port))
    try:
        yield f"{before}@127.0.0.1:{relay.port}", relay
    finally:
        relay.close()
