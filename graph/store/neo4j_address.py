"""Where a Neo4j server is and who asks: the parts of a store's URL."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from graph.errors import InvalidInput

PORT = 7687

_DATABASE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,62}")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL's parts: ``neo4j://user:password@host:7687/database``.

    Attributes:
        target: What the driver connects to.
        shown: The URL without its password: what people and messages see.
        database: The database, or ``None`` for the server's default.
    """

    target: str
    shown: str
    user: str | None
    password: str
    database: str | None

    @classmethod
    def of(cls, url: str) -> "Address":
        """Return a URL's parts.

        Raises:
            InvalidInput: If it names no server; the message does not repeat a password.
        """
        parts = urlsplit(url)
        try:
            host, port = parts.hostname, parts.port or PORT
            (host or "").encode("idna")
        except ValueError:
            host, port = None, PORT
        database = parts.path.strip("/")
        # What looks like a database may be the rest of a password with a / in it: no message shows it.
        named = not database or _DATABASE.fullmatch(database) is not None
        if not host or parts.query or parts.fragment or not named:
            raise InvalidInput(
                f"the {parts.scheme} URL names no server: write "
                f"{parts.scheme}://user:password@localhost:{PORT}, with /database at the end if it is not "
                "the default one, and %40 %2F %23 %3F for @ / # ? in the password."
            )
        at = f"[{host}]" if ":" in host else host
        user = None if parts.username is None else unquote(parts.username)
        who = f"{parts.username}@" if parts.username else ""
        where = f"/{database}" if database else ""
        return cls(
            target=f"{parts.scheme}://{at}:{port}",
            shown=f"{parts.scheme}://{who}{at}:{port}{where}",
            user=user,
            password=unquote(parts.password or ""),
            database=database or None,
        )
