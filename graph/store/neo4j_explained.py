"""What the server and the driver complain of, in words that say what to do."""

from neo4j import exceptions

from graph.errors import InvalidInput
from graph.store.cypher_query import too_long
from graph.store.neo4j_address import PORT, Address

READ_SECONDS = 600.0
"""How long the server may work on one reading transaction of the store's own."""

KEPT = "What was stored before stays; articles already there are not written twice."


def mistake_in(error: exceptions.ClientError, timeout: float) -> InvalidInput | None:
    """Return what to raise when it is the query that is wrong, ``None`` when it is something else."""
    code = error.code or ""
    if "TransactionTimedOut" in code:
        return too_long(timeout)
    if "AccessMode" in code or "Security.Forbidden" in code:
        return InvalidInput(f"queries only read: the server refuses this one ({error.message})")
    if ".Statement." in code or ".Procedure." in code:
        return InvalidInput(f"the query cannot be run: {error.message}")
    return None


def no_neo4j(address: Address) -> str:
    return (
        f"what answers at {address.shown} is no Neo4j of version 5.7 or newer: correct host and port "
        f"(Bolt's is {PORT}, not that of Neo4j's web page)."
    )


def explanation(error: Exception, address: Address) -> str:
    where = address.shown
    code = getattr(error, "code", "") or ""
    if "CredentialsExpired" in code:
        return (
            f"{where}: the password must be changed first: ALTER CURRENT USER SET PASSWORD in cypher-shell."
        )
    if "AuthenticationRateLimit" in code:
        return f"{where}: too many wrong passwords: wait a few seconds, then try again with the right one."
    if isinstance(error, exceptions.AuthError):
        scheme = address.target.partition(":")[0]
        if address.user is None:
            return (
                f"{where} asks for a name and a password: write {scheme}://user:password@… "
                "(the user of a new server is neo4j)."
            )
        return (
            f"{where} does not accept this name and password: check them; signs such as @ : / in a password "
            "are written %40 %3A %2F in the URL."
        )
    if isinstance(error, exceptions.UnsupportedServerProduct):
        return no_neo4j(address)
    if isinstance(error, exceptions.ConfigurationError):
        return f"{where} cannot be used: {error} (Neo4j 5.7 or newer is needed)."
    if "DNS resolve" in str(error):
        return f"{where}: no computer of this name is known: correct the host, or wait for the network."
    if isinstance(error, (exceptions.ServiceUnavailable, exceptions.SessionExpired)):
        hint = ", and the +s if the server has no certificate (+ssc: one of its own making)"
        return (
            f"no Neo4j answers at {where}: start it (docker compose up -d neo4j), or correct host and port"
            f"{hint if '+s' in address.target else ''}. "
            f"{KEPT}"
        )
    if "DatabaseUnavailable" in code:
        return f"{where} is starting or stopping: try again when it is up, or look into its logs. {KEPT}"
    if "DatabaseNotFound" in code:
        return f"{where}: there is no such database: Neo4j Community has one, neo4j; leave its name out."
    if "ReadOnly" in code or "AccessMode" in code:
        return (
            f"{where} is read only: open it to be read only, or take server.databases.read_only out of "
            "neo4j.conf and start the server again."
        )
    if "TransactionTimedOut" in code:
        return (
            f"{where} worked longer than {READ_SECONDS:g} seconds on one question and was stopped: narrow it."
        )
    if "OutOfMemory" in code or "MemoryPool" in code:
        return f"{where} has too little memory: raise server.memory.heap.max_size in neo4j.conf ({code})."
    message = getattr(error, "message", None) or str(error)
    return f"{where} cannot be used: {message}"
