"""Pages in several languages: what they say of it, their translations, and their way in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from blog.models import BlogPage
from portfolio.models import HomePage, SiteSettings, StandardPage
from tests import builders
from tests.exporter.test_export import edit, export, files
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def alternates(html: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in html.select('head link[rel="alternate"][hreflang]')}


def test_a_text_in_a_language_without_catalogue_names_it_and_its_direction(client: Client):
    page = builders.post(title="שפל", language="he")
    html = soup(client, page.url)
    assert html.html["lang"] == "en"
    assert "dir" not in html.html.attrs
    assert (html.article["lang"], html.article["dir"]) == ("he", "rtl")
    assert html.select_one("h1")["dir"] == "auto"
    assert '"inLanguage": "he"' in str(html.head)


def test_a_list_names_the_language_of_what_differs(client: Client):
    builders.post(title="שפל", language="he")
    builders.post(title="Low water")
    builders.post(title="High water", language="en")
    entries = {entry.h2.get_text(): entry for entry in soup(client, "/blog/").select(".entry")}
    assert (entries["שפל"]["lang"], entries["שפל"]["dir"]) == ("he", "rtl")
    assert not {"lang", "dir"} & (entries["Low water"].attrs | entries["High water"].attrs).keys()


def test_translations_of_different_types_link_to_one_another(client: Client):
    home = HomePage.objects.get()
    home.translation_group = "start"
    home.save()
    page = builders.standard_page(title="Inicio", slug="inicio", language="es", translation_group="start")
    builders.standard_page(title="Other", language="es", translation_group="elsewhere")
    own, other = alternates(soup(client, "/")), alternates(soup(client, page.url))
    assert own == other == {"en": home.full_url, "es": page.full_url}
    link = soup(client, page.url).select_one(".translations a")
    assert (link["href"], link["hreflang"], link["lang"], link.get_text()) == (home.full_url, "en", "en", "English")


def test_drafts_private_pages_and_second_ones_are_no_translations(client: Client):
    page = builders.post(language="en", translation_group="tides")
    spanish = builders.post(language="es", translation_group="tides")
    builders.post(language="es", translation_group="tides")
    builders.post(language="en", translation_group="tides")
    builders.post(language="fr", translation_group="tides", live=False)
    builders.make_private(builders.post(language="de", translation_group="tides"))
    assert alternates(soup(client, page.url)) == {"en": page.full_url, "es": spanish.full_url}


def test_feeds_name_the_language_of_an_entry(client: Client):
    builders.post(title="Marea", language="es")
    assert '<entry xml:lang="es">' in client.get("/feed.xml").content.decode()
    assert "<dc:language>es</dc:language>" in client.get("/rss.xml").content.decode()
    assert client.get("/feed.json").json()["items"][0]["language"] == "es"


SOURCE = {
    "_posts/2021-05-04-tides.md": post("Low.\n", lang="en", ref="tides"),
    "_posts/2021-05-05-mareas.md": post("Baja.\n", title="Mareas", language="es_ES", ref="tides"),
    "about.md": "---\ntitle: About\npermalink: /about/\ntranslationKey: about\n---\nMe.\n",
    "sobre.md": "---\ntitle: Sobre\npermalink: /sobre/\nlocale: pt_BR\ntranslationKey: about\n---\nEu.\n",
}


def test_language_and_group_come_from_front_matter_and_go_back_byte_for_byte(tmp_path: Path, client: Client):
    report = run(write_tree(tmp_path / "source", SOURCE))
    assert [codes(row(report, path)) for path in SOURCE] == [[]] * 4
    mareas, sobre = BlogPage.objects.get(title="Mareas"), StandardPage.objects.get(title="Sobre")
    assert (mareas.language, mareas.translation_group) == ("es-ES", "tides")
    assert (sobre.language, sobre.translation_group) == ("pt-BR", "about")
    assert alternates(soup(client, sobre.url)).keys() == {"en", "pt-BR"}
    assert not export(tmp_path / "same").problems
    same = files(tmp_path / "same")
    assert {path: same[path].decode() for path in SOURCE} == SOURCE


def test_an_edited_language_is_written_where_the_source_had_it(tmp_path: Path):
    run(write_tree(tmp_path / "source", SOURCE))
    edit(BlogPage.objects.get(title="Mareas"), {}, language="gl", translation_group="")
    edit(StandardPage.objects.get(title="About"), {}, language="en")
    export(tmp_path / "edited")
    edited = files(tmp_path / "edited")
    expected = SOURCE["_posts/2021-05-05-mareas.md"].replace("es_ES", "gl").replace("ref: tides\n", "")
    assert edited["_posts/2021-05-05-mareas.md"].decode() == expected
    assert "lang: en\n" in edited["about.md"].decode()


def test_the_form_offers_the_stored_code_beside_known_languages(admin_client: Client):
    page = builders.post(language="gl")
    settings = SiteSettings.for_site(Site.objects.get())
    settings.language_code = "tlh"
    settings.save()
    form = soup(admin_client, f"/admin/pages/{page.pk}/edit/")
    assert form.select_one('[name="language"] option[selected]').get_text() == "Galician (Galego)"
    settings_form = soup(admin_client, f"/admin/settings/portfolio/sitesettings/{settings.site_id}/")
    assert settings_form.select_one('[name="language_code"] option[selected]')["value"] == "tlh"
