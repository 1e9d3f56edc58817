"""BibTeX in and out: parsed under limits, stored once, updated where nobody has edited the publication here."""

from __future__ import annotations

import contextlib
import time

import pytest
from django.core.management import call_command
from django.urls import reverse

from experience.bibtex.parse import MAX_BYTES, BibtexError, parse_bibtex
from experience.bibtex.store import first_address
from experience.models import PublicationIndexPage, PublicationPage
from portfolio.models import SiteSettings
from tests import builders

FILE = r"""@string{jot = "Journal of Tides"}
@article{quist2024drift,
  title = {Drift in {ADCP} records of {\"O}stersund \& elsewhere},
  author = {Quist, Mara and Okafor, Adaeze and others},
  journal = jot, year = {2024}, month = may, day = {6},
  doi = {10.5555/jtm.17}, pdf = {drift.pdf}, abbr = {JoT}, selected = {true}
}
@inproceedings{brandt2021net, title={Labels}, author={Brandt, Ingrid and M. Quist}, booktitle={Workshop}, year=2021}
@misc{quist2022week, title={A bad week}, author={Quist, Mara}, eprint={2206.01234}, archiveprefix={arXiv}, year=2022}
@article{broken, title={x}
"""


def test_entries_are_read_as_plain_text():
    entries = parse_bibtex(FILE.encode()).entries
    first = entries[0]
    assert [entry.key for entry in entries] == ["quist2024drift", "brandt2021net", "quist2022week"]
    assert first.fields["title"] == "Drift in ADCP records of Östersund & elsewhere"
    assert first.fields["journal"] == "Journal of Tides"
    assert first.authors == ("Quist, Mara", "Okafor, Adaeze")
    assert "journal = {Journal of Tides}" in first.source
    assert "abbr" not in first.source


def test_entry_that_cannot_be_read_is_reported_with_its_line():
    problems = parse_bibtex(FILE.encode()).problems
    assert [problem.line for problem in problems] == [10]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://doi.example/1 http://tides.example/2", "https://doi.example/1"),
        ("http://a.example/x y", "http://a.example/x y"),
        ("", ""),
    ],
)
def test_of_several_addresses_in_a_field_the_first_is_the_link(written, link):
    assert first_address(written) == link


HOSTILE = ["@article{k," + "title={" * 50_000, "@" * 15_000, "@article{k," + 'a="b",' * 20_000 + "}", "{" * 100_000]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused_or_read_soon(text):
    start = time.process_time()
    with contextlib.suppress(BibtexError):
        parse_bibtex(text.encode())
    assert time.process_time() - start < 5


def test_large_file_is_refused():
    with pytest.raises(BibtexError, match="MB"):
        parse_bibtex(b" " * (MAX_BYTES + 1))


@pytest.fixture
def bib(tmp_path):
    path = tmp_path / "papers.bib"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(path):
    try:
        call_command("import_bibtex", path)
    except SystemExit as error:
        return error.code
    return 0


@pytest.mark.django_db
def test_command_makes_publications_and_updates_those_nobody_edited(bib):
    assert run(bib) == 1  # for the broken entry
    pages = {page.citation_key: page for page in PublicationPage.objects.all()}
    drift, net, week = (pages[key] for key in ("quist2024drift", "brandt2021net", "quist2022week"))
    assert (drift.publication_type, drift.year, drift.date.date().isoformat()) == ("article", 2024, "2024-05-06")
    assert (net.publication_type, net.venue, net.date) == ("conference", "Workshop", None)
    assert (week.publication_type, week.link_to("arxiv")) == ("preprint", "https://arxiv.org/abs/2206.01234")
    assert (drift.doi, drift.link_to("pdf"), drift.featured) == ("10.5555/jtm.17", "/assets/pdf/drift.pdf", True)
    assert PublicationIndexPage.objects.get().live
    net.venue = "A better name"
    net.save_revision().publish()
    bib.write_text(FILE.replace("Workshop", "Meeting").replace("A bad week", "One bad week"), encoding="utf-8")
    run(bib)
    assert PublicationPage.objects.count() == 3
    assert PublicationPage.objects.get(pk=net.pk).venue == "A better name"
    assert PublicationPage.objects.get(pk=week.pk).title == "One bad week"


@pytest.mark.django_db
def test_publication_that_was_unpublished_is_updated_once_and_stays_a_draft(bib):
    run(bib)
    page = PublicationPage.objects.get(citation_key="brandt2021net")
    page.unpublish()
    bib.write_text(FILE.replace("Workshop", "Meeting"), encoding="utf-8")
    for _ in range(2):
        run(bib)
        page.refresh_from_db()
        assert (page.live, page.revisions.count()) == (False, 2)
    assert page.get_latest_revision_as_object().venue == "Meeting"


@pytest.mark.django_db
def test_publications_are_shown_by_year_with_the_owner_marked(bib, client):
    site = SiteSettings.for_site(builders.home().get_site())
    SiteSettings.objects.filter(pk=site.pk).update(owner_name="Mara Quist")
    run(bib)
    html = " ".join(client.get("/publications/").content.decode().split())
    assert html.index("2024") < html.index("2022") < html.index("2021")
    assert "<strong>Mara Quist</strong>" in html
    assert "Ingrid Brandt, <strong>M. Quist</strong>" in html
    assert "Labels" not in client.get("/publications/?type=article").content.decode()
    page = PublicationPage.objects.get(citation_key="quist2024drift")
    html = client.get(page.url).content.decode()
    for tag in (
        '<meta name="citation_author" content="Mara Quist">',
        '<meta name="citation_publication_date" content="2024/05/06">',
        '<meta name="citation_journal_title" content="Journal of Tides">',
        '<meta name="citation_doi" content="10.5555/jtm.17">',
        '"@type": "ScholarlyArticle"',
        "@article{quist2024drift,",
    ):
        assert tag in html, tag
    text = client.get("/publications.bib").content
    assert [entry.key for entry in parse_bibtex(text).entries] == ["quist2024drift", "quist2022week", "brandt2021net"]
    assert b"drift" in client.get(f"{page.url.rstrip('/')}.md").content


@pytest.mark.django_db
def test_entry_is_made_from_the_fields_of_a_publication():
    page = PublicationPage(title="Tides & IMU", authors_text="Mara Quist", year=2020, venue="Tide Press")
    page.publication_type = "book"
    entry = parse_bibtex(page.bibtex_entry.encode()).entries[0]
    assert (entry.type, entry.key) == ("book", "quist2020tides")
    assert entry.fields == {"title": "Tides & IMU", "author": "Mara Quist", "publisher": "Tide Press", "year": "2020"}


@pytest.mark.django_db
@pytest.mark.parametrize(("group", "live"), [("Moderators", True), ("Editors", False)])
def test_pasted_entry_becomes_a_publication_in_the_admin(client, group, live):
    client.force_login(builders.user(group))
    address = reverse("publications_from_bibtex")
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "no entry"}).status_code == 422
    response = client.post(address, {"text": FILE.partition("@inproceedings")[0]})
    assert response.status_code == 302
    assert PublicationPage.objects.get().live is live


@pytest.mark.django_db
def test_nobody_without_permission_imports_bibtex(client):
    client.force_login(builders.user())
    assert client.get(reverse("publications_from_bibtex")).status_code in (302, 403)
    response = client.post(reverse("publications_from_bibtex"), {"text": FILE})
    assert response.status_code in (302, 403)
    assert not PublicationPage.objects.exists()
