"""The first sign-in on a new site, and the removal of the demo."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image
from wagtail.models import Page, Site

from blog.models import BlogPage, Category
from portfolio.admin.dashboard.first_steps import first_steps
from portfolio.admin.set_up.demo import edited_demo_pages, remove_demo
from portfolio.admin.set_up.demo_runs import DEMO
from portfolio.models import CustomImage, ImportRun, ImportSite, Person, SiteSettings, StandardPage
from tests import builders
from tests.importer.trees import picture, post, run, write_tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
PASSWORD = "low-water-at-six"
OWN = {
    "owner_name": "Ines Vey",
    "headline": "Reads gauges.",
    "accent_colour": "#0b6e75",
    "language_code": "pt",
    "time_zone": "Europe/Lisbon",
    "profiles": "github.com/ines\nhttps://tides.example/@ines",
}


@pytest.fixture
def demo(tmp_path: Path) -> ImportRun:
    """A small demo: two posts with an author, a category and a picture, a page, and what the owner's settings say."""
    config = "url: https://lindqvist.example\nauthor:\n  name: Mara Lindqvist\ntimezone: Europe/Stockholm\n"
    about = "---\ntitle: About\npermalink: /about/\n---\nI measure water.\n"
    body = "Rises.\n\n![C](/c.png)\n"
    tree = write_tree(
        tmp_path,
        {
            "_config.yml": config,
            "_posts/2021-05-04-tides.md": post(body).replace("---\n", "---\nauthor: Ilse Brandt\ncategory: Water\n", 1),
            "_posts/2021-06-04-ebb.md": post("Falls.\n", title="Ebb"),
            "about.md": about,
            "c.png": picture(),
        },
    )
    made = ImportRun.objects.get(pk=run(tree).run)
    ImportSite.objects.update(key=DEMO)
    return made


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(builders.user(is_superuser=True))
    return client


def site_settings() -> SiteSettings:
    return SiteSettings.objects.get(site=Site.objects.get())


def test_the_first_sign_in_of_all_leads_to_the_set_up_and_no_later_one(client: Client) -> None:
    users = get_user_model().objects
    users.create_superuser("ines", "", PASSWORD)
    users.create_superuser("tor", "", PASSWORD)
    sign_in = reverse("wagtailadmin_login")
    assert 'name="next" value="/admin/"' in client.get(sign_in).content.decode()
    first = client.post(sign_in, {"username": "ines", "password": PASSWORD, "next": "/admin/"})
    assert first.url == reverse("set_up")
    assert "Make this site yours" in client.get(first.url).content.decode()
    client.logout()
    assert client.post(sign_in, {"username": "ines", "password": PASSWORD}).url == reverse("wagtailadmin_home")
    client.logout()
    assert client.post(sign_in, {"username": "tor", "password": PASSWORD}).url == reverse("wagtailadmin_home")


def test_a_first_sign_in_for_a_page_leads_to_that_page(client: Client) -> None:
    get_user_model().objects.create_superuser("ines", "", PASSWORD)
    asked_for = reverse("import_list")
    form = {"username": "ines", "password": PASSWORD, "next": asked_for}
    assert client.post(reverse("wagtailadmin_login"), form).url == asked_for


def test_the_set_up_fills_the_settings(owner: Client) -> None:
    data = io.BytesIO()
    Image.new("RGB", (200, 200), "teal").save(data, "PNG")
    portrait = SimpleUploadedFile("me.png", data.getvalue(), "image/png")
    answer = owner.post(reverse("set_up"), {**OWN, "portrait_file": portrait, "next": "empty"})
    assert answer.url == reverse("wagtailadmin_home")
    settings = site_settings()
    assert {name: getattr(settings, name) for name in OWN if name != "profiles"} == {
        name: value for name, value in OWN.items() if name != "profiles"
    }
    assert [dict(link.value) for link in settings.links] == [
        {"label": "GitHub", "url": "https://github.com/ines"},
        {"label": "tides.example", "url": "https://tides.example/@ines"},
    ]
    assert settings.portrait.title == "Ines Vey"
    assert owner.post(reverse("set_up"), {**OWN, "next": "import"}).url == reverse("import_list")
    refused = owner.post(reverse("set_up"), {**OWN, "profiles": "javascript://alert", "accent_colour": "teal"})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"profiles", "accent_colour"}


def test_removal_takes_the_demo_whole_and_says_so_before(
    owner: Client, demo: ImportRun, django_capture_on_commit_callbacks: Any
) -> None:
    assert site_settings().owner_name == "Mara Lindqvist"
    own = builders.post(title="My own", categories=["Water"])
    answer = owner.post(reverse("set_up"), {**OWN, "time_zone": "Europe/Stockholm", "next": "empty"})
    assert answer.url == reverse("remove_demo") + "?next=empty"
    pages = Page.objects.count()

    page = owner.get(answer.url)
    told = dict(page.context["removal"].counts)
    assert (told["pages"], told["person"], told["image"]) == (3, 1, 1)
    assert Page.objects.count() == pages  # nothing is gone yet
    assert Person.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert owner.post(answer.url).url == reverse("wagtailadmin_home")
    assert pages - Page.objects.count() == told["pages"]
    assert not Person.objects.exists()
    assert not CustomImage.objects.exists()
    assert [entry.title for entry in BlogPage.objects.all()] == ["My own"]
    assert [category.name for category in own.categories.all()] == ["Water"]  # which the owner's post uses
    settings = site_settings()
    assert (settings.owner_name, settings.time_zone) == ("Ines Vey", "Europe/Stockholm")  # chosen, though it is alike
    assert "is not here" in owner.get(reverse("remove_demo"), follow=True).content.decode()


def test_a_picture_of_the_demo_that_the_owner_made_the_logo_stays(owner: Client, demo: ImportRun) -> None:
    SiteSettings.objects.update(logo=CustomImage.objects.get())
    removal = remove_demo()
    assert CustomImage.objects.filter(pk=site_settings().logo_id).exists()
    assert "logo" not in removal.settings
    assert "1 person" in removal.summary


def test_what_the_demo_filled_in_is_no_step_done(owner: Client, demo: ImportRun, rf: RequestFactory) -> None:
    SiteSettings.objects.update(headline="Reads gauges.")
    request = rf.get("/admin/")
    done = {step.text: step.done for step in first_steps(request)}
    assert not done["Enter your name and what you do"]
    assert not done["Choose your time zone"]
    owner.post(reverse("set_up"), {**OWN, "next": "look"})
    done = {step.text: step.done for step in first_steps(rf.get("/admin/"))}
    assert done["Enter your name and what you do"]
    assert done["Choose your time zone"]


def test_what_nobody_entered_stays_the_demos_until_it_goes(owner: Client, demo: ImportRun) -> None:
    form = owner.get(reverse("set_up")).context["form"]
    assert (form.initial["owner_name"], form.initial["time_zone"]) == ("", "UTC")
    data = {"language_code": "en", "time_zone": "UTC", "next": "look"}
    assert owner.post(reverse("set_up"), data).url == "/"
    assert site_settings().owner_name == "Mara Lindqvist"
    remove_demo()
    assert site_settings().owner_name == ""


def test_pages_that_somebody_changed_are_asked_about_and_own_pages_below_keep_theirs(
    owner: Client, demo: ImportRun
) -> None:
    tides, ebb = BlogPage.objects.get(title="Tides"), BlogPage.objects.get(title="Ebb")
    for page in (tides, ebb):
        page.title += " here"
        page.save_revision().publish()
    about = StandardPage.objects.get(title="About")
    about.add_child(instance=StandardPage(title="Mine"))
    assert {page.title for page in edited_demo_pages()} == {"Tides here", "Ebb here"}
    html = owner.get(reverse("remove_demo")).content.decode()
    assert "You have changed these" in html
    assert "Pages of your own are below these" in html
    owner.post(reverse("remove_demo"), {"edited": [ebb.pk, builders.home().pk]})
    assert [entry.title for entry in BlogPage.objects.all()] == ["Tides here"]
    assert CustomImage.objects.count() == 1  # which the page that stays shows
    assert {page.title for page in StandardPage.objects.all()} == {"About", "Mine"}
    assert Category.objects.filter(name="Water").exists()
