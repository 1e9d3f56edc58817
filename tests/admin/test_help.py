"""The guide in the admin's help menu, made from the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.admin.help.pages import FOLDER, PICTURES, pages
from portfolio.delivery.release import version
from tests import builders

pytestmark = pytest.mark.django_db

MOST = 1_500_000  # bytes of all pictures


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(builders.user("Editors"))
    return client


def test_the_help_menu_leads_to_a_list_of_every_page(editor: Client) -> None:
    assert reverse("guide") in editor.get("/admin/").content.decode()
    html = editor.get(reverse("guide")).content.decode()
    written = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    assert {page.name for page in pages()} == written
    assert all(page.url in html and page.title in html for page in pages())


def test_the_list_names_the_version_that_runs(editor: Client) -> None:
    assert f"Portfolio {version()}." in editor.get(reverse("guide")).content.decode()


@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_a_page_is_text_with_pictures_and_links_that_answer(editor: Client, name: str) -> None:
    page = next(page for page in pages() if page.name == name)
    assert (FOLDER / f"{name}.md").read_text("utf-8").startswith(f"# {page.title}\n")
    html = page.html()
    assert html in editor.get(page.url).content.decode()
    addresses = re.findall(r'(?:src|href)="([^"#]+)', html)
    assert all(address.startswith("/admin/guide/") for address in addresses), addresses
    for address in addresses:
        answer = editor.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:  # reading it to its end closes it
            assert b"".join(answer)
    assert all(re.findall(r'<img[^>]+alt="[^"]+"', tag) for tag in re.findall(r"<img[^>]+>", html))


def test_every_picture_is_shown_and_none_is_heavy() -> None:
    shown = {name for path in FOLDER.glob("*.md") for name in re.findall(r"guide/([a-z-]+)\.webp", path.read_text())}
    assert {path.stem for path in PICTURES.iterdir()} == shown
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST


@pytest.mark.parametrize("address", ["/admin/guide/nothing/", "/admin/guide/pictures/nothing.webp"])
def test_what_the_guide_does_not_have_is_not_found(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_nobody_reads_it_without_signing_in(client: Client) -> None:
    for address in (reverse("guide"), pages()[0].url):
        assert client.get(address).headers["Location"].startswith("/admin/login/")


def test_the_pictures_can_be_made_again() -> None:
    script = (Path(__file__).parents[1] / "make_guide_pictures.py").read_text("utf-8")
    assert {path.stem for path in PICTURES.iterdir()} <= set(re.findall(r'"([a-z-]+)"', script))
