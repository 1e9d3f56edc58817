"""Readers and editors of a running site, each in a thread, who write down what went wrong."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import requests

from tests.running_site import PASSWORD, RunningSite

ADDRESSES = ["/", "/blog/", "/experience/", "/archive/", "/feed/", "/search/?q=water", "/resume.json", "/sitemap.xml"]
TIMEOUT = 60  # seconds
FIELD = r'name="%s"[^>]*?value="([^"]*)"'
TEXT = re.compile(r"<textarea[^>]*name=\"text\"[^>]*>\n?(.*?)</textarea>", re.S)


@dataclass(slots=True)
class Log:
    """What readers met; ``failures`` are (seconds since the start, what)."""

    began: float = field(default_factory=time.monotonic)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[tuple[float, str]] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, seconds: float, what: str) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.slowest = max(self.slowest, seconds)
            if status >= 500 or status == 0:
                self.failures.append((time.monotonic() - self.began, f"{status} {what}"))

    def summary(self) -> str:
        return f"{self.statuses.total()} answers {dict(self.statuses)}, the slowest after {self.slowest:.1f} s"


@contextmanager
def crowd(work: Sequence[Callable[[threading.Event], None]]) -> Iterator[None]:
    """Within, all of them are at work, until they are told to stop."""
    done = threading.Event()
    threads = [threading.Thread(target=one, args=(done,), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(TIMEOUT)


def reader(site: RunningSite, log: Log, number: int, pause: float = 0.05) -> Callable[[threading.Event], None]:
    def read(done: threading.Event) -> None:
        chance = random.Random(number)
        with requests.Session() as session:
            while not done.wait(pause):
                address = chance.choice(ADDRESSES)
                begin = time.monotonic()
                try:
                    status = session.get(site.url + address, timeout=TIMEOUT).status_code
                except requests.RequestException as error:
                    log.note(0, time.monotonic() - begin, f"{address} {type(error).__name__}")
                else:
                    log.note(status, time.monotonic() - begin, address)

    return read


def readers(site: RunningSite, log: Log, count: int) -> list[Callable[[threading.Event], None]]:
    return [reader(site, log, number) for number in range(count)]


class Editor:
    """Somebody signed in, who adds words to a page by “Edit as Markdown”."""

    def __init__(self, site: RunningSite, name: str) -> None:
        self.site = site
        self.name = name
        self.session = requests.Session()
        self.written: list[str] = []
        self.refused = 0
        self.failures: list[str] = []
        page = self.session.get(f"{site.url}/admin/login/", timeout=TIMEOUT)
        answer = self.post("/admin/login/", self.token(page.text), username=name, password=PASSWORD)
        assert "sessionid" in self.session.cookies, answer.text[:500]

    @staticmethod
    def token(html: str) -> str:
        found = re.search(FIELD % "csrfmiddlewaretoken", html)
        assert found, html[:500]
        return found[1]

    def get(self, address: str) -> requests.Response:
        return self.session.get(self.site.url + address, timeout=TIMEOUT)

    def post(self, address: str, token: str, files: Any = None, **fields: str) -> requests.Response:
        data = {"csrfmiddlewaretoken": token, **fields}
        return self.session.post(self.site.url + address, data=data, files=files, timeout=TIMEOUT)

    def text_of(self, page: int) -> tuple[str, str, str]:
        """The page as Markdown, its version, and the form's token."""
        html = self.get(f"/admin/pages/{page}/markdown/").text
        text, version = TEXT.search(html), re.search(FIELD % "version", html)
        assert text is not None, html[:500]
        assert version is not None
        return unescape(text[1]).replace("\r\n", "\n"), unescape(version[1]), self.token(html)

    def add(self, page: int, word: str) -> bool:
        """Whether the word was saved; not when somebody else has saved meanwhile."""
        text, version, token = self.text_of(page)
        answer = self.post(f"/admin/pages/{page}/markdown/", token, text=f"{text}\n\n{word}\n", version=version)
        if answer.status_code == 409:
            self.refused += 1
            return False
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:300]}"
        self.written.append(word)
        return True

    def writing(self, page: int) -> Callable[[threading.Event], None]:
        def write(done: threading.Event) -> None:
            number = 0
            while not done.wait(0.2):
                number += 1
                try:
                    while not self.add(page, f"{self.name} says {number}."):
                        if done.wait(0.05):
                            return
                except Exception as error:  # whatever it is, the drill tells it
                    self.failures.append(f"{type(error).__name__}: {error}")

        return write
