"""The fetcher, against a server on this machine; no test reaches the outside."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graph.errors import InvalidInput, ItemRejected
from graph.model import Article
from ingest import fetch as fetching
from ingest.fetch import fetch, is_public, read_url

PAGE = """<html><head><title>Ministers meet</title><meta property="og:site_name" content="Harbour Wire">
<meta property="article:published_time" content="2022-01-13T10:00:00Z"></head><body><article><h1>Ministers meet</h1>
<p>The foreign ministers of the two countries met in Vienna on Thursday and agreed to meet again next month.</p>
<p>They did not agree on the border, which has been closed since the shooting in November, officials said.</p>
</article></body></html>"""

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """What the server answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": "text/html; charset=utf-8"}
        named.update({name.replace("_", "-").title(): value for name, value in headers.items()})
        self.answers[path] = lambda: (status, named, content)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    kept = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked.append((self.path, dict(self.headers)))
            status, headers, body = kept.answers.get(self.path, lambda: (404, {}, b""))()
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setattr(fetching, "_robots", {})
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr(fetching, "_sleep", waits.append)
    return waits


def refused(url: str, **terms: object) -> ItemRejected:
    terms.setdefault("allow_private", True)
    with pytest.raises(ItemRejected) as caught:
        fetch(url, **terms)  # type: ignore[arg-type]
    assert caught.value.item == url
    return caught.value


def test_a_page_becomes_an_article(site: Site) -> None:
    site.put("/news/1", PAGE)
    (article,) = read_url(f"{site.url}/news/1", allow_private=True)
    assert isinstance(article, Article)
    assert (article.title, article.publisher) == ("Ministers meet", "Harbour Wire")
    assert article.url == article.file == f"{site.url}/news/1"
    assert article.published is not None and article.published.isoformat() == "2022-01-13T10:00:00+00:00"
    assert article.text.startswith("The foreign ministers") and article.text.endswith("officials said.")


def test_a_feed_becomes_its_articles(site: Site) -> None:
    item = "<item><title>T{0}</title><description>The minister met the ambassador in Rome for the {0}th time.</description></item>"
    body = f"<rss version='2.0'><channel><title>Harbour Wire</title>{item.format(1)}{item.format(2)}</channel></rss>"
    site.put("/feed", body, content_type="application/rss+xml")
    articles = list(read_url(f"{site.url}/feed", allow_private=True))
    assert [article.title for article in articles if isinstance(article, Article)] == ["T1", "T2"]


def test_the_client_says_who_it_is(site: Site) -> None:
    site.put("/", PAGE)
    fetch(f"{site.url}/", allow_private=True)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/"]
    assert all(headers["User-Agent"].startswith("Diurna/") for _, headers in site.asked)


def test_private_addresses_are_refused(site: Site) -> None:
    site.put("/", PAGE)
    rejection = refused(f"{site.url}/", allow_private=False)
    assert rejection.reason == "private address" and not site.asked
    (outcome,) = read_url(f"{site.url}/")
    assert isinstance(outcome, ItemRejected) and outcome.reason == "private address"


NOT_PUBLIC = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 ::7f00:1 2001:db8::1
nonsense
"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "localhost", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises((ItemRejected, InvalidInput)) as caught:
        fetch(f"http://{host}/")
    if isinstance(caught.value, ItemRejected):
        assert caught.value.reason in ("private address", "host not found")


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "resolve", lambda host, port: ["93.184.216.34", "10.0.0.1"])
    assert refused("http://two.example/", allow_private=False).reason == "private address"


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that would resolve to something else the second time (DNS rebinding) is asked only once."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    monkeypatch.setattr(fetching, "resolve", lambda host, port: next(answers))
    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    port = site.url.rsplit(":", 1)[1]
    site.put("/a", PAGE)
    raw = fetch(f"http://harbour.example:{port}/a")
    assert raw.url == f"http://harbour.example:{port}/a"
    assert {headers["Host"] for _, headers in site.asked} == {f"harbour.example:{port}"}
    assert next(answers, None) is None


def test_a_redirect_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"outside.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    monkeypatch.setattr(fetching, "resolve", lambda host, port: names[host])
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    site.put("/a", status=302, location="http://inside.example/secret")
    rejection = refused(f"http://outside.example:{site.url.rsplit(':', 1)[1]}/a", allow_private=False)
    assert rejection.reason == "private address" and "10.0.0.1" in rejection.detail


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/a", "file:///etc/passwd", "http://user:word@127.0.0.1/"]
)
def test_a_redirect_to_something_else_is_refused(site: Site, location: str) -> None:
    site.put("/a", status=302, location=location)
    assert refused(f"{site.url}/a").reason == "bad redirect"


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "story.html", "http://", "http://me:secret@a.example/"]
)
def test_what_is_no_web_address_is_the_callers_mistake(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_redirects_are_followed_five_times(site: Site) -> None:
    for step in range(6):
        site.put(f"/{step}", status=301, location=f"/{step + 1}")
    site.put("/6", PAGE)
    assert fetch(f"{site.url}/1", allow_private=True).url == f"{site.url}/6"
    assert refused(f"{site.url}/0").reason == "too many redirects"


def test_robots_are_kept_to_and_asked_for_once(site: Site) -> None:
    site.put("/robots.txt", "User-agent: Diurna\nDisallow: /private/\n", content_type="text/plain")
    site.put("/private/a", PAGE)
    site.put("/open", PAGE)
    assert refused(f"{site.url}/private/a").reason == "refused by robots.txt"
    fetch(f"{site.url}/open", allow_private=True)
    assert fetch(f"{site.url}/private/a", allow_private=True, respect_robots=False).data
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_a_redirect_is_held_to_robots_too(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.put("/a", status=302, location="/private/a")
    assert refused(f"{site.url}/a").reason == "refused by robots.txt"


def test_robots_that_cannot_be_read_disallow_everything(site: Site, slept: list[float]) -> None:
    site.put("/robots.txt", status=500)
    site.put("/a", PAGE)
    rejection = refused(f"{site.url}/a")
    assert rejection.reason == "refused by robots.txt" and "HTTP 500" in rejection.detail


def test_a_crawl_delay_is_waited_for_between_pages(site: Site, slept: list[float]) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3\n")
    site.put("/a", PAGE)
    fetching._last_asked.clear()
    fetch(f"{site.url}/a", allow_private=True)
    assert slept == []
    fetch(f"{site.url}/a", allow_private=True)
    assert len(slept) == 1 and 2 < slept[0] <= 3


@pytest.mark.parametrize("status", [403, 404, 410, 500])
def test_an_error_of_the_server_is_named(site: Site, status: int) -> None:
    site.put("/a", "<p>no</p>", status=status)
    assert refused(f"{site.url}/a").reason == f"HTTP {status}"


def test_a_busy_server_is_asked_again(site: Site, slept: list[float]) -> None:
    answers: Iterator[Answer] = iter(
        [
            (503, {"Retry-After": "2"}, b""),
            (429, {}, b""),
            (200, {"Content-Type": "text/html"}, PAGE.encode()),
        ]
    )
    site.answers["/a"] = lambda: next(answers)
    assert fetch(f"{site.url}/a", allow_private=True).data == PAGE.encode()
    assert slept == [2.0, 2.0]


def test_a_server_that_stays_busy_is_given_up(site: Site, slept: list[float]) -> None:
    site.put("/a", status=429)
    site.put("/b", status=503, retry_after="3600")
    assert refused(f"{site.url}/a").reason == "HTTP 429" and len(slept) == 2
    assert "3600" in refused(f"{site.url}/b").detail and len(slept) == 2


def test_a_large_page_is_refused_while_it_comes(site: Site) -> None:
    site.put("/a", b"x" * 300_000)
    assert refused(f"{site.url}/a", max_bytes=100_000).reason == "too large"


def test_a_compressed_page_is_read_and_a_bomb_refused(site: Site) -> None:
    site.put("/a", gzip.compress(PAGE.encode()), content_encoding="gzip")
    site.put("/bomb", gzip.compress(b"\0" * 50_000_000), content_encoding="gzip")
    site.put("/cut", gzip.compress(PAGE.encode())[:-30], content_encoding="gzip")
    site.put("/odd", b"...", content_encoding="br")
    assert fetch(f"{site.url}/a", allow_private=True).data == PAGE.encode()
    assert refused(f"{site.url}/bomb").reason == "too large"
    assert refused(f"{site.url}/cut").reason == "broken transfer"
    assert refused(f"{site.url}/odd").reason == "broken transfer"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", "video/mp4"])
def test_what_is_no_text_is_refused(site: Site, kind: str) -> None:
    site.put("/a", b"...", content_type=kind)
    assert refused(f"{site.url}/a").reason == "content type not text"


def test_a_slow_server_is_not_waited_for(site: Site) -> None:
    def slow() -> Answer:
        time.sleep(0.6)
        return 200, {}, b""

    site.answers["/a"] = slow
    assert refused(f"{site.url}/a", timeout=0.2).reason == "timed out"


def test_a_host_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    monkeypatch.setattr(fetching, "resolve", missing)
    assert refused("http://nowhere.example/").reason == "host not found"


def test_a_port_where_nobody_listens(site: Site) -> None:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").reason == "no connection"


def test_one_request_at_a_time_goes_to_a_host(site: Site) -> None:
    now, most = 0, 0
    guard = threading.Lock()

    def counted() -> Answer:
        nonlocal now, most
        with guard:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with guard:
            now -= 1
        return 200, {"Content-Type": "text/html"}, PAGE.encode()

    site.answers["/a"] = counted
    threads = [
        threading.Thread(target=fetch, args=(f"{site.url}/a",), kwargs={"allow_private": True})
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
