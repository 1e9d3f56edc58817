"""Documents that the old site left out of lists, search or sitemap: imported, exported and edited as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from portfolio.models import SiteSettings
from tests.importer.trees import CONFIG, codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

FILES = {
    "_posts/2021-05-04-cove.md": post("Water.\n", title="Cove", hidden="true"),
    "_posts/2021-05-05-weir.md": post("Water.\n", title="Weir", search_exclude="true  # too long"),
    "thanks.md": "---\ntitle: Thanks\nsitemap: false\n---\nThank you.\n",
    "lists.md": "---\ntitle: Nearly\nhidden: true\nsitemap: true\n---\nAlmost.\n",
    "404.html": "---\ntitle: Lost at sea\n---\n<p>The tide took it.</p>\n<script>alert(1)</script>\n",
}


def left_out() -> dict[str, list[str]]:
    titles = ("Cove", "Weir", "Thanks", "Nearly", "Lost at sea")
    return {title: Page.objects.get(title=title).specific.left_out for title in titles}


def export(folder: Path) -> None:
    call_command("export_markdown", str(folder), verbosity=0)


def test_documents_are_listed_where_they_were(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "site", FILES)
    report = run(tree)
    assert left_out() == {
        "Cove": ["lists", "search", "sitemap"],
        "Weir": ["search"],
        "Thanks": ["sitemap"],
        "Nearly": ["lists", "search"],
        "Lost at sea": ["lists", "search", "sitemap"],
    }
    assert "Cove" not in client.get("/feed.xml").content.decode()
    assert client.get("/2021/05/04/cove.html", follow=True).status_code == 200
    assert codes(row(report, "_posts/2021-05-04-cove.md")) == ["not-listed"]
    assert row(report, "thanks.md").problems[0].line == 1
    export(tmp_path / "out")
    for path, text in FILES.items():
        assert (tmp_path / "out" / path).read_text() == text


def test_a_configuration_can_leave_documents_out(tmp_path: Path) -> None:
    defaults = "defaults:\n- scope: {path: notes}\n  values: {sitemap: false}\n"
    run(write_tree(tmp_path / "site", {"notes/ebb.md": "---\ntitle: Ebb\n---\nWater.\n"}, CONFIG + defaults))
    page = Page.objects.get(title="Ebb").specific
    assert page.left_out == ["sitemap"]
    page.left_out = []
    page.save_revision().publish()
    export(tmp_path / "out")
    assert "sitemap: true" in (tmp_path / "out/notes/ebb.md").read_text()


@pytest.mark.parametrize(
    ("path", "title", "places", "keys"),
    [
        ("_posts/2021-05-04-cove.md", "Cove", [], "hidden: false"),
        ("_posts/2021-05-05-weir.md", "Weir", [], "search_exclude: false  # too long"),
        ("thanks.md", "Thanks", ["lists", "search", "sitemap"], "hidden: true"),
        ("thanks.md", "Thanks", ["lists"], "hidden: true\nsearch_exclude: false"),
        ("lists.md", "Nearly", ["lists", "search", "sitemap"], "sitemap: false"),
    ],
)
def test_an_edit_is_written_into_the_front_matter(
    path: str, title: str, places: list[str], keys: str, tmp_path: Path
) -> None:
    run(write_tree(tmp_path / "site", FILES))
    page = Page.objects.get(title=title).specific
    page.left_out = places
    page.save_revision().publish()
    export(tmp_path / "out")
    text = (tmp_path / "out" / path).read_text()
    for line in keys.splitlines():
        assert line in text.splitlines()
    assert text.rpartition("---\n")[2] == FILES[path].rpartition("---\n")[2]
    run(tmp_path / "out", overwrite=True)
    assert Page.objects.get(title=title).specific.left_out == places


def test_the_old_page_for_unknown_addresses_is_ours(tmp_path: Path, client: Client) -> None:
    report = run(write_tree(tmp_path / "site", FILES))
    assert "page for unknown addresses" in report.settings
    assert SiteSettings.objects.get().not_found_page.title == "Lost at sea"
    html = client.get("/nowhere/").content.decode()
    assert "The tide took it." in html
    assert "alert(1)" not in html
    assert client.get("/404.html", follow=True).status_code == 200
    assert not any("404" in link.href for link in SiteSettings.objects.get().navigation_links)


def test_it_is_chosen_too_where_the_owner_is_known(tmp_path: Path) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.owner_name = "Tor Aune"
    settings.save()
    run(write_tree(tmp_path / "site", FILES))
    settings.refresh_from_db()
    assert settings.owner_name == "Tor Aune"
    assert settings.not_found_page.title == "Lost at sea"
