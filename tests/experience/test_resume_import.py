"""JSON Resume in and out without loss, and the sections of the résumé for readers."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from experience.models import ExperiencePage, ProjectPage, PublicationPage, ResumeSections
from experience.resume.json_import import import_resume
from experience.resume.json_values import in_words
from experience.resume.leftovers import leftovers, with_leftovers
from experience.resume.readers.read import read_resume
from experience.resume.readers.resume_file import ResumeError
from portfolio.models import SiteSettings
from tests import builders

RESUME: dict[str, Any] = {
    "basics": {
        "name": "Mara Quist",
        "label": "Tide engineer",
        "email": "mara@quist.example",
        "phone": "+47 555 0199",
        "url": "https://quist.example",
        "summary": "I measure water.",
        "location": {"address": "Quay 4", "postalCode": "1234", "city": "Saltport", "countryCode": "NO"},
        "profiles": [{"network": "Code", "username": "mara", "url": "https://code.example/mara"}],
    },
    "work": [
        {
            "name": "Fjordline",
            "position": "Engineer",
            "url": "https://fjordline.example",
            "startDate": "2019-05",
            "endDate": "2021-08",
            "summary": "Everything between sensor and screen.",
            "highlights": ["Moved eleven terabytes.", "Found <tears> & more."],
            "description": "Robots",
        },
        {"name": "Saltmarsh", "position": "Lead", "startDate": "2022", "summary": "Four people."},
        {
            "name": "Harbour",
            "position": "Clerk",
            "startDate": "2015",
            "endDate": "2016",
            "highlights": ["Counted boats."],
        },
    ],
    "volunteer": [
        {
            "organization": "Lifeboats",
            "position": "Crew",
            "startDate": "2018",
            "endDate": "2020",
            "summary": "Nights.",
            "highlights": ["Two rescues."],
        }
    ],
    "education": [
        {
            "institution": "University of Saltport",
            "area": "Oceanography",
            "studyType": "MSc",
            "startDate": "2013-08",
            "endDate": "2015-06",
            "score": "1.2",
            "courses": ["Tides", "Statistics"],
        }
    ],
    "awards": [{"title": "Golden Gauge", "date": "2020-11-01", "awarder": "Guild", "summary": "For patience."}],
    "certificates": [{"name": "Skipper", "date": "2014-06", "issuer": "Coast Guard", "url": "https://guard.example"}],
    "publications": [
        {"name": "Drift", "publisher": "Journal of Tides", "releaseDate": "2020", "summary": "It drifts."},
    ],
    "skills": [{"name": "Python", "level": "Master", "keywords": ["NumPy"]}],
    "languages": [{"language": "Norwegian", "fluency": "Native"}, {"language": "English", "fluency": "C1"}],
    "interests": [{"name": "Kayaks", "keywords": ["Sea", "Sweep strokes"]}],
    "references": [{"name": "Adaeze Okafor", "reference": "She wrote everything down."}],
    "projects": [
        {
            "name": "Springneap",
            "description": "Fits tides.",
            "highlights": ["Nineteen harbours"],
            "startDate": "2021-02",
            "url": "https://springneap.example",
            "roles": ["Author"],
            "type": "library",
        }
    ],
    "teaching": [{"course": "Knots"}],
}


def missing(wanted: Any, found: Any, path: str = "") -> list[str]:
    """What ``found`` lacks of ``wanted``; lists are compared without their order."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return [path]
        return [item for key, value in wanted.items() for item in missing(value, found.get(key), f"{path}/{key}")]
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        rows = found if isinstance(found, list) else []
        return [f"{path}[{index}]" for index, row in enumerate(wanted) if all(missing(row, other) for other in rows)]
    return [] if wanted == found else [path]


@pytest.fixture
def imported(db, tmp_path):
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(RESUME), encoding="utf-8")
    call_command("import_resume", path)
    return path


def test_two_profiles_of_a_network_keep_their_names(db, client):
    profiles = [
        {"network": "GitHub", "url": f"https://github.com/{name}", "username": name} for name in ("quist", "quay-labs")
    ]
    import_resume({"basics": {"name": "Mara Quist", "profiles": profiles}})
    assert client.get("/resume.json").json()["basics"]["profiles"] == profiles


def test_what_no_page_shows_and_what_is_private_is_told(db, tmp_path, capsys, client):
    text = "Long. " * 9_000
    document = {
        "basics": {
            "name": "Mara Quist", "phone": "+47 555", "url": "https://quist.example",
            "summary": "<p>I <b>measure</b>.</p>",
            "location": {"address": "2 Quay Lane", "postalCode": "5003", "city": "Saltport", "countryCode": "NO"},
        },
        "work": [{"name": "Quay Labs", "position": "Engineer", "startDate": "2020", "summary": text}],
        "projects": [{"name": "Springs"}, {"name": "Springs"}],
    }  # fmt: skip
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    call_command("import_resume", path)
    said = capsys.readouterr().out
    assert "Everybody can read your telephone number, your street, your postal code in /resume.json." in said
    assert "2 projects are called “Springs”" in said
    assert "https://quist.example is left out" in said
    assert "A summary in work has more than 50,000 characters" in said
    page = client.get("/resume/full/").content.decode()
    assert "Saltport" in page
    assert "2 Quay Lane" not in page
    assert "I measure." in page
    assert "&lt;b&gt;" not in page


def test_resume_comes_back_without_loss(imported, client):
    given = client.get("/resume.json").json()
    expected = {**RESUME, "basics": {key: value for key, value in RESUME["basics"].items() if key != "url"}}
    assert missing(expected, given) == []


def test_second_import_makes_nothing_twice(imported, client):
    before = client.get("/resume.json").json()
    call_command("import_resume", imported)
    assert client.get("/resume.json").json() == before
    assert (ExperiencePage.objects.count(), ProjectPage.objects.count(), PublicationPage.objects.count()) == (3, 1, 1)


def test_import_leaves_what_somebody_has_filled_in(db, tmp_path):
    site = builders.home().get_site()
    SiteSettings.objects.update_or_create(site=site, defaults={"owner_name": "Mara L. Quist"})
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(RESUME), encoding="utf-8")
    call_command("import_resume", path)
    assert SiteSettings.for_site(site).owner_name == "Mara L. Quist"


def test_role_that_is_withdrawn_leaves_nothing_behind(imported, client):
    ExperiencePage.objects.get(role="Engineer").unpublish()
    text = client.get("/resume.json").content.decode()
    assert "Fjordline" not in text
    assert "Robots" not in text


def test_sections_are_on_the_resume(imported, client):
    html = client.get("/resume/").content.decode()
    for words in (
        "MSc in Oceanography",
        "University of Saltport, 1.2",
        "Golden Gauge",
        "Skipper",
        "Lifeboats",
        "Norwegian",
        "Kayaks",
        "She wrote everything down.",
        "Springneap",
        "Drift",
    ):
        assert words in html, words


def test_sections_of_a_new_site_are_empty_and_nothing_is_stored(client, db):
    assert client.get("/resume/").status_code == 200
    assert not ResumeSections.objects.exists()


BAD = [b"[]", b"{}", b"not json", b'{"work": "x"', json.dumps({"work": [{}] * 501}).encode(), b"\xff\xfe"]


@pytest.mark.parametrize("data", [*BAD, b'{"work":' + b"[" * 100_000])
def test_what_is_no_resume_is_refused(data):
    with pytest.raises(ResumeError):
        read_resume(data)


def test_command_refuses_a_missing_file(db, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_resume", tmp_path / "none.json")


ODD = [
    {"basics": [], "work": [None, 3, {"name": None}], "education": {"a": 1}, "skills": ["Python"]},
    {"basics": {"location": "Saltport", "profiles": "x"}, "awards": [{"title": ["x"]}], "languages": [{}]},
    {"work": [{"name": "A" * 500, "position": "B", "startDate": "sometime"}]},
]


@pytest.mark.parametrize("document", ODD)
def test_odd_values_do_no_harm(document, db, tmp_path, client):
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with suppress(SystemExit):  # which says that something was left out
        call_command("import_resume", path)
    assert client.get("/resume.json").status_code == 200
    assert client.get("/resume/").status_code == 200


@pytest.mark.parametrize(
    ("language", "written", "words"),
    [
        ("en", "2019-05 - 2021-08-01", "May 2019 - 1 Aug 2021"),
        ("en", "2019 - now", "2019 - now"),
        ("es", "2019-01 - now", "Ene 2019 - now"),
        ("ja", "2019-05 - now", "2019-05 - now"),  # whose months are not read back
        ("en", "2019-99", "2019-99"),
        ("en", "soon", "soon"),
    ],
)
def test_dates_are_put_in_words(language, written, words, db):
    SiteSettings.objects.create(site=Site.objects.get(), language_code=language)
    assert in_words(written) == words


def test_an_entry_that_cannot_be_stored_names_the_field(db):
    work = [{"name": "Saltmarsh", "position": "Engineer"}]
    result = import_resume({"basics": {"email": "mara at tides"}, "work": work})
    assert result.problems == ["Saltmarsh: period: This field cannot be blank."]
    assert SiteSettings.objects.get().email == ""


UNSAFE = "javascript:alert(1)"


@pytest.mark.django_db
def test_addresses_that_could_run_are_left_out_and_reported(client: Client) -> None:
    document = {
        "basics": {
            "name": "Mara",
            "url": UNSAFE,
            "image": "data:text/html,x",
            "profiles": [
                {"network": "Sea", "url": " JavaScript:alert(1)"},
                {"network": "Mail", "url": "mailto:m@x.example"},
            ],
        },
        "work": [{"name": "Saltmarsh", "position": "Diver", "startDate": "2019", "website": UNSAFE}],
        "extra": [{"homeUrl": "vbscript:x", "summary": "javascript: the good parts", "link": "https://x.example"}],
    }
    result = import_resume(document)
    places = ["basics.image", "basics.profiles[0].url", "basics.url", "extra[0].homeUrl", "work[0].website"]
    assert sorted(problem.partition(":")[0] for problem in result.problems) == places
    shown = client.get("/resume.json").json()
    assert [word for word in ("alert", "text/html", "vbscript") if word in json.dumps(shown)] == []
    assert shown["extra"] == [{"summary": "javascript: the good parts", "link": "https://x.example"}]
    sections = ResumeSections.objects.get()
    sections.other = {"extra": {"url": UNSAFE}}  # as an import stored it before
    sections.save()
    assert UNSAFE not in client.get("/resume.json").content.decode()


@pytest.mark.django_db
def test_what_was_made_is_counted_in_words() -> None:
    document = {
        "basics": {},
        "projects": [{"name": "Rope"}],
        "awards": [{"title": "A"}, {"title": "B"}],
        "education": [{"institution": "School"}],
    }
    assert import_resume(document).in_words == "1 education entry, 2 awards, 1 project"


def test_leftovers_are_given_back_to_their_item_only():
    imported = {"awards": [{"title": "A", "x": 1}, {"title": "B", "y": 2}], "extra": {"z": 3}}
    kept = leftovers(imported, {"awards": [{"title": "A"}]})
    assert with_leftovers({"awards": [{"title": "a", "date": "2020"}, {"title": "A"}]}, kept) == {
        "awards": [{"title": "a", "date": "2020"}, {"x": 1, "title": "A"}, {"title": "B", "y": 2}],
        "extra": {"z": 3},
    }


@pytest.mark.django_db
def test_an_administrator_imports_a_resume_in_the_admin(admin_client: Client) -> None:
    address = reverse("import_resume")
    settings = reverse("wagtailsettings:edit", args=["experience", "resumesections", Site.objects.get().pk])
    menu = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert address in menu
    assert address in admin_client.get(settings).content.decode()
    for wrong in ({"text": ""}, {"text": "{"}, {"text": "[]"}, {"text": json.dumps({"work": [{"name": "x"}] * 400})}):
        response = admin_client.post(address, wrong)
        assert (response.status_code, ExperiencePage.objects.count()) == (422, 0)
    file = SimpleUploadedFile("resume.json", json.dumps(RESUME).encode())
    response = admin_client.post(address, {"file": file}, follow=True)
    assert response.redirect_chain[-1][0] == settings
    assert "3 experience entries" in response.content.decode()
    assert ExperiencePage.objects.filter(live=True).count() == 3
    assert admin_client.get("/resume.json").json()["basics"]["phone"] == RESUME["basics"]["phone"]
    again = admin_client.post(address, {"text": json.dumps(RESUME)}, follow=True)
    assert "Made: nothing." in again.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Moderators", "Editors"])
def test_others_import_no_resume(group: str, client: Client) -> None:
    client.force_login(builders.user(group))
    assert client.post(reverse("import_resume"), {"text": json.dumps(RESUME)}).status_code in (302, 403)
    assert not ExperiencePage.objects.exists()
