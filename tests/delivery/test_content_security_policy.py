"""Headers, proxies, throttled logins, served files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portfolio.delivery.middleware.trusted_proxies import TrustedProxiesMiddleware
from portfolio.markdown.embeds import frame_sources


@pytest.mark.django_db
def test_public_pages_carry_a_policy_without_anything_unsafe(client: Client) -> None:
    response = client.get("/")
    policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-src"].split() == ["'self'", *frame_sources()]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_pages_are_compressed_for_those_who_can_read_it(client: Client) -> None:
    assert client.get("/", headers={"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/").headers


def directives(response: HttpResponse) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))


SIGN_IN = ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/done/", "/admin/password_reset/complete/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*SIGN_IN, "/admin/password_reset/confirm/MQ/set-password/"])
def test_where_passwords_are_typed_nothing_runs_but_the_sites_own_files(client: Client, address: str) -> None:
    for response in (client.get(address), client.post(address, {"username": "a", "password": "b", "email": "a@b.org"})):
        if response.status_code == 405:
            continue
        policy = directives(response)
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["frame-src"] == policy["object-src"] == "'none'"


@pytest.mark.django_db
def test_the_admin_loads_and_sends_nothing_elsewhere(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("mara", "", "low-water-at-six"))
    for address in ("/admin/", "/admin/pages/", "/admin/images/", "/admin/nothing-here/"):
        policy = directives(client.get(address))
        assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == policy["connect-src"] == "'self'"
        assert policy["object-src"] == "'none'"
        assert policy["frame-ancestors"] == "'self'", "the preview is a frame"
        assert policy["script-src"].split()[0] == "'self'"
        assert "http" not in policy["script-src"] + policy["style-src"]
        assert "unsafe-eval" not in policy["script-src"]


@pytest.mark.django_db
def test_a_missing_page_has_the_public_policy(client: Client) -> None:
    assert directives(client.get("/nothing-here/"))["script-src"] == "'self'"


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_guesser_out_and_nobody_else(client: Client) -> None:
    get_user_model().objects.create_superuser("mara", "", "low-water-at-six")
    for _ in range(5):
        client.post("/admin/login/", {"username": "mara", "password": "guess"}, REMOTE_ADDR="192.0.2.7")
    right = {"username": "mara", "password": "low-water-at-six"}
    assert client.post("/admin/login/", right, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="192.0.2.8").status_code == 302


def through(settings: LazySettings, trusted: list[str], **meta: str) -> HttpRequest:
    settings.TRUSTED_PROXIES = trusted
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    TrustedProxiesMiddleware(view)(RequestFactory().get("/", **meta))
    return seen[0]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client_address"),
    [
        ([], "192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (["10.0.0.0/8"], "192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (["10.0.0.0/8"], "10.0.0.2", "198.51.100.9", "198.51.100.9"),
        (["10.0.0.0/8"], "10.0.0.2", "203.0.113.5, 198.51.100.9, 10.0.0.3", "198.51.100.9"),
        (["10.0.0.0/8"], "10.0.0.2", "nonsense", "10.0.0.2"),
        (["10.0.0.0/8"], "10.0.0.2", "", "10.0.0.2"),
    ],
)
def test_forwarded_addresses_are_believed_only_from_trusted_proxies(
    settings: LazySettings, trusted: list[str], peer: str, forwarded: str, client_address: str
) -> None:
    request = through(settings, trusted, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert request.META["REMOTE_ADDR"] == client_address


def test_the_scheme_is_believed_only_from_trusted_proxies(settings: LazySettings) -> None:
    told = {"HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "10.0.0.2"}
    assert through(settings, ["10.0.0.2"], **told).is_secure()
    stranger = through(settings, [], **told)
    assert not stranger.is_secure()
    assert "HTTP_X_FORWARDED_PROTO" not in stranger.META


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_pictures_are_shown_and_other_files_are_downloads_without_scripts(client: Client, media: Path) -> None:
    (media / "a.png").write_bytes(b"png")
    (media / "a.svg").write_bytes(b"<svg onload='alert(1)'/>")
    (media / "a.html").write_bytes(b"<script>alert(1)</script>")
    shown = client.get("/media/a.png")
    shown.close()
    assert (shown.status_code, shown.headers.get("Content-Disposition", "")) == (200, 'inline; filename="a.png"')
    for name in ("a.svg", "a.html"):
        response = client.get(f"/media/{name}")
        response.close()
        assert response.headers["Content-Disposition"].startswith("attachment"), name
        assert "sandbox" in response.headers["Content-Security-Policy"], name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("../secret", "%2e%2e/secret", "none.png", "/etc/passwd", "documents/a.pdf", "/documents/a.pdf"),
        *(
            "./documents/a.pdf",
            "x/../documents/a.pdf",
            "documents//a.pdf",
            "%2e/documents/a.pdf",
            "//x/..//documents/a.pdf",
        ),
    ],
)
def test_files_outside_the_media_folder_and_documents_are_not_served(client: Client, media: Path, path: str) -> None:
    (media.parent / "secret").write_text("x")
    (media / "documents").mkdir()
    (media / "documents/a.pdf").write_bytes(b"%PDF")
    assert client.get(f"/media/{path}").status_code in (400, 404)
