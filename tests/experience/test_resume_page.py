"""The CV: on the screen, and as a PDF that no visitor waits for."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import ImageFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from experience import pango
from experience.resume import pdf
from experience.resume.pdf import FONTS, fetcher_for, printable, quoted
from experience.resume.tasks import enqueue, make_resume_pdfs
from portfolio.admin.jobs.private_files import private_folder
from portfolio.images.rendition_sizes import SQUARE
from portfolio.models import CustomImage, ImportedAsset, ImportSite, SiteSettings
from portfolio.models.images import FALLBACK_FORMATS
from portfolio.validation.reserved_slugs import reserved_first_segments
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.PRIVATE_ROOT = str(tmp_path)


@pytest.fixture
def owner():
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.owner_name, settings.headline, settings.bio = "Mara Lindqvist", "Reads gauges.", "<p>Since long.</p>"
    settings.portrait = builders.picture()
    settings.links = [("link", {"label": "Code", "url": "https://code.example/mara"})]
    settings.save()
    return settings


def page(client) -> BeautifulSoup:
    response = client.get("/resume/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def said(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in soup.select(selector)]


def pdf_link(client) -> str:
    found = page(client).select_one('main a[type="application/pdf"]')
    return found["href"] if found else ""


def test_roles_stand_by_organisation_with_how_long_they_took(client, owner):
    works = builders.organisation("Fjordline Robotics")
    builders.role(role="Pilot", organisation=works, period_text="Jan 2017 - May 2019", location="Bergen")
    builders.role(role="Engineer", organisation=works, period_text="2019 - 2022", employment_type="Full-time")
    builders.role(role="Deckhand", period_text="2015")
    soup = page(client)
    assert said(soup, "h1") == ["Mara Lindqvist"]
    assert said(soup, ".organisation > .name") == ["Fjordline Robotics", "Saltmarsh Instruments"]
    assert said(soup, ".organisation > .terms") == ["5 years in all"]
    assert said(soup, ".role .terms") == ["Full-time, 3 years", "Bergen, 2 years 5 months", "1 year"]
    assert [link["href"] for link in soup.select(".contact a")] == ["https://code.example/mara"]


def test_skills_lead_to_their_evidence_those_used_longest_first(client):
    builders.role(period_text="2015 - 2019", skills=["SQL", "Python"])
    builders.role(period_text="2022 - now", skills=["Python"])
    builders.post(skills=["Python"])
    builders.post(skills=["Python"], live=False)
    soup = page(client)
    assert said(soup, ".skill-lines li") == ["Python 2015 to now, 2 roles, 1 text", "SQL 2015 to 2019, 1 role"]
    for link in soup.select(".skill-lines a"):
        assert client.get(link["href"]).status_code == 200


def test_a_role_is_told_by_its_summary_where_it_has_one(client):
    builders.role(summary="<p>In short.</p>", body=[("text", "<p>At length.</p>")])
    builders.role(body=[("text", "<p>As it was.</p>")])
    assert sorted(said(page(client), ".role .body")) == ["As it was.", "In short."]


def test_there_is_a_cv_before_there_is_a_role(client):
    assert said(page(client), "h1") == ["Résumé"]
    assert client.get("/resume.pdf").status_code == 404


def test_a_page_of_the_owners_at_its_address_comes_first(client):
    assert not {"resume", "resume.pdf"} & reserved_first_segments()
    draft = builders.standard_page(title="My own", slug="resume", live=False)
    builders.role()
    assert page(client).select_one(".h-resume")
    assert "/resume/" in client.get("/sitemap.xml").content.decode()
    draft.save_revision().publish()
    assert said(page(client), "h1") == ["My own"]
    assert client.get("/sitemap.xml").content.decode().count("/resume/<") == 1


def test_an_old_address_leads_where_its_page_is_now(client):
    about = builders.standard_page(title="About", slug="about")
    builders.role()
    Redirect.add_redirect("/resume/", about)
    response = client.get("/resume/")
    assert (response.status_code, response.url) == (301, "/about/")
    assert "/resume/" not in client.get("/sitemap.xml").content.decode()


def test_an_old_file_at_the_address_of_the_pdf_comes_first(client, owner):
    builders.role()
    make_resume_pdfs.func()
    image = builders.picture()
    site = ImportSite.objects.create(key="old", kind="jekyll")
    ImportedAsset.objects.create(site=site, path="resume.pdf", old_url="/resume.pdf", sha256="0", image=image)
    response = client.get("/resume.pdf")
    assert (response.status_code, response.url) == (301, image.file.url)


def test_the_pdf_is_made_in_the_background_and_never_for_a_visitor(client, owner, monkeypatch):
    builders.role()
    assert pdf_link(client) == ""
    assert client.get("/resume.pdf").status_code == 404
    assert make_resume_pdfs.func() == 1
    monkeypatch.setattr(pdf, "typeset", None)
    assert pdf_link(client) == "/resume.pdf"
    response = client.get("/resume.pdf")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="mara-lindqvist-resume.pdf"'
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert make_resume_pdfs.func() == 0


def test_making_the_pdf_leaves_the_rest_strict_about_broken_images(client, owner):
    builders.role()
    assert make_resume_pdfs.func() == 1
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_reader_who_has_the_pdf_is_told_so(client, owner):
    builders.role()
    make_resume_pdfs.func()
    first = client.get("/resume.pdf")
    for name, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        assert client.get("/resume.pdf", headers={name: value}).status_code == 304


@pytest.mark.parametrize("state", ["unpublished", "private"])
def test_what_was_taken_back_is_not_handed_out_for_a_moment(state, client, owner):
    builders.role()
    role = builders.role(role="Wharfling")
    make_resume_pdfs.func()
    (old,) = private_folder().glob("resume-*.pdf")
    role.unpublish() if state == "unpublished" else builders.make_private(role)
    assert pdf_link(client) == ""
    assert client.get("/resume.pdf").status_code == 404
    make_resume_pdfs.func()
    assert pdf_link(client) == "/resume.pdf"
    assert not old.exists()


def test_the_sizes_of_the_portrait_change_no_pdf(client, owner):
    builders.role()
    make_resume_pdfs.func()
    assert pdf_link(client) == "/resume.pdf"
    index = {"files": {SQUARE: {kind: ["images/small.png", 64, 64] for kind in FALLBACK_FORMATS}}}
    CustomImage.objects.filter(pk=owner.portrait_id).update(rendition_index=index)
    assert pdf_link(client) == "/resume.pdf"


def test_time_that_passes_changes_no_pdf(client, owner, monkeypatch):
    builders.role(period_text="2020 - now", skills=["SQL"])
    make_resume_pdfs.func()
    later = pdf.timezone.localdate().replace(year=2099)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: later)
    assert pdf_link(client) == "/resume.pdf"


def test_without_pango_there_is_no_link_and_the_settings_say_what_to_install(client, owner, monkeypatch):
    builders.role()
    make_resume_pdfs.func()
    administrator = Client()
    administrator.force_login(builders.user(is_superuser=True))
    form = reverse("wagtailsettings:edit", args=["experience", "resumesections", Site.objects.get().pk])
    assert pango.PACKAGES not in administrator.get(form).text
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    assert pango.PACKAGES in administrator.get(form).text
    assert pdf_link(client) == ""
    assert client.get("/resume.pdf").status_code == 404
    assert make_resume_pdfs.func() == 0


def change_page(role):
    role.save_revision().publish()


CHANGES = {
    "a role is published": change_page,
    "a role is taken back": lambda role: role.unpublish(),
    "a role is deleted": lambda role: role.delete(),
    "the settings are saved": lambda role: SiteSettings.for_site(Site.objects.get()).save(),
    "a skill is renamed": lambda role: role.skills.get().save(),
    "an organisation is renamed": lambda role: role.organisation.save(),
    "a role becomes private": builders.make_private,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_made_anew_once_after_a_change(change):
    role = builders.role(skills=["SQL"])
    SiteSettings.for_site(Site.objects.get())
    connection.run_on_commit.clear()
    change(role)
    assert sum(function is enqueue for _, function, *_ in connection.run_on_commit) == 1


def test_other_pages_are_none_of_its_business():
    SiteSettings.for_site(Site.objects.get())  # publishing asks whether Webmentions are on
    connection.run_on_commit.clear()
    builders.post().save_revision().publish()
    assert not any(function is enqueue for _, function, *_ in connection.run_on_commit)


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/a.png", "file:///etc/passwd", f"{FONTS.as_uri()}/../x", "storage:other"]
)
def test_the_pdf_reads_nothing_but_its_own_files(url):
    with pytest.raises(ValueError, match="does not show"):
        fetcher_for("original_images/me.png", "images/me.png").fetch(url)


def test_pictures_and_buttons_of_a_body_stay_on_the_screen():
    html = (
        '<img src="storage:me"><div class="body"><p>Gauges <img src="https://a.example/b.png"></p><video></video></div>'
    )
    assert printable(html) == '<img src="storage:me"/><div class="body"><p>Gauges </p></div>'


def test_what_is_told_at_the_foot_cannot_end_its_string():
    assert quoted('a"\\}') == '"a\\22 \\5c }"'


def test_the_command_says_what_is_missing(monkeypatch, capsys, owner):
    builders.role()
    call_command("make_resume_pdf")
    assert capsys.readouterr().out == "1 made.\n"
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    with pytest.raises(CommandError, match="Pango is not installed"):
        call_command("make_resume_pdf")


LONG = [
    ("text", "<p>I look after the gauges.</p>"),
    ("text", "<ul>" + "".join(f"<li>Gauge {number} is true.</li>" for number in range(9)) + "</ul>"),
    ("text", "<p>It rains.</p>"),
]


def test_a_long_role_is_told_in_brief_and_in_the_long_form_whole(client):
    builders.role(body=LONG)
    (brief,) = said(page(client), ".role .body")
    assert brief == "I look after the gauges. Gauge 0 is true.Gauge 1 is true.Gauge 2 is true.Gauge 3 is true."
    assert page(client).select_one('.more a[href="/resume/full/"]')
    whole = BeautifulSoup(client.get("/resume/full/").content, "html.parser")
    assert "Gauge 8 is true. It rains." in said(whole, ".role .body")[0]
    assert whole.select_one('.more a[href="/resume/"]')


def test_the_long_form_has_all_work(client):
    builders.project(title="Loom", featured=True)
    builders.project(title="Kiln", outcome="Nine pots.")
    builders.publication(title="Paper", authors_text="Ilse Haverkamp\nMara Quist", venue="Journal")
    builders.talk(title="Spoken", event="Harbour Days")
    builders.talk(title="Unspoken", live=False)
    assert said(page(client), ".cv-entries .title") == ["Loom", "Paper"]
    whole = BeautifulSoup(client.get("/resume/full/").content, "html.parser")
    assert said(whole, ".cv-entries .title") == ["Loom", "Kiln", "Paper", "Spoken"]
    assert {"Nine pots.", "Ilse Haverkamp, Mara Quist", "Harbour Days"} <= set(said(whole, ".cv-entries p"))


def test_a_text_in_brief_is_escaped(client):
    builders.role(body=[("text", f"<p>1 &lt; 2 &lt;script&gt; {'word ' * 120}</p>")])
    assert "1 &lt; 2 &lt;script&gt;" in client.get("/resume/").content.decode()
