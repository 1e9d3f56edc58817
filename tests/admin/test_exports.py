"""The export in the admin: the site as a zip, one page from its menu."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage
from experience.models import ExperiencePage
from portfolio.admin.jobs.private_files import private_storage
from portfolio.models import SiteExport
from tests import builders
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

TIDES, GAUGES = "_posts/2021-05-04-tides.md", "_posts/2021-06-04-gauges.md"


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        TIDES: post("Rises.\n\n![C](/img/c.png)\n\n[Gauges]({% post_url 2021-06-04-gauges %})\n"),
        GAUGES: post("They *stand*.\n", title="Gauges", date="2021-06-04 10:00:00 +0000"),
        "img/c.png": picture(),
    }
    return write_tree(tmp_path / "site", files)


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sorted(name for name in archive.namelist() if not name.endswith("/"))


def test_the_site_is_exported_as_a_zip(moderator: Client, tree: Path, django_capture_on_commit_callbacks: Any) -> None:
    run(tree)
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(reverse("export_start"))
    page = moderator.get(reverse("export_list")).content.decode()
    assert "2 as they were imported" in page
    job = SiteExport.objects.get()
    response = moderator.get(reverse("export_download", args=[job.pk]))
    data = b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith("attachment")
    assert names(data) == ["_config.yml", TIDES, GAUGES, "img/c.png"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read(TIDES) == (tree / TIDES).read_bytes()
    private_storage().delete(job.file)
    assert moderator.get(reverse("export_download", args=[job.pk])).status_code == 404
    assert "deleted after a week" in moderator.get(reverse("export_list")).content.decode()


def test_one_export_at_a_time(moderator: Client) -> None:
    SiteExport.objects.create().request_action("export")
    response = moderator.post(reverse("export_start"), follow=True)
    assert "running already" in response.content.decode()
    assert SiteExport.objects.count() == 1


def test_an_untouched_page_gives_back_its_file(moderator: Client, tree: Path) -> None:
    run(tree)
    response = moderator.get(reverse("export_page", args=[BlogPage.objects.get(title="Gauges").pk]))
    assert response.content == (tree / GAUGES).read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="2021-06-04-gauges.md"'


def test_an_edited_page_with_a_picture_is_a_zip_of_the_two(moderator: Client, tree: Path) -> None:
    run(tree)
    page = BlogPage.objects.get(title="Tides")
    page.title = "High tides"
    page.save_revision().publish()
    data = moderator.get(reverse("export_page", args=[page.pk])).content
    assert names(data) == [TIDES, "img/c.png"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        expected = (tree / TIDES).read_text("utf-8").replace("title: Tides", "title: High tides")
        assert archive.read(TIDES).decode() == expected


def test_a_page_written_here_is_written_in_house_style(moderator: Client) -> None:
    page = builders.post(title="Low water", slug="low-water")
    builders.post(title="Another")
    text = moderator.get(reverse("export_page", args=[page.pk])).content.decode()
    assert "title: Low water" in text
    assert "The gauge stood dry at noon." in text


def test_a_role_comes_with_the_whole_timeline(moderator: Client) -> None:
    role = builders.role(role="Keeper")
    builders.role(role="Gauger")
    text = moderator.get(reverse("export_page", args=[role.pk])).content.decode()
    assert "Keeper" in text
    assert "Gauger" in text
    assert ExperiencePage.objects.count() == 2


def test_the_menu_of_a_page_offers_it_and_that_of_a_list_does_not(moderator: Client) -> None:
    page = builders.post()
    for address, offered in (
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), True),
        (reverse("wagtailadmin_explore", args=[builders.blog_index().pk]), True),  # in the rows
        (reverse("wagtailadmin_pages:edit", args=[builders.blog_index().pk]), False),
    ):
        assert ("Download as Markdown" in moderator.get(address).content.decode()) is offered, address
    index = builders.blog_index().pk
    assert moderator.get(reverse("export_page", args=[index]))["Location"] == f"/admin/pages/{index}/"


def test_a_page_is_for_those_who_may_edit_it(client: Client) -> None:
    page = builders.post(live=False)
    address = reverse("export_page", args=[page.pk])
    assert client.get(address)["Location"].startswith("/admin/login/")
    client.force_login(builders.user())
    assert client.get(address).status_code == 302
    client.force_login(builders.user("Editors"))
    assert client.get(address).status_code == 200
