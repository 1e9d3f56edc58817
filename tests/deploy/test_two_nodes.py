"""Two copies of the project with separate disks, on one PostgreSQL and one S3 store.

An archive is uploaded to the first machine, and the worker of the second imports it. What is made on one is read from
the other: progress, report, pictures, previews, exports, share images and the PDF of the CV.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import boto3
import psycopg
import pytest
import requests
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import nested_form_data

from experience import pango
from tests.importer.trees import picture, post
from tests.pages.test_admin import entry_form
from tests.running_site import PASSWORD, ROOT, RunningSite, database, free_port, wait_until_ready
from tests.template_site import copy_static_files

URL = os.environ.get("DATABASE_URL", "")
BUCKET = "portfolio"
PARTS = ("portfolio", "blog", "experience", "templates", "manage.py", "pyproject.toml")
SECONDS = 120  # for a machine with much other work; usually a play takes two

pytestmark = [
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(not URL.startswith("postgres"), reason="SQLite is on the disk of one machine"),
]

CV = """---
title: Experience
permalink: /cv/
---

#### (2019 - 2022) Fjordline Robotics - Full-time

I looked after **Python** programs under water.

#### (2022 - Now) Saltmarsh Instruments - Part-time

I read tide gauges.
"""


@dataclass(slots=True)
class PortfolioNode:
    """A machine: a copy of the project, and all that it writes to a disk."""

    site: RunningSite
    folder: Path
    session: requests.Session

    def get(self, address: str, **options: Any) -> requests.Response:
        answer = self.session.get(urljoin(self.site.url, address), timeout=SECONDS, **options)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:1000])
        return answer

    def soup(self, address: str) -> BeautifulSoup:
        return BeautifulSoup(self.get(address).content, "lxml")

    def post(self, address: str, files: Any = None, **fields: Any) -> requests.Response:
        token = self.session.cookies.get("csrftoken")
        data = {"csrfmiddlewaretoken": token, **fields}
        answer = self.session.post(urljoin(self.site.url, address), data, files=files, timeout=SECONDS)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:1000])
        return answer

    def stored_files(self) -> set[str]:
        """Names of the files that others would miss if this disk were gone."""
        kept = [path for name in ("media", "private") for path in (self.folder / name).rglob("*") if path.is_file()]
        return {path.name for path in kept if path.name != "background.log"}


@contextmanager
def running(command: list[str], node: Path, env: dict[str, str], name: str) -> Iterator[subprocess.Popen[bytes]]:
    with (node / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=node, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[PortfolioNode, PortfolioNode]]:
    with ExitStack() as stack:
        endpoint = f"http://127.0.0.1:{free_port()}"
        command = [sys.executable, "-m", "moto.server", "--port", endpoint.rpartition(":")[2]]
        stack.enter_context(running(command, tmp_path, dict(os.environ), "store"))
        shared = os.environ | {
            "DATABASE_URL": stack.enter_context(database(tmp_path)),
            "REDIS_URL": "",  # each process has its own cache, and must not trust it
            "SECRET_KEY": uuid.uuid4().hex * 2,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "0",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "portfolio.settings",
            "TASK_QUEUE": "database",
            "DATABASE_POOL": "3",
            "THREADS": "6",
            "WORKERS": "1",
            "AWS_STORAGE_BUCKET_NAME": BUCKET,
            "AWS_S3_ENDPOINT_URL": endpoint,
            "AWS_S3_REGION_NAME": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        wait_for(lambda: reachable(endpoint))
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        store = boto3.client("s3", endpoint_url=endpoint, **keys)
        store.create_bucket(Bucket=BUCKET)
        store.put_bucket_policy(Bucket=BUCKET, Policy=documented_policy())
        session = requests.Session()
        both = [make_node(tmp_path / name, shared, session) for name in ("first", "second")]
        both[0].site.manage("migrate", "--verbosity", "0")
        both[0].site.make_users({"owner": None})
        servers = [
            stack.enter_context(
                running([sys.executable, "-m", "portfolio.delivery.server"], node.folder, node.site.env, "server")
            )
            for node in both
        ]
        worker = [sys.executable, "manage.py", "worker"]
        stack.enter_context(running(worker, both[1].folder, both[1].site.env, "worker"))
        for node, server in zip(both, servers, strict=True):
            wait_until_ready(node.site.url, server, node.folder / "server.log")
        yield both[0], both[1]


def documented_policy() -> str:
    """Who may read the bucket, as the documentation of several machines says."""
    return re.search(r"```json\n(.*?)```", (ROOT / "docs" / "scale.md").read_text(), re.DOTALL)[1]


def make_node(folder: Path, shared: dict[str, str], session: requests.Session) -> PortfolioNode:
    folder.mkdir()
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, folder / part)
    copy_static_files(folder / "static")
    port = free_port()
    env = shared | {
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(folder),
        **{f"{name.upper()}_ROOT": str(folder / name) for name in ("media", "private", "static")},
    }
    return PortfolioNode(RunningSite(f"http://127.0.0.1:{port}", env), folder, session)


def reachable(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def wait_for(condition: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (value := condition()):
        assert time.monotonic() < end, "not in time"
        time.sleep(0.1)
    return value


def archive() -> io.BytesIO:
    files = {
        "_config.yml": "title: Tides\n",
        "_posts/2021-05-04-tides.md": post("![A buoy](/buoy.png)\n", title="Tides"),
        "cv.md": CV,
        "buoy.png": picture(size=(1200, 800)),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in files.items():
            target.writestr(f"site/{name}", content)
    data.seek(0)
    data.name = "site.zip"
    return data


def test_what_is_made_on_one_machine_is_there_on_the_other(
    nodes: tuple[PortfolioNode, PortfolioNode], subtests: pytest.Subtests
) -> None:
    first, second = nodes
    endpoint = first.site.env["AWS_S3_ENDPOINT_URL"]

    # Who signs in on one is signed in on the other.
    first.get("/admin/login/")
    first.post("/admin/login/", username="owner", password=PASSWORD)
    assert second.get("/admin/").url == f"{second.site.url}/admin/"

    # An archive: uploaded to the first, imported by the worker of the second.
    job = first.post("/admin/imports/", files={"archive": archive()}).url.rstrip("/").rpartition("/")[2]
    address = f"/admin/imports/{job}/"
    wait_for(lambda: not second.get(f"{address}progress/").json()["action"])
    assert "Nothing is written yet" in second.get(address).text
    second.post(f"{address}apply/")
    wait_for(lambda: not first.get(f"{address}progress/").json()["action"])
    report = second.get(f"{address}report.json").json()
    assert report == first.get(f"{address}report.json").json()
    assert report["totals"]["outcomes"]["created"] == 2
    pages = {Path(document["path"]).name: urlsplit(document["page_url"]).path for document in report["documents"]}

    # Its picture, in the sizes that the worker makes, and the policy that lets browsers show it.
    def sizes(node: PortfolioNode) -> Any:
        return node.soup(pages["2021-05-04-tides.md"]).select("[data-article-body] source")

    wait_for(lambda: sizes(first) and sizes(second))
    answer = second.get(pages["2021-05-04-tides.md"])
    images = BeautifulSoup(answer.content, "lxml").select("[data-article-body] img")
    assert {image["src"].startswith(f"{endpoint}/{BUCKET}/images/") for image in images} == {True}
    assert first.get(images[0]["src"]).content
    assert f"img-src 'self' data: {endpoint};" in answer.headers["Content-Security-Policy"]

    with subtests.test("an uploaded image"):
        # An image uploaded to the first; the admin of the second makes a rendition of it.
        files = {"file": ("mooring.png", picture(), "image/png")}
        first.post("/admin/images/add/", files=files, title="Mooring", collection="1")
        thumbnail = second.soup("/admin/images/").select_one("img[src*='mooring']")
        assert thumbnail is not None
        assert first.get(thumbnail["src"]).content

    with subtests.test("a preview"):
        # A preview: its form is sent to the first and shown by the second.
        with psycopg.connect(first.site.env["DATABASE_URL"]) as connection:
            (blog,) = connection.execute("SELECT page_ptr_id FROM blog_blogindexpage").fetchone()
        preview = f"/admin/pages/add/blog/blogpage/{blog}/preview/"
        assert first.post(preview, **nested_form_data(entry_form(title="Neaps"))).json()["is_available"]
        assert "Neaps" in second.get(preview).text

    with subtests.test("share image and CV"):
        # The share image and the CV, drawn by the worker.
        def share_image(node: PortfolioNode) -> str:
            tag = node.soup(pages["cv.md"]).select_one("meta[property='og:image']")
            return tag["content"] if tag and "/share/" in tag["content"] else ""

        assert wait_for(lambda: share_image(first)) == wait_for(lambda: share_image(second))
        assert first.get(share_image(second)).content.startswith(b"\x89PNG")
        if pango.is_installed():
            for node in (second, first):
                wait_for(lambda node=node: node.soup("/resume/").select_one("a[href='/resume.pdf']"))
                assert node.get("/resume.pdf").content.startswith(b"%PDF")

    with subtests.test("an export"):
        # An export: asked of the first, made by the second, fetched from both.
        first.post("/admin/exports/begin/")
        link = wait_for(lambda: second.soup("/admin/exports/").select_one("a[href$='/download/']"))
        exports = [node.get(link["href"]) for node in (first, second)]
        assert exports[0].content == exports[1].content
        assert "X-Amz-Signature" in exports[0].url
        with zipfile.ZipFile(io.BytesIO(exports[0].content)) as packed:
            assert "_posts/2021-05-04-tides.md" in packed.namelist()

    with subtests.test("disks"):
        assert first.stored_files() | second.stored_files() == set(), "files that only one machine has"
