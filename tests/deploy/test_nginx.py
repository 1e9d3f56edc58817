"""deploy/nginx.conf: what nginx keeps of the site's pages and for how long, and the files that it serves itself."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from benchmarks.nginx import Nginx, running_nginx
from portfolio.delivery.middleware.conditional_get import page_cache_control
from tests.running_site import NO_TASKS, PASSWORD, RunningSite, running_site

pytestmark = [
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx: run sh tests/deploy/install.sh"),
]
STATUS = "X-Cache-Status"
# nginx counts whole seconds, so a copy may be nearly a second older than its headers say.
LATEST = 2 + 1
PICTURES = {
    "tide.png": b"\x89PNG\r\n\x1a\n",
    "gauge.SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "gauge.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "page.html": b"<script>alert(1)</script>",
    "notes": b"low water",
    "clip.mp4": b"\0" * 2000,
}
FILE_HEADERS = (
    *("Cache-Control", "Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"),
    *("Cross-Origin-Opener-Policy", "Access-Control-Allow-Origin", "Vary", "Content-Encoding", "Content-Length"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("site")
    # No tasks: an image drawn meanwhile would make every page new.
    settings = {"HTTPS": "1", "TRUSTED_PROXIES": "127.0.0.1", **NO_TASKS}
    with running_site(folder, demo=False, **settings) as running:
        yield running


@pytest.fixture(scope="module")
def media(site: RunningSite) -> Path:
    root = Path(site.env["MEDIA_ROOT"])
    for folder in ("images", "documents"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name, content in PICTURES.items():
            (root / folder / name).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def nginx(site: RunningSite, media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("nginx")
    port = int(site.url.rpartition(":")[2])
    with running_nginx(folder, port=port, static=Path(site.env["STATIC_ROOT"]), media=media) as running:
        yield running


@pytest.fixture
def reader(nginx: Nginx) -> Iterator[requests.Session]:
    """Somebody who trusts the certificate and comes without any cookie."""
    with visitor(nginx) as session:
        yield session


def visitor(nginx: Nginx) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a variable may name other certificates
    session.verify = str(nginx.certificate)
    return session


def statuses(reader: requests.Session, url: str, count: int = 6) -> list[str]:
    return [reader.get(url).headers[STATUS] for _ in range(count)]


def settled_tag(reader: requests.Session, url: str) -> str:
    """The ETag once what the site makes at its first requests is made."""
    tag = ""
    while (latest := reader.get(url).headers["ETag"]) != tag:
        tag = latest
        time.sleep(LATEST)
    return tag


def change_title(site: RunningSite, title: str) -> None:
    site.manage(
        *("shell", "--verbosity", "0", "-c"),
        f"from wagtail.models import Site\npage = Site.objects.get().root_page.specific\npage.title = {title!r}\n"
        "page.save_revision().publish()\n",
    )


def test_the_second_reader_gets_the_copy_of_the_first(nginx: Nginx, reader: requests.Session) -> None:
    assert "HIT" in statuses(reader, f"{nginx.url}/")
    page = reader.get(f"{nginx.url}/")
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in reader.get(f"{nginx.url}/", headers={"Accept-Encoding": "identity"}).headers


def test_a_page_is_redirected_to_https_and_made_there(nginx: Nginx, reader: requests.Session) -> None:
    assert reader.get(f"{nginx.plain_url}/blog/?page=2", allow_redirects=False).headers["Location"] == (
        "https://127.0.0.1/blog/?page=2"
    )
    assert reader.get(f"{nginx.url}/", allow_redirects=False).status_code == 200
    assert "max-age" in reader.get(f"{nginx.url}/").headers["Strict-Transport-Security"]


def test_a_reader_who_has_the_page_gets_304(nginx: Nginx, reader: requests.Session) -> None:
    tag = settled_tag(reader, f"{nginx.url}/")
    for _ in range(4):
        again = reader.get(f"{nginx.url}/", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        time.sleep(0.7)


def test_a_change_is_seen_in_time(nginx: Nginx, reader: requests.Session, site: RunningSite) -> None:
    assert "HIT" in statuses(reader, f"{nginx.url}/")
    change_title(site, "Neap tide")
    time.sleep(LATEST)
    assert "Neap tide" in reader.get(f"{nginx.url}/").text


def test_nothing_of_a_session_is_kept(nginx: Nginx, reader: requests.Session, site: RunningSite) -> None:
    site.make_users({"owner": None})
    assert "HIT" in statuses(reader, f"{nginx.url}/")
    with visitor(nginx) as owner:
        form = owner.get(f"{nginx.url}/admin/login/")
        assert STATUS not in form.headers
        fields = {"csrfmiddlewaretoken": owner.cookies["csrftoken"], "username": "owner", "password": PASSWORD}
        # nginx passes on the host without the port, which is only in a test another than that of https.
        referer = {"Referer": "https://127.0.0.1/admin/login/"}
        entered = owner.post(f"{nginx.url}/admin/login/", fields, headers=referer)
        assert "sessionid" in owner.cookies, entered.text
        for _ in range(3):
            page = owner.get(f"{nginx.url}/")
            assert page.headers[STATUS] == "BYPASS"
            assert page.headers["Cache-Control"] == "private, no-store"
            assert "wagtail-userbar" in page.text
    for _ in range(3):
        assert "wagtail-userbar" not in reader.get(f"{nginx.url}/").text


def test_a_form_s_cookie_goes_past_the_copies(nginx: Nginx, reader: requests.Session) -> None:
    for cookie in ("csrftoken=a", "theme=dark; messages=b", "sessionid=c"):
        for _ in range(2):
            assert reader.get(f"{nginx.url}/", headers={"Cookie": cookie}).headers[STATUS] == "BYPASS"


def test_what_is_not_there_is_asked_for_each_time(nginx: Nginx, reader: requests.Session) -> None:
    for _ in range(3):
        missing = reader.get(f"{nginx.url}/never-written/")
        assert (missing.status_code, missing.headers[STATUS]) == (404, "MISS")


@pytest.mark.parametrize("name", PICTURES)
def test_an_upload_has_the_headers_that_the_site_gives_it(
    name: str, nginx: Nginx, reader: requests.Session, site: RunningSite
) -> None:
    address = f"/media/images/{name}"
    by_nginx = reader.get(nginx.url + address)
    by_site = requests.get(site.url + address, headers={"X-Forwarded-Proto": "https"}, timeout=30)
    assert STATUS not in by_nginx.headers
    assert by_nginx.content == by_site.content == PICTURES[name]
    for header in FILE_HEADERS:
        if header != "Content-Type" or "inline" in by_site.headers["Content-Disposition"] or "svg" in name.lower():
            assert by_nginx.headers.get(header) == by_site.headers.get(header), header
    assert by_nginx.headers["Content-Disposition"] == by_site.headers["Content-Disposition"].split(";")[0]


def test_an_upload_comes_in_parts_and_not_twice(nginx: Nginx, reader: requests.Session) -> None:
    url = f"{nginx.url}/media/images/clip.mp4"
    part = reader.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.content)) == (206, 100)
    assert reader.get(url, headers={"If-None-Match": part.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("folder", ["documents", "Documents", "/documents", "images/../documents", "%64ocuments"])
def test_documents_are_left_to_the_site(folder: str, nginx: Nginx) -> None:
    path = f"/media/{folder}/tide.png"
    command = ["curl", "-s", "--path-as-is", "--cacert", nginx.certificate, "-w", "%{http_code}", nginx.url + path]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.endswith(b"404")
    assert PICTURES["tide.png"] not in done.stdout


def test_a_file_that_is_not_there_is_left_to_the_site(nginx: Nginx, reader: requests.Session) -> None:
    for address in ("/media/images/never.png", "/static/never.css", "/media/", "/static/"):
        missing = reader.get(nginx.url + address)
        assert missing.status_code == 404
        assert "nginx" not in missing.text


def test_collected_files_have_the_headers_that_the_site_gives_them(
    nginx: Nginx, reader: requests.Session, site: RunningSite
) -> None:
    root = Path(site.env["STATIC_ROOT"])
    sheets = [path.relative_to(root).as_posix() for path in root.glob("portfolio/css/*.css")]
    hashed = [name for name in sheets if name.count(".") == 2]
    assert hashed
    for name in sheets[:6]:
        address = f"/static/{name}"
        gzip = {"Accept-Encoding": "gzip"}
        by_nginx = reader.get(nginx.url + address, headers=gzip)
        by_site = requests.get(site.url + address, headers={**gzip, "X-Forwarded-Proto": "https"}, timeout=30)
        assert by_nginx.text == by_site.text
        assert ("immutable" in by_nginx.headers["Cache-Control"]) is (name in hashed)
        for header in set(FILE_HEADERS) - {"Content-Type", "Cross-Origin-Opener-Policy"}:
            values = [each.headers.get(header, "").split(", ") for each in (by_nginx, by_site)]
            assert sorted(values[0]) == sorted(values[1]), header
        assert by_nginx.headers["Content-Type"].startswith("text/css; charset=")


class Origin:
    """A server whose page and headers a test decides, and which can go away."""

    def __init__(self) -> None:
        self.text, self.cache_control, self.requests = "old", page_cache_control(), 0
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                origin.requests += 1
                body = origin.text.encode()
                self.send_response(200)
                self.send_header("Cache-Control", origin.cache_control)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def origin() -> Iterator[Origin]:
    running = Origin()
    yield running
    running.stop()


@pytest.fixture
def url(origin: Origin, tmp_path: Path) -> Iterator[str]:
    with running_nginx(tmp_path, port=origin.port, static=tmp_path, media=tmp_path, https=False) as running:
        yield f"{running.url}/"


def test_many_readers_make_few_requests_and_all_see_a_change_in_time(origin: Origin, url: str) -> None:
    with requests.Session() as reader:
        seen = [reader.get(url).text for _ in range(100)]
        assert set(seen) == {"old"}
        assert origin.requests < 20
        origin.text, changed = "new", time.monotonic()
        while reader.get(url).text == "old":
            assert time.monotonic() - changed < LATEST + 1  # a machine that tests use may be slow
            time.sleep(0.05)
        assert {reader.get(url).text for _ in range(20)} == {"new"}


def test_a_copy_that_nobody_requested_for_a_while_is_not_shown(origin: Origin, url: str) -> None:
    assert requests.get(url, timeout=9).text == "old"
    origin.text = "new"
    time.sleep(LATEST)
    assert requests.get(url, timeout=9).text == "new"


def test_a_page_that_becomes_private_is_private_in_time(origin: Origin, url: str) -> None:
    assert requests.get(url, timeout=9).text == "old"
    origin.text, origin.cache_control = "new", "private, no-store"
    time.sleep(LATEST)
    before = origin.requests
    assert {requests.get(url, timeout=9).text for _ in range(5)} == {"new"}
    assert origin.requests == before + 5


def test_while_the_site_is_away_its_copies_are_shown_but_not_for_ever(origin: Origin, url: str) -> None:
    origin.cache_control = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=5"
    assert requests.get(url, timeout=9).text == "old"
    origin.stop()
    time.sleep(LATEST)
    assert requests.get(url, timeout=9).text == "old"
    time.sleep(5)
    assert requests.get(url, timeout=9).status_code == 502
