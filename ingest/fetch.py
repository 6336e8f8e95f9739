"""Pages and feeds from the web: the only module that opens a socket.

A fetch goes to http and https addresses on public hosts and nowhere else, unless it is told otherwise. The
host's name is resolved once, every address it has is checked, and the connection goes to an address that
was checked, so that a name cannot point elsewhere a moment later; each redirect is checked anew. Proxies
named in the environment are not used: behind one the check would be of the wrong machine.

It is polite: one request at a time to a host, ``robots.txt`` is kept to, ``Retry-After`` is waited for, and
the client says who it is.
"""

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.robotparser import RobotFileParser

import httpx

from graph.errors import InvalidInput, ItemRejected
from graph.model import Article
from ingest.readers import RawItem, ReadOptions, read_item

USER_AGENT = "Diurna/0.1 (news timeline reader; keeps to robots.txt)"

_MOST_REDIRECTS = 5
_MOST_TRIES = 3
_LONGEST_WAIT = 30.0
_LONGEST_CRAWL_DELAY = 10.0
_ROBOTS_BYTES = 500_000
_ROBOTS_SECONDS = 3600.0
_ROBOTS_KEPT = 1000
_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_TEXT_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/xhtml",
    "application/x-ndjson",
    "application/jsonl",
)
_CARRIES_IPV4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class _Terms:
    allow_private: bool
    timeout: float
    max_bytes: int
    respect_robots: bool
    user_agent: str


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: RobotFileParser | None
    failure: str
    read_at: float


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    timeout: float = 20.0,
    max_bytes: int = 10_000_000,
    respect_robots: bool = True,
    user_agent: str = USER_AGENT,
) -> RawItem:
    """Return what stands at an address, as readers take it; its ``url`` is where redirects led.

    Args:
        url: An http or https address.
        allow_private: Whether loopback, private, link-local and reserved addresses may be reached.
        timeout: Seconds for each try, to the last byte.
        max_bytes: Largest body, counted after decompression.
        respect_robots: Whether ``robots.txt`` is read and kept to.
        user_agent: What the client calls itself; the part before "/" is the name in ``robots.txt``.

    Raises:
        InvalidInput: If ``url`` is no http or https address.
        ItemRejected: "private address", "host not found", "no connection", "timed out", "refused by
            robots.txt", "too many redirects", "bad redirect", "too large", "content type not text", "broken
            transfer", or "HTTP 404" and its like.
    """
    _checked(url, url)
    terms = _Terms(allow_private, timeout, max_bytes, respect_robots, user_agent)
    answer = _follow(url, terms)
    media_type = answer.headers.get("content-type")
    kind = (media_type or "").split(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXT_TYPES) and not kind.endswith(("+xml", "+json")):
        raise ItemRejected("content type not text", item=url, detail=kind)
    return RawItem(name=url, data=answer.body, media_type=media_type, url=answer.url)


def read_url(
    url: str,
    *,
    format: str | None = None,
    options: ReadOptions | None = None,
    allow_private: bool = False,
    timeout: float = 20.0,
    respect_robots: bool = True,
) -> Iterator[Article | ItemRejected]:
    """Yield the articles of a page or feed on the web, or why there are none.

    Raises:
        InvalidInput: If ``url`` is no http or https address.
    """
    chosen = options or ReadOptions()
    try:
        raw = fetch(
            url,
            allow_private=allow_private,
            timeout=timeout,
            max_bytes=chosen.max_bytes,
            respect_robots=respect_robots,
        )
    except ItemRejected as rejection:
        yield rejection
        return
    yield from read_item(raw, format=format, options=chosen)


def _checked(url: str, item: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise InvalidInput(f"not a web address: {url} ({error})") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise InvalidInput(f"not an http or https address: {item}")
    if parsed.userinfo:
        raise InvalidInput(
            f"an address with a password in it is not fetched: {parsed.copy_with(userinfo=b'')}"
        )
    return parsed.copy_with(fragment=None)


def _follow(url: str, terms: _Terms, *, robots: bool = True) -> _Answer:
    """Return the answer at the end of the redirects; every address on the way is checked like the first."""
    address = _checked(url, url)
    for _ in range(_MOST_REDIRECTS + 1):
        if robots and terms.respect_robots:
            _keep_to_robots(address, terms, url)
        answer = _patiently(address, terms, url)
        if answer.status not in _REDIRECTS:
            if answer.status != 200:
                raise ItemRejected(f"HTTP {answer.status}", item=url)
            return answer
        location = answer.headers.get("location", "")
        try:
            address = _checked(str(address.join(location)), url)
        except (InvalidInput, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise ItemRejected("bad redirect", item=url, detail=f"to {location!r}") from error
    raise ItemRejected("too many redirects", item=url, detail=f"more than {_MOST_REDIRECTS}")


def _patiently(address: httpx.URL, terms: _Terms, item: str) -> _Answer:
    """Return the host's answer; one that is busy is asked again, up to three times in all."""
    for attempt in range(1, _MOST_TRIES + 1):
        with _turn(address.host):
            answer = _request(address, terms, item)
        if answer.status not in _BUSY or attempt == _MOST_TRIES:
            return answer
        wait = _retry_after(answer.headers.get("retry-after"), default=2.0 ** (attempt - 1))
        if wait > _LONGEST_WAIT:
            raise ItemRejected(
                f"HTTP {answer.status}", item=item, detail=f"asks to come back in {wait:.0f} seconds"
            )
        _sleep(wait)
    raise AssertionError("the last try always returns")


def _request(address: httpx.URL, terms: _Terms, item: str) -> _Answer:
    """Return one answer from a checked address of the host, the body read up to the limit."""
    deadline = time.monotonic() + terms.timeout
    targets = _targets(address, terms, item)
    headers = {
        "User-Agent": terms.user_agent,
        "Accept": "text/html,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Language": "en",
        "Accept-Encoding": "gzip",
        "Host": address.netloc.decode("ascii"),
    }
    try:
        with httpx.Client(
            transport=httpx.HTTPTransport(verify=_tls()),
            timeout=terms.timeout,
            trust_env=False,
            follow_redirects=False,
        ) as client:
            for place, target in enumerate(targets, 1):
                request = client.build_request(
                    "GET",
                    address.copy_with(host=target),
                    headers=headers,
                    extensions=_tls_name(address, terms),
                )
                try:
                    response = client.send(request, stream=True)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if place == len(targets) or time.monotonic() > deadline:
                        raise
                    continue
                try:
                    body = _body(response, terms, deadline, item) if response.status_code == 200 else b""
                    return _Answer(response.status_code, response.headers, body, str(address))
                finally:
                    response.close()
    except httpx.TimeoutException as error:
        raise ItemRejected("timed out", item=item, detail=f"{terms.timeout:g} seconds") from error
    except httpx.ConnectError as error:
        raise ItemRejected("no connection", item=item, detail=str(error)) from error
    except httpx.HTTPError as error:
        raise ItemRejected("broken transfer", item=item, detail=str(error)) from error
    raise ItemRejected("host not found", item=item)


def _body(response: httpx.Response, terms: _Terms, deadline: float, item: str) -> bytes:
    """Return the decompressed body; no more than the limit is ever decompressed."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise ItemRejected(
            "broken transfer", item=item, detail=f"content encoding {coding} was not asked for"
        )
    unpack = zlib.decompressobj(31) if "gzip" in coding else None
    body = bytearray()
    for chunk in response.iter_raw():
        try:
            body += unpack.decompress(chunk, terms.max_bytes + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise ItemRejected("broken transfer", item=item, detail=str(error)) from error
        if len(body) > terms.max_bytes:
            raise ItemRejected("too large", item=item, detail=f"more than {terms.max_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise ItemRejected("timed out", item=item, detail=f"{terms.timeout:g} seconds")
    if unpack and body and not unpack.eof:
        raise ItemRejected("broken transfer", item=item, detail="the compressed body ends early")
    return bytes(body)


def _targets(address: httpx.URL, terms: _Terms, item: str) -> list[str]:
    """Return the host's addresses, none of them private unless that is allowed."""
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        found = resolve(address.raw_host.decode("ascii").strip("[]"), port)
    except (OSError, UnicodeError) as error:
        raise ItemRejected("host not found", item=item, detail=address.host) from error
    for one in found:
        if not terms.allow_private and not is_public(one):
            raise ItemRejected("private address", item=item, detail=f"{address.host} is {one}")
    return found


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, in the system's order, each once."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(answer[4][0]).split("%")[0] for answer in answers))


def is_public(address: str) -> bool:
    """Tell whether a numeric address belongs to the public internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as what it carries.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        carried = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if any(parsed in network for network in _CARRIES_IPV4) or int(parsed) < 2**32:
            carried.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if not all(is_public(str(one)) for one in carried if one is not None):
            return False
        if parsed.ipv4_mapped:
            return True
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def _keep_to_robots(address: httpx.URL, terms: _Terms, item: str) -> None:
    """Refuse what the host's ``robots.txt`` disallows, and wait as long as it asks between requests.

    After RFC 9309 a missing file allows everything, one that cannot be read disallows everything.
    """
    robots = _robots_of(address, terms, item)
    if robots.failure:
        raise ItemRejected("refused by robots.txt", item=item, detail=f"it cannot be read: {robots.failure}")
    if robots.rules is None:
        return
    if not robots.rules.can_fetch(terms.user_agent, str(address)):
        raise ItemRejected("refused by robots.txt", item=item)
    delay = min(float(robots.rules.crawl_delay(terms.user_agent) or 0), _LONGEST_CRAWL_DELAY)
    left = _last_asked.get(address.host, float("-inf")) + delay - time.monotonic()
    if left > 0:
        _sleep(left)
    _last_asked[address.host] = time.monotonic()


_last_asked: dict[str, float] = {}
_robots: dict[tuple[str, str, bool], _Robots] = {}


def _robots_of(address: httpx.URL, terms: _Terms, item: str) -> _Robots:
    origin = f"{address.scheme}://{address.netloc.decode('ascii')}"
    key = (origin, terms.user_agent, terms.allow_private)
    known = _robots.get(key)
    if known and time.monotonic() - known.read_at < _ROBOTS_SECONDS:
        return known
    rules: RobotFileParser | None = None
    failure = ""
    try:
        narrow = _Terms(terms.allow_private, terms.timeout, _ROBOTS_BYTES, False, terms.user_agent)
        answer = _follow(f"{origin}/robots.txt", narrow, robots=False)
        rules = RobotFileParser()
        rules.parse(answer.body.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
    except ItemRejected as rejection:
        if rejection.reason in ("private address", "host not found", "no connection", "timed out"):
            raise ItemRejected(rejection.reason, item=item, detail=rejection.detail) from rejection
        if not rejection.reason.startswith("HTTP 4") or rejection.reason == "HTTP 429":
            failure = rejection.reason
    if len(_robots) >= _ROBOTS_KEPT:
        _robots.clear()
    _robots[key] = _Robots(rules, failure, time.monotonic())
    return _robots[key]


_turns: dict[str, threading.Lock] = {}
_turns_guard = threading.Lock()


def _turn(host: str) -> threading.Lock:
    """Return the lock that lets one request at a time go to a host."""
    with _turns_guard:
        return _turns.setdefault(host, threading.Lock())


@cache
def _tls() -> ssl.SSLContext:
    """Return the certificates that httpx trusts; loading them takes a while, so they are kept."""
    return httpx.create_ssl_context()


def _tls_name(address: httpx.URL, terms: _Terms) -> dict[str, object]:
    """Return httpx's extensions: the certificate must be the named host's, whatever number is called."""
    limits = {"connect": terms.timeout, "read": terms.timeout, "write": terms.timeout, "pool": terms.timeout}
    named: dict[str, object] = {"timeout": limits}
    if address.scheme == "https":
        named["sni_hostname"] = address.raw_host.decode("ascii")
    return named


def _retry_after(stated: str | None, *, default: float) -> float:
    """Return the seconds that a ``Retry-After`` header asks for: a number, or a date."""
    if not stated:
        return default
    if stated.strip().isdigit():
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError):
        return default
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _sleep(seconds: float) -> None:
    time.sleep(seconds)
