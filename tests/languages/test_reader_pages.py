"""Pages in the reader's language: the site's words, dates, and lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils.translation import get_language, override
from wagtail.models import Site

from experience.models import ProjectIndexPage
from portfolio.languages.wording import and_list, date_range, shortened
from portfolio.models import SiteSettings
from tests import builders

DAY = datetime(2024, 5, 3, 12, tzinfo=UTC)


def speak(code: str) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.language_code = code
    settings.save()


def soup(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "day", "search", "minutes"),
    [
        ("en", "3 May 2024", "Search", "1 min read"),
        ("es", "3 de mayo de 2024", "Buscar", "1 min de lectura"),
        ("de", "3. Mai 2024", "Suche", "1 Min. Lesezeit"),
        ("fr", "3 mai 2024", "Rechercher", "1 min de lecture"),
        ("pt-BR", "3 de Maio de 2024", "Pesquisar", "1 min de leitura"),
        ("it", "3 Maggio 2024", "Cerca", "1 min di lettura"),
        ("nl", "3 mei 2024", "Zoeken", "1 min leestijd"),
        ("pl", "3 maja 2024", "Szukaj", "1 min czytania"),
        ("uk", "3 травня 2024 р.", "Пошук", "1 хв читання"),
        ("zh-Hans", "2024年5月3日", "搜索", "阅读需 1 分钟"),
        ("ja", "2024年5月3日", "検索", "1分で読めます"),
        ("ar", "3 مايو 2024", "بحث", "دقيقة قراءة"),
    ],
)
def test_a_site_speaks_its_language(client: Client, code: str, day: str, search: str, minutes: str) -> None:
    speak(code)
    page = builders.post(date=DAY)
    html = soup(client, page.url)
    facts = html.select_one(".facts")
    assert html.html["lang"] == code
    assert html.html.get("dir") == ("rtl" if code == "ar" else None)
    assert day.casefold() in facts.get_text().casefold()
    assert minutes in facts.get_text()
    assert html.select(".masthead nav a")[-1].get_text() == search
    assert search in soup(client, "/search/").h1.get_text()
    assert soup(client, "/nowhere/", 404).h1.get_text() != ("" if code == "en" else "Page not found")
    assert get_language() == "en-gb"  # nothing of it stays with the thread


@pytest.mark.django_db
def test_a_page_brings_its_language_and_the_menu_keeps_the_sites(client: Client) -> None:
    builders.standard_page(title="About me", show_in_menus=True)
    english, spanish = builders.post(title="Low water", date=DAY), builders.post(title="Bajamar", language="es")
    html = soup(client, spanish.url)
    assert html.html["lang"] == "es"
    assert "min de lectura" in html.get_text()
    assert "lang" not in html.article.attrs
    assert html.html["data-words"].split("|")[:2] == ["Copiar", "Copiado"]  # what site.js says
    assert html.find("a", string="About me")["lang"] == "en"
    assert html.select(".masthead nav a")[-1].get_text() == "Buscar"
    assert "Contenido" in html.select_one(".site-foot").get_text()
    again = soup(client, english.url)
    assert again.html["lang"] == "en"
    assert "data-words" not in again.html.attrs
    # What is kept for one version of the site is kept for each language.
    assert "Contents" in again.select_one(".site-foot").get_text()


@pytest.mark.django_db
def test_the_answer_depends_on_the_setting_and_not_on_the_browser(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = builders.post()
    first = client.get(page.url, headers={"Accept-Language": "de"})
    assert 'lang="en"' in first.content.decode()
    assert "Accept-Language" not in first.headers.get("Vary", "")
    connection.run_on_commit.clear()  # as after a commit, which no test makes
    with django_capture_on_commit_callbacks(execute=True):
        speak("de")
    second = client.get(page.url, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "Min. Lesezeit" in second.content.decode()


@pytest.mark.django_db
def test_the_admin_speaks_the_language_of_its_user(client: Client) -> None:
    speak("de")
    client.force_login(builders.user("Editors"))
    assert soup(client, "/admin/").html["lang"] == "en-gb"


@pytest.mark.django_db
def test_a_list_that_the_site_makes_is_called_in_its_language() -> None:
    speak("es")
    assert ProjectIndexPage.add_below(builders.home()).title == "Proyectos"


def test_words_in_a_sentence_are_joined_as_in_the_language() -> None:
    assert and_list(["a", "b", "<c>"]) == "a, b and &lt;c&gt;"
    with override("ja"):
        assert and_list(["a", "b", "c"]) == "a、b、c"


@pytest.mark.parametrize(
    ("code", "days", "later"),
    [
        ("en", "6 – 8 May 2024", "30 May – 2 June 2024"),
        ("en-us", "May 6, 2024 – May 8, 2024", "May 30, 2024 – June 2, 2024"),
        ("de", "6. – 8. Mai 2024", "30. Mai – 2. Juni 2024"),
        ("ja", "2024年5月6日 – 2024年5月8日", "2024年5月30日 – 2024年6月2日"),
    ],
)
def test_days_of_one_month_name_it_once(code: str, days: str, later: str) -> None:
    with override(code):
        assert date_range(date(2024, 5, 6), date(2024, 5, 8)) == days
        assert date_range(date(2024, 5, 30), date(2024, 6, 2)) == later


def test_a_text_without_spaces_is_cut_as_short_as_one_with() -> None:
    assert shortened("one two three four", 2) == "one two …"
    assert (
        shortened("潮汐表は何も教えてくれない。" * 20, 10)
        == "潮汐表は何も教えてくれない。潮汐表は何も教えてくれない。潮…"
    )
    assert shortened("潮汐", 10) == "潮汐"
