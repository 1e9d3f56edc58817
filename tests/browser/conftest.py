"""Chromium, opened on a whole installation. Nearly all of these tests share one site, so they run in one worker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.admin_window import DASHBOARD, AdminWindow
from tests.running_site import NO_TASKS, RunningSite, running_site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("site"), **NO_TASKS) as running:
        yield running


@pytest.fixture(scope="module")  # While it is open, Django refuses the database to the tests of this worker.
def browser() -> Iterator[Browser]:
    executable = next((found for name in EXECUTABLES if (found := shutil.which(name))), None)
    assert executable, "no Chromium: run sh tests/browser/install.sh"
    expect.set_options(timeout=20_000)  # milliseconds; a full run keeps every core busy
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def reader(browser: Browser, site: RunningSite) -> Iterator[BrowserContext]:
    """A reader's window with JavaScript switched off."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Page:
    return reader.new_page()


@pytest.fixture(scope="session")
def staff(site: RunningSite) -> None:
    """Somebody of each kind."""
    site.make_users({"editor": "Editors", "moderator": "Moderators", "owner": None})


@pytest.fixture
def windows(browser: Browser, site: RunningSite) -> Iterator[Callable[[], Page]]:
    """Opens windows that know nothing of each other, one for each person."""
    contexts: list[BrowserContext] = []

    def open_window() -> Page:
        contexts.append(browser.new_context(base_url=site.url, viewport=DESKTOP))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def session_cookies() -> dict[str, list[Any]]:
    """The cookies of people who have signed in, by name."""
    return {}


@pytest.fixture(scope="module")
def staff_contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The browser of each person, which keeps the scripts of the admin from one test to the next."""
    contexts: dict[str, BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def sign_in(
    browser: Browser,
    site: RunningSite,
    staff: None,
    session_cookies: dict[str, list[Any]],
    staff_contexts: dict[str, BrowserContext],
) -> Iterator[Callable[..., AdminWindow]]:
    pages: list[Page] = []

    def open_admin(name: str, address: str = DASHBOARD) -> AdminWindow:
        if name not in staff_contexts:
            staff_contexts[name] = browser.new_context(base_url=site.url, viewport=DESKTOP)
            staff_contexts[name].add_cookies(session_cookies.get(name, []))
        pages.append(staff_contexts[name].new_page())
        window = AdminWindow(pages[-1], name, address)
        session_cookies[name] = pages[-1].context.cookies()
        return window

    yield open_admin
    for page in pages:
        page.evaluate("localStorage.clear()")  # where the admin notes which panels are open
        page.close()
