"""The main paths in a real browser: nothing is fetched from outside, nothing fails, and clicks lead to sentences.

Needs a Chromium: ``apt install chromium``, or set ``CHROMIUM`` to the path of one.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.launch import command
from tests.app import fixture

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NOTHING_OUTSIDE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
TIMEOUT = 400_000
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application over a small store, from a folder that has nothing to do with it."""
    folder = tmp_path_factory.mktemp("browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DIURNA_STORE": fixture.make(folder / "small.db")}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command(port=port), cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            for _ in range(600):
                assert server.poll() is None, (folder / "log").read_text()
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.5)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    path = _chromium()
    if path is None:
        pytest.skip("needs a Chromium: apt install chromium, or set CHROMIUM to the path of one")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=[*FLAGS, NOTHING_OUTSIDE])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def context(browser: "playwright.Browser") -> Iterator["playwright.BrowserContext"]:
    """One profile for all tests: the application's scripts are read once."""
    made = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield made
    made.close()


@pytest.fixture
def page(context: "playwright.BrowserContext") -> Iterator["playwright.Page"]:
    """A tab that fails the test on any request to the outside and on any error of a script."""
    tab = context.new_page()
    tab.set_default_timeout(TIMEOUT)
    outside: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: None if request.url.startswith(LOCAL) else outside.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.close()
    assert outside == []
    assert errors == []


def open_page(page: "playwright.Page", address: str, path: str = "") -> None:
    page.goto(f"{address}/{path}")
    quiet(page)


def quiet(page: "playwright.Page") -> None:
    """Wait until the script has run and everything that it shows has been loaded."""
    ready = """() => {
        const app = document.querySelector('[data-testid=stApp]');
        return app && app.dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-testid=stSkeleton]')
            && document.querySelector('[data-testid=stMain] .block-container');
    }"""
    page.wait_for_function(ready)
    page.wait_for_timeout(600)
    page.wait_for_function(ready)


def test_event_list_leads_to_the_sentence_and_the_address_survives_a_reload(
    page: "playwright.Page", address: str
) -> None:
    open_page(page, address, "evidence")
    page.get_by_text("held talks with").first.click()
    quote = page.locator("blockquote").first
    quote.wait_for()
    assert "Russia" in quote.inner_text()
    assert quote.locator("mark.did").inner_text().startswith("held talks") or "met" in quote.inner_text()
    assert "event=e" in page.url
    page.reload()
    quiet(page)
    page.locator("blockquote").first.wait_for()
    page.locator(".origin a.source").first.click()
    page.locator(".paragraph").first.wait_for()
    assert "article=a" in page.url


def test_timeline_by_keyboard(page: "playwright.Page", address: str) -> None:
    open_page(page, address, "timeline")
    page.locator(".timeline canvas").focus()
    for key in ("n", "n", "p", "+", "-", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.locator("blockquote").first.wait_for()
    assert "event=e" in page.url


def test_timeline_brush_lists_the_days_events(page: "playwright.Page", address: str) -> None:
    open_page(page, address, "timeline")
    box = page.locator(".timeline canvas").bounding_box()
    assert box is not None
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 230, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 62, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.get_by_role("button", name="Use as filter").click()
    page.wait_for_function("() => location.search.includes('first_day=')")


def test_relations_by_keyboard(page: "playwright.Page", address: str) -> None:
    open_page(page, address, "relations")
    page.locator(".network canvas").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use as filter").wait_for()
    page.get_by_text("held talks with").first.click()
    page.locator("blockquote").first.wait_for()


def test_hostile_article_does_nothing(page: "playwright.Page", address: str) -> None:
    open_page(page, address, "articles")
    page.get_by_text("window.hurt = 1").first.click()
    page.get_by_text("window.hurt = 3").wait_for()
    assert page.evaluate("() => window.hurt") is None
    assert page.get_by_text("$x^2$").count()
    assert page.locator("a", has_text="original").count() == 0


def test_every_page_by_navigation(page: "playwright.Page", address: str) -> None:
    open_page(page, address)
    page.get_by_text("articles from").or_(page.locator(".lead")).first.wait_for()
    for name in ("Timeline", "Relations", "Evidence", "Articles", "Add articles", "Export"):
        page.get_by_test_id("stTopNavLink").filter(has_text=name).first.click()
        page.get_by_role("heading", name=name, exact=True).first.wait_for()
        quiet(page)
        assert page.get_by_test_id("stException").count() == 0


def test_filters_stay_from_page_to_page(page: "playwright.Page", address: str) -> None:
    open_page(page, address, "evidence?types=ACCUSE")
    page.get_by_text("1 event").first.wait_for()
    page.get_by_test_id("stTopNavLink").filter(has_text="Timeline").first.click()
    page.get_by_role("heading", name="Timeline", exact=True).wait_for()
    quiet(page)
    page.wait_for_function("() => location.search.includes('types=ACCUSE')")


def test_dark_is_dark(page: "playwright.Page", address: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_page(page, address)
    page.locator(".prose.dark").first.wait_for()


def test_store_that_cannot_be_opened_is_said(tmp_path: Path, page: "playwright.Page") -> None:
    """Not a store: the message says so, in place of a trace."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database, but it is long enough to look at" * 20)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DIURNA_STORE": f"sqlite:///{broken}"}
    server = subprocess.Popen(
        command(port=port), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_test_id("stAlert").first.wait_for()
    finally:
        server.terminate()
        server.wait(60)
