"""A résumé in any form becomes pages and sections, by the command and by the form, and nothing twice."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from experience.models import ExperiencePage, ProjectPage, PublicationPage, ResumeSections
from experience.resume.json_import import import_resume
from experience.resume.readers.read import read_resume
from portfolio.models import SiteSettings
from tests.experience.resume_samples import FILES, LINKEDIN, POSITIONS, linkedin_zip

PEOPLE = [name for name in FILES if name != "Positions.csv"]  # which has only roles
WITH_ROLES = [name for name in FILES if name != "_index.md"]
MODELS = (ExperiencePage, ProjectPage, PublicationPage)


def written(folder: Path, name: str, data: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(FILES[name] if data is None else data)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_ROLES)
def test_command_makes_roles_of_each_form(name: str, tmp_path: Path, client: Client) -> None:
    call_command("import_resume", written(tmp_path, name))
    role = ExperiencePage.objects.get(role="Keeper")
    assert (role.live, role.organisation.name, role.start.year, role.ongoing) == (True, "Gull Harbour", 2019, True)
    assert client.get(role.url).status_code == 200
    assert "Gull Harbour" in client.get("/resume/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PEOPLE)
def test_owner_and_sections_are_filled_from_each_form(name: str, tmp_path: Path, client: Client) -> None:
    call_command("import_resume", written(tmp_path, name))
    assert SiteSettings.objects.get().owner_name == "Mara Quist"
    assert "University of Saltport" in client.get("/resume/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_second_import_of_each_form_makes_nothing_twice(
    name: str, tmp_path: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, name)
    call_command("import_resume", path)
    before, counts = client.get("/resume.json").json(), [model.objects.count() for model in MODELS]
    capsys.readouterr()
    call_command("import_resume", path)
    assert "Made: nothing." in capsys.readouterr().out
    assert client.get("/resume.json").json() == before
    assert [model.objects.count() for model in MODELS] == counts


@pytest.mark.django_db
def test_the_same_role_in_two_forms_is_one(tmp_path: Path) -> None:
    for name in ("Positions.csv", "Basic_LinkedInDataExport.zip", "CV-Europass.xml", "Mara_Quist_CV.yaml"):
        call_command("import_resume", written(tmp_path, name))
    assert ExperiencePage.objects.filter(role="Keeper").count() == 1
    assert PublicationPage.objects.filter(title="Drift").count() == 1


@pytest.mark.django_db
def test_values_without_a_place_are_in_resume_json(tmp_path: Path, client: Client) -> None:
    call_command("import_resume", written(tmp_path, "Basic_LinkedInDataExport.zip"))
    given = client.get("/resume.json").json()
    assert given["courses"] == [{"name": "Knots", "number": "K-1"}]
    assert given["certificates"][0]["licenseNumber"] == "SK-4"
    assert given["volunteer"][0]["cause"] == "Rescue"
    assert [skill["name"] for skill in given["skills"]] == ["Rust", "Python"]


@pytest.mark.django_db
def test_an_entry_is_given_back_once_however_its_dates_are_written(client: Client) -> None:
    import_resume(
        {
            "education": [{"institution": "Saltport", "studyType": "MSc", "startDate": "", "endDate": "2018"}],
            "work": [
                {"name": "Gull", "position": "Keeper", "startDate": "May 2009", "endDate": "Present", "team": "A"}
            ],
        }
    )
    given = client.get("/resume.json").json()
    assert [entry["institution"] for entry in given["education"]] == ["Saltport"]
    assert [(role["startDate"], role["team"]) for role in given["work"]] == [("2009-05", "A")]


@pytest.mark.django_db
def test_another_file_leaves_what_earlier_ones_kept(client: Client) -> None:
    import_resume({"basics": {"name": "Mara", "phone": "1"}, "awards": [{"title": "Gauge", "prize": "rope"}], "x": [1]})
    import_resume({"work": [{"name": "Gull", "position": "Keeper", "summary": "No date"}]})
    for _ in range(2):
        import_resume(
            {
                "basics": {"phone": "2"},
                "awards": [{"title": "Gauge", "prize": "knife", "year": "1"}, {"title": "New"}],
                "work": [{"name": "Gull", "position": "Keeper", "team": "Lights", "startDate": "2019"}],
                "x": [1, 2],
            }
        )
    given = client.get("/resume.json").json()
    assert given["basics"]["phone"] == "2"
    assert given["awards"] == [{"title": "Gauge", "prize": "knife", "year": "1"}, {"title": "New"}]
    assert [(role["position"], role["team"], role["startDate"]) for role in given["work"]] == [
        ("Keeper", "Lights", "2019")
    ]
    assert given["x"] == [1, 2]


@pytest.mark.django_db
def test_command_names_form_and_what_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_resume", written(tmp_path, "Basic_LinkedInDataExport.zip"))
    out = capsys.readouterr().out
    assert "Left out: files that are no part of a résumé: Email Addresses.csv, Connections.csv." in out
    assert "This is LinkedIn's data export. Made: " in out


@pytest.mark.django_db
def test_command_names_file_and_line_of_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^cv\.yml, line 3: this is not YAML") as refused:
        call_command("import_resume", written(tmp_path, "cv.yml", b"cv:\n  name: [\n"))
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_role_without_dates_is_named_and_the_rest_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = POSITIONS + "Nowhere,Clerk,,,,\n,,,Saltport,2019,\n"
    with pytest.raises(SystemExit) as ended:
        call_command("import_resume", written(tmp_path, "Positions.csv", text.encode()))
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "Nowhere: period: This field cannot be blank.",
        "2019 - now: it names neither an employer (name) nor a role (position), and is no entry",
    ]
    assert ExperiencePage.objects.count() == 2


@pytest.mark.django_db
def test_long_description_of_a_project_is_its_text(tmp_path: Path) -> None:
    words = "tide " * 200
    files = {"Projects.csv": f"Title,Description,Url,Started On\nSpringneap,{words},,Feb 2021\n"}
    call_command("import_resume", written(tmp_path, "export.zip", linkedin_zip(files)))
    project = ProjectPage.objects.get()
    assert len(project.summary) <= 500
    assert project.summary.endswith("tide…")
    assert words.strip() in str(project.body)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_administrator_imports_each_form_by_file_or_text(name: str, admin_client: Client) -> None:
    address = reverse("import_resume")
    response = admin_client.post(address, {"file": SimpleUploadedFile(name, FILES[name])}, follow=True)
    html = unescape(response.content.decode())
    assert response.redirect_chain
    assert "Made: " in html
    assert [note for note in read_resume(FILES[name], name).notes if note.partition(":")[0] not in html] == []
    assert ExperiencePage.objects.filter(role="Keeper").exists() == (name in WITH_ROLES)
    if not name.endswith(".zip"):
        again = admin_client.post(address, {"text": FILES[name].decode("utf-8-sig")}, follow=True)
        assert "Made: nothing." in again.content.decode()


WRONG: dict[str, tuple[bytes, str]] = {
    "export.zip": (linkedin_zip({"Positions.csv": "0" * 3_000_000}), "export.zip, Positions.csv: it unpacks to more"),
    "cv.yml": (b"cv: " + b"[" * 200, "cv.yml, line 1: this is not YAML"),
    "x.xml": (b"<!DOCTYPE x><SkillsPassport/>", "x.xml: this XML has a document type"),
    "Positions.csv": ("Company Name,Title\nÅ,B".encode("latin-1"), "Positions.csv, line 2: the text is not in UTF-8"),
    "empty.csv": (b"  ", "Choose a file or paste its text."),
    "big.json": (b" " * 3_000_000 + b"{}", "big.json: the file has more than 2 MB."),
    "<b>.txt": (b"Dear Sir", "&lt;b&gt;.txt: this is no résumé"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRONG)
def test_form_says_what_is_wrong_with_a_file(name: str, admin_client: Client) -> None:
    data, message = WRONG[name]
    response = admin_client.post(reverse("import_resume"), {"file": SimpleUploadedFile(name, data)})
    assert (response.status_code, message in response.content.decode()) == (422, True)
    assert not ExperiencePage.objects.exists()
    assert not ResumeSections.objects.exists()


@pytest.mark.django_db
def test_form_offers_the_files_that_it_reads(admin_client: Client) -> None:
    html = admin_client.get(reverse("import_resume")).content.decode()
    assert 'accept=".json,.yml,.yaml,.zip,.csv,.xml,.md"' in html
    assert "LinkedIn&#x27;s data export (.zip)" in html or "LinkedIn's data export (.zip)" in html


@pytest.mark.django_db
def test_addresses_that_could_run_are_left_out_of_every_form(tmp_path: Path, client: Client) -> None:
    bad = "javascript:alert(1)"
    rows = LINKEDIN["Certifications.csv"].replace("https://guard.example", bad)
    with pytest.raises(SystemExit):  # which says that something was left out
        call_command("import_resume", written(tmp_path, "x.zip", linkedin_zip({"Certifications.csv": rows})))
    answers: list[Any] = [client.get(address).content.decode() for address in ("/resume.json", "/resume/")]
    assert [text for text in answers if "alert" in text] == []
