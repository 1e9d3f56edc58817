"""Guessing is slowed down, by whatever way somebody tries, and the owner of an account is not kept out by it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portfolio.delivery.throttling import reset_form
from portfolio.delivery.throttling.limits import (
    LOGIN_ACCOUNT,
    LOGIN_ADDRESS,
    PAGE_AND_ADDRESS,
    RESET_ADDRESS,
    RESET_MAIL,
    Limit,
    clean_up,
    client_address,
    give_back,
    take,
)
from portfolio.delivery.throttling.login import COOKIE
from portfolio.delivery.throttling.response import in_words
from portfolio.models import Throttle
from tests import builders

pytestmark = pytest.mark.django_db

PASSWORD = "low-water-at-six"
LOGINS = ["/admin/login/", "/_util/login/"]


@pytest.fixture
def mara() -> Any:
    return get_user_model().objects.create_superuser("mara", "mara@tides.example", PASSWORD)


def log_in(username: str, password: str, address: str, client: Client | None = None, path: str = LOGINS[0]) -> Any:
    return (client or Client()).post(path, {"username": username, "password": password}, REMOTE_ADDR=address)


def addresses(number: int, first: int = 0) -> list[str]:
    return [f"198.51.{place // 200}.{place % 200 + 1}" for place in range(first, first + number)]


def is_refused(response: Any) -> bool:
    if response.status_code != 429:
        return False
    assert int(response.headers["Retry-After"]) > 0
    assert "Too many attempts" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    return True


# --- Logging in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LOGINS)
def test_many_addresses_that_guess_at_one_account_are_slowed_down(mara: Any, path: str) -> None:
    answers = [
        is_refused(log_in("mara", "guess", address, path=path)) for address in addresses(LOGIN_ACCOUNT.burst + 5)
    ]
    assert answers == [False] * LOGIN_ACCOUNT.burst + [True] * 5
    # Not for long, and neither does who waits in vain make it longer.
    wait = int(log_in("mara", "guess", "203.0.113.9").headers["Retry-After"])
    assert wait <= LOGIN_ACCOUNT.seconds
    later(wait)
    assert log_in("mara", PASSWORD, "203.0.113.9", path=path).status_code == 302


def later(seconds: float) -> None:
    """Let time pass for what is counted."""
    for row in Throttle.objects.all():
        row.updated -= timedelta(seconds=seconds)
        row.save()


def test_strangers_cannot_keep_out_an_owner_at_an_address_of_before(mara: Any) -> None:
    assert log_in("mara", PASSWORD, "203.0.113.5").status_code == 302
    for address in addresses(LOGIN_ACCOUNT.burst + 5):
        log_in("mara", "guess", address)
    assert is_refused(log_in("mara", PASSWORD, "203.0.113.6"))
    assert log_in("Mara", "mistyped", "203.0.113.5").status_code == 200
    assert log_in("mara", PASSWORD, "203.0.113.5").status_code == 302


def test_strangers_cannot_keep_out_an_owner_with_a_browser_of_before(mara: Any) -> None:
    browser = Client()
    assert log_in("mara", PASSWORD, "203.0.113.5", browser).status_code == 302
    cookie = browser.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == "/admin/login/"
    for address in addresses(LOGIN_ACCOUNT.burst + 5):
        log_in("mara", "guess", address)
    browser.logout()
    browser.cookies[COOKIE] = cookie.value
    assert log_in("mara", PASSWORD, "203.0.113.77", browser).status_code == 302


def test_a_known_browser_has_a_limit_of_its_own_and_is_known_to_its_account_only(mara: Any) -> None:
    get_user_model().objects.create_superuser("iver", "", PASSWORD)
    browser = Client()
    log_in("mara", PASSWORD, "203.0.113.5", browser)
    cookie = browser.cookies[COOKIE].value
    refused = []
    for address in addresses(30):
        thief = Client()
        thief.cookies[COOKIE] = cookie
        refused.append(is_refused(log_in("mara", "guess", address, thief)))
    assert any(refused)
    for address in addresses(LOGIN_ACCOUNT.burst, 100):
        log_in("iver", "guess", address)
    other = Client()
    other.cookies[COOKIE] = cookie
    assert is_refused(log_in("iver", PASSWORD, "203.0.113.99", other))
    forged = Client()
    forged.cookies[COOKIE] = cookie[:-3] + "abc"
    assert is_refused(log_in("iver", PASSWORD, "203.0.113.98", forged))


def test_one_address_that_guesses_at_many_accounts_is_slowed_down(mara: Any) -> None:
    answers = [is_refused(log_in(f"user{n}", "guess", "203.0.113.5")) for n in range(LOGIN_ADDRESS.burst + 3)]
    assert answers == [False] * LOGIN_ADDRESS.burst + [True] * 3
    assert is_refused(log_in("mara", PASSWORD, "203.0.113.5"))
    assert log_in("mara", PASSWORD, "203.0.113.6").status_code == 302


def test_the_answer_does_not_tell_whether_an_account_is_there(mara: Any) -> None:
    def answers(username: str, first: int) -> list[Any]:
        some = [log_in(username, "guess", address) for address in addresses(LOGIN_ACCOUNT.burst + 2, first)]
        return [(answer.status_code, answer.headers.get("Retry-After")) for answer in some]

    there, not_there = answers("mara", 0), answers("nobody", 1000)
    assert [status for status, _ in there] == [status for status, _ in not_there]


def test_signing_in_often_is_no_guessing(mara: Any) -> None:
    assert {log_in("mara", PASSWORD, "203.0.113.5").status_code for _ in range(LOGIN_ADDRESS.burst + 5)} == {302}


def test_addresses_of_one_network_are_one(mara: Any) -> None:
    for place in range(5):
        log_in("mara", "guess", f"2001:db8:1:2::{place:x}")
    assert is_refused(log_in("mara", PASSWORD, "2001:db8:1:2:ffff::1"))
    assert log_in("mara", PASSWORD, "2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", None),
        ("unix:", None),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str | None) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_counts_hold_when_the_cache_is_emptied_or_away(mara: Any, settings: Any) -> None:
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for address in addresses(LOGIN_ACCOUNT.burst):
        log_in("mara", "guess", address)
        cache.clear()
    assert is_refused(log_in("mara", "guess", "203.0.113.9"))


# --- Passwords of pages and documents ------------------------------------------------------------------------------


@pytest.fixture
def protected() -> Any:
    page = builders.post(title="Kept apart")
    return page, PageViewRestriction.objects.create(page=page, restriction_type="password", password=PASSWORD)


def open_page(protected: Any, password: str, address: str) -> Any:
    page, restriction = protected
    where = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    return Client().post(where, {"password": password, "return_url": page.url}, REMOTE_ADDR=address)


def test_guessing_the_password_of_a_page_is_slowed_down(protected: Any) -> None:
    burst = PAGE_AND_ADDRESS.burst
    answers = [is_refused(open_page(protected, "guess", "203.0.113.5")) for _ in range(burst + 3)]
    assert answers == [False] * burst + [True] * 3
    assert is_refused(open_page(protected, PASSWORD, "203.0.113.5"))
    assert open_page(protected, PASSWORD, "203.0.113.6").status_code == 302
    assert Client().get(protected[0].url, REMOTE_ADDR="203.0.113.5").status_code == 200  # the form is still there


def test_the_right_password_of_a_page_is_no_guess(protected: Any) -> None:
    assert {open_page(protected, PASSWORD, "203.0.113.5").status_code for _ in range(30)} == {302}


def test_many_addresses_that_guess_at_one_page_are_slowed_down(protected: Any) -> None:
    assert any(is_refused(open_page(protected, "guess", address)) for address in addresses(130))


def test_guessing_the_password_of_a_collection_is_slowed_down() -> None:
    collection = Collection.get_first_root_node().add_child(name="Kept apart")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    where = f"/documents/authenticate_with_password/{restriction.pk}/"
    answers = [
        is_refused(Client().post(where, {"password": "guess", "return_url": "/"}, REMOTE_ADDR="203.0.113.5"))
        for _ in range(PAGE_AND_ADDRESS.burst + 2)
    ]
    assert answers[-2:] == [True, True]
    assert not any(answers[:-2])


# --- Mails to set a new password -----------------------------------------------------------------------------------


def ask_for_mail(email: str, address: str = "203.0.113.5") -> Any:
    answer = Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address)
    reset_form.sending.submit(lambda: None).result()  # what was sent before has left
    return answer


def test_the_answer_is_the_same_with_and_without_an_account(mara: Any) -> None:
    there, not_there = ask_for_mail("mara@tides.example"), ask_for_mail("nobody@tides.example")
    assert (there.status_code, there.url) == (not_there.status_code, not_there.url) == (302, not_there.url)
    assert [message.to for message in mail.outbox] == [["mara@tides.example"]]
    assert "/admin/password_reset/confirm/" in mail.outbox[0].body


def test_one_account_gets_few_mails_and_the_answer_does_not_tell(mara: Any) -> None:
    answers = {ask_for_mail(email, address).url for address in addresses(10) for email in ("mara@tides.example",)}
    assert len(answers) == 1
    assert len(mail.outbox) == RESET_MAIL.burst
    ask_for_mail("MARA@tides.example", "203.0.113.99")
    assert len(mail.outbox) == RESET_MAIL.burst


def test_one_address_may_ask_for_few_mails() -> None:
    answers = [is_refused(ask_for_mail(f"user{n}@tides.example")) for n in range(RESET_ADDRESS.burst + 2)]
    assert answers == [False] * RESET_ADDRESS.burst + [True] * 2


def test_a_mail_server_that_hangs_or_fails_changes_no_answer_and_is_logged(
    mara: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waiting, going_on = threading.Event(), threading.Event()

    def hangs(message: Any) -> None:
        waiting.set()
        going_on.wait(30)
        raise OSError("no answer")

    monkeypatch.setattr(reset_form.EmailMultiAlternatives, "send", hangs)
    answer = Client().post("/admin/password_reset/", {"email": "mara@tides.example"}, REMOTE_ADDR="203.0.113.5")
    assert answer.status_code == 302
    assert waiting.wait(30)  # and the answer did not
    going_on.set()
    reset_form.sending.submit(lambda: None).result()
    (record,) = [record for record in caplog.records if record.name == reset_form.__name__]
    assert record.levelname == "ERROR"
    assert f"could not be sent to user {mara.pk}" in record.getMessage()


# --- Counting ------------------------------------------------------------------------------------------------------

TWO = Limit("test", 2, 100)


def test_a_bucket_leaks() -> None:
    assert [take([(TWO, "a")]) for _ in range(3)][:2] == [0, 0]
    assert 95 <= take([(TWO, "a")]) <= 100
    assert take([(TWO, "b")]) == 0
    later(101)
    assert take([(TWO, "a")]) == 0
    assert take([(TWO, "a")]) > 0


def test_nothing_is_counted_of_what_is_turned_away() -> None:
    once = Limit("once", 1, 100)
    take([(once, "a")])
    for _ in range(10):
        assert take([(once, "a"), (TWO, "b")]) <= 100
    assert take([(TWO, "b")]) == 0


def test_what_was_no_guess_is_given_back() -> None:
    for _ in range(10):
        assert take([(TWO, "a")]) == 0
        give_back([(TWO, "a")])
    give_back([(TWO, "never counted")])


def test_counts_are_deleted_when_they_have_leaked_away() -> None:
    take([(TWO, "a")])
    take([(LOGIN_ADDRESS, "192.0.2.1")])
    assert "192.0.2.1" not in " ".join(Throttle.objects.values_list("key", flat=True))
    Throttle.objects.update(empty_at=timezone.now() - timedelta(seconds=1))
    take([(TWO, "b")])
    clean_up()
    assert Throttle.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_do_not_take_the_same_place() -> None:
    allowed: list[int] = []

    def attempt() -> None:
        try:
            allowed.append(take([(Limit("test", 5, 1000), "a")]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(0) == 5 or (connection.vendor == "sqlite" and connection.is_in_memory_db())


def test_a_database_that_cannot_be_written_is_no_answer_of_500(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from portfolio.delivery.throttling import limits

    def busy(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(limits, "locked_row", busy)
    assert take([(TWO, "a")]) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (10, "10 seconds"), (60, "1 minute"), (61, "2 minutes"), (1800, "30 minutes")],
)
def test_how_long_to_wait_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
