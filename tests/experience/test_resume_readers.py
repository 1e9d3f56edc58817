"""Each form of a résumé is read as the same document of JSON Resume."""

from __future__ import annotations

from typing import Any

import pytest

from experience.resume.readers.read import read_resume
from experience.resume.readers.resume_file import ResumeError
from tests.experience.resume_samples import AUTHOR_PAGE, FILES, LINKEDIN, POSITIONS, linkedin_zip

KEEPER = {"name": "Gull Harbour", "position": "Keeper"}
MASTER = {"institution": "University of Saltport"}
# What each form has of the same person.
EXPECTED: dict[str, dict[str, Any]] = {
    "cv.yml": {
        "basics": {"name": "Mara Quist"},
        "work": [
            {**KEEPER, "startDate": "2019", "location": "Saltport", "highlights": ["Kept the light.", "Counted gulls."]}
        ],
        "education": [{**MASTER, "studyType": "MSc Oceanography", "startDate": "2013", "thesis": "Slack water"}],
        "projects": [{"name": "Springneap", "description": "Fits tides."}],
        "skills": [{"name": "Rust"}, {"name": "Python"}],
        "Sea Shanties": ["Three of them"],
    },
    "Mara_Quist_CV.yaml": {
        "basics": {
            "name": "Mara Quist",
            "label": "Tide engineer",
            "summary": "I measure water.",
            "email": "mara@quist.example",
            "profiles": [{"network": "GitHub", "username": "maraquist", "url": "https://github.com/maraquist"}],
        },
        "work": [{**KEEPER, "startDate": "2019-03"}],
        "publications": [
            {
                "name": "Drift",
                "publisher": "Journal of Tides",
                "url": "https://doi.org/10.5555/jot.17",
                "releaseDate": "2020",
            }
        ],
        "skills": [{"name": "Code", "keywords": ["Rust", "Python"]}],
        "awards": [{"title": "Golden Gauge"}],
        "projects": [
            {"name": "Springneap", "url": "https://springneap.example/a_b_c", "description": "Fits tides."},
        ],
        "Ropes": ["Bends", "Hitches"],
    },
    "cv.json": {
        "basics": {"url": "https://quist.example"},
        "work": [{**KEEPER, "startDate": "2019-03"}],
        "education": [{**MASTER, "score": "3.9"}],
        "publications": [{"name": "Drift", "url": "https://quist.example/drift"}],
        "presentations": [{"name": "Slack water", "event": "Tide Days", "date": "2021"}],
    },
    "_index.md": {
        "basics": {
            "name": "Mara Quist",
            "label": "Tide engineer",
            "summary": "I measure water.",
            "email": "mara@quist.example",
            "profiles": [{"network": "GitHub", "url": "https://github.com/maraquist"}],
            "affiliations": [{"name": "Gull Harbour", "url": "https://gull.example"}],
        },
        "education": [{**MASTER, "studyType": "MSc in Oceanography", "startDate": "2015"}],
        "interests": [{"name": "Tides"}, {"name": "Knots"}],
    },
    "me.yaml": {
        "basics": {"name": "Mara Quist", "label": "Tide engineer", "summary": "I measure water."},
        "work": [
            {
                **KEEPER,
                "summary": "Responsibilities include:",
                "highlights": ["Keeping the light", "Counting gulls"],
                "startDate": "2019-03-01",
            },
        ],
        "education": [
            {**MASTER, "startDate": "2013-08-15", "endDate": "2015-06-30", "courses": ["Thesis on slack water"]}
        ],
        "skills": [{"name": "Code", "keywords": ["Rust", "Python"]}],
        "languages": [{"language": "Norwegian", "fluency": "Native"}, {"language": "Esperanto", "proficiency": 1}],
        "awards": [
            {"title": "Golden Gauge", "date": "2020-11-01", "awarder": "Guild of Gauges", "summary": "For patience"}
        ],
    },
    "Basic_LinkedInDataExport.zip": {
        "basics": {"name": "Mara Quist", "label": "Tide engineer", "location": {"address": "Saltport"}},
        "work": [
            {
                **KEEPER,
                "startDate": "2019-03",
                "summary": "Keeps the light.",
                "highlights": ["Counts gulls", 'Writes, in ink, a "log"'],
            },
            {"name": "Saltmarsh Lab", "startDate": "2015-09", "endDate": "2019-02"},
        ],
        "education": [
            {**MASTER, "startDate": "2013", "endDate": "2015", "courses": ["Thesis on slack water", "Rowing"]}
        ],
        "skills": [{"name": "Rust"}, {"name": "Python"}],
        "languages": [{"language": "Norwegian", "fluency": "Native or bilingual"}, {"language": "English"}],
        "certificates": [{"name": "Skipper", "issuer": "Coast Guard", "date": "2014-06", "licenseNumber": "SK-4"}],
        "awards": [{"title": "Golden Gauge", "date": "2020-11"}],
        "projects": [{"name": "Springneap", "startDate": "2021-02"}],
        "publications": [{"name": "Drift", "releaseDate": "2020-05"}],
        "volunteer": [{"organization": "Lifeboats", "position": "Crew", "cause": "Rescue", "endDate": "2020-12"}],
        "references": [{"name": "Adaeze Okafor", "reference": "She wrote everything down."}],
        "courses": [{"name": "Knots", "number": "K-1"}],
    },
    "Positions.csv": {"work": [{**KEEPER, "startDate": "2019-03"}, {"position": "Technician"}]},
    "CV-Europass.xml": {
        "basics": {"name": "Mara Quist", "summary": "I measure water.", "location": {"address": "Saltport, Norway"}},
        "work": [
            {
                **KEEPER,
                "startDate": "2019-03",
                "highlights": ["Keeps the light", "Counts gulls & terns"],
                "sector": "Transport",
            }
        ],
        "education": [
            {
                **MASTER,
                "studyType": "MSc Oceanography",
                "startDate": "2013-08-15",
                "endDate": "2015-06",
                "level": "EQF 7",
            }
        ],
        "languages": [{"language": "Norwegian"}, {"language": "English", "fluency": "listening C2, writing C1"}],
        "certificates": [{"name": "Sea English", "issuer": "Guild", "date": "2016"}],
        "awards": [{"title": "Golden Gauge, 2020"}],
        "skills": [{"name": "Digital skills", "keywords": ["Rust"]}, {"name": "Driving licence", "keywords": ["B"]}],
        "Memberships": ["Guild of Gauges"],
    },
}


def lacks(wanted: Any, found: Any) -> bool:
    """Whether ``found`` has not all that ``wanted`` has; lists are as long as each other."""
    if isinstance(wanted, dict):
        return not isinstance(found, dict) or any(lacks(value, found.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return True
        return any(lacks(*pair) for pair in zip(wanted, found, strict=True))
    return bool(wanted != found)


@pytest.mark.parametrize("name", FILES)
def test_form_is_read_as_json_resume(name: str) -> None:
    document = read_resume(FILES[name], name).document
    assert {key: document.get(key) for key, value in EXPECTED[name].items() if lacks(value, document.get(key))} == {}


@pytest.mark.parametrize("name", FILES)
def test_content_tells_the_form_whatever_the_name(name: str) -> None:
    """Pasted text has no name; that of a file may be anything."""
    read = read_resume(FILES[name], name)
    for other in ("", "résumé.txt", "cv.bin"):
        assert read_resume(FILES[name], other).document == read.document


NOTES = {
    "cv.yml": ["General Information: Date of Birth"],
    "Mara_Quist_CV.yaml": [
        "1 of the entries of 'Volunteering', with no organization",
        "settings of RenderCV: design",
    ],
    "_index.md": ["what only the theme uses: superuser, highlight_name", "links within the old site: uploads/cv.pdf"],
    "Basic_LinkedInDataExport.zip": [
        "private columns of the profile: address, birth date, zip code",
        "files that are no part of a résumé: Email Addresses.csv, Connections.csv",
    ],
    "CV-Europass.xml": ["private details: street, mail address, date of birth", "referees"],
}


@pytest.mark.parametrize("name", NOTES)
def test_what_is_left_out_is_named(name: str) -> None:
    read = read_resume(FILES[name], name)
    assert list(read.notes) == NOTES[name]


@pytest.mark.parametrize("name", ["Basic_LinkedInDataExport.zip", "CV-Europass.xml"])
def test_private_details_are_not_in_the_document(name: str) -> None:
    text = str(read_resume(FILES[name], name).document)
    assert [word for word in ("secret", "Secret", "Quay 4", "1990", "1234", "Not shown") if word in text] == []


def test_folder_in_the_zip_and_names_of_copies_do_not_matter() -> None:
    expected = read_resume(linkedin_zip()).document
    assert read_resume(linkedin_zip(folder="../Complete_LinkedInDataExport_01-02-2027/")).document == expected
    renamed = {name.replace("Volunteering", "Volunteer Experiences (1)"): text for name, text in LINKEDIN.items()}
    assert read_resume(linkedin_zip(renamed)).document == expected


def test_single_column_is_a_list_of_skills_only_under_that_name() -> None:
    data = LINKEDIN["Skills.csv"].encode()
    assert read_resume(data, "Skills (2).csv").document == {"skills": [{"name": "Rust"}, {"name": "Python"}]}
    with pytest.raises(ResumeError, match=r"^guests.csv: no line names the columns"):
        read_resume(data, "guests.csv")
    with pytest.raises(ResumeError, match="no line names"):
        read_resume(b"Name,Number\nMara,555\n", "phones.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_that_a_spreadsheet_has_saved_is_read(encoding: str, delimiter: str) -> None:
    text = "Company Name,Title,Started On,Finished On\r\nGull Hårbour,Keeper,Mar 2019,Present\r\n".replace(
        ",", delimiter
    )
    work = read_resume(text.encode(encoding), "Positions.csv").document["work"]
    assert work == [{"name": "Gull Hårbour", "position": "Keeper", "startDate": "2019-03"}]


def test_notes_above_the_columns_are_skipped() -> None:
    text = 'Notes:\n"These are your positions."\n\n' + POSITIONS
    assert read_resume(text.encode(), "Positions.csv").document == read_resume(POSITIONS.encode()).document


@pytest.mark.parametrize(
    ("written", "read"), [("Mar 2019", "2019-03"), ("2019", "2019"), ("5/6/2019", "2019"), ("one day", "one day")]
)
def test_dates_are_read_as_linkedin_writes_them(written: str, read: str) -> None:
    text = f"Company Name,Title,Started On\nGull,Keeper,{written}\n"
    assert read_resume(text.encode()).document["work"][0]["startDate"] == read


def test_file_that_says_that_there_is_nothing_is_no_problem() -> None:
    files = {"Positions.csv": POSITIONS, "Projects.csv": "No projects found\n", "Honors.csv": "Prize,When\nx,y\n"}
    read = read_resume(linkedin_zip(files))
    assert set(read.document) == {"work"}
    assert read.notes == ("Honors.csv, which does not name the columns issued on, title",)


def test_jekyll_data_in_names_of_its_own_is_read() -> None:
    text = (
        "experience: [{title: Keeper, institution: Gull, dates: 2019 - 2021}]\n"
        "education: [{degree: MSc, institution: S}]\n"
    )
    document = read_resume(text.encode(), "cv.yml").document
    assert document["work"] == [{"name": "Gull", "position": "Keeper", "startDate": "2019", "endDate": "2021"}]
    assert document["education"] == [{"institution": "S", "studyType": "MSc"}]


def test_date_that_cannot_be_read_is_kept_as_it_is() -> None:
    text = "- title: Education\n  contents: [{institution: S, year: in my youth}]\n"
    assert read_resume(text.encode()).document["education"] == [{"institution": "S", "year": "in my youth"}]


@pytest.mark.parametrize(
    ("code", "label", "summary"),
    [("position", "Keeper", None), ("personal_statement", None, "Keeper"), ("job_applied_for", None, None)],
)
def test_headline_of_europass_is_what_its_type_says(code: str, label: Any, summary: Any) -> None:
    text = (
        f"<SkillsPassport><LearnerInfo><Headline><Type><Code>{code}</Code></Type><Description><Label>Keeper</Label>"
        "</Description></Headline></LearnerInfo></SkillsPassport>"
    )
    read = read_resume(text.encode())
    basics = read.document.get("basics", {})
    assert (basics.get("label"), basics.get("summary")) == (label, summary)
    assert bool(read.notes) == (code == "job_applied_for")


def test_about_widget_of_academic_is_read() -> None:
    text = """+++
widget = "about"
date = "2016-04-20"
[interests]
  interests = ["Tides", "Knots"]
[[education.courses]]
  course = "PhD in Oceanography"
  institution = "University of Saltport"
  year = "in progress (2022)"
[[social]]
  icon = "envelope"
  link = "mara@quist.example"
+++
I measure water.
"""
    read = read_resume(text.encode(), "about.md")
    assert read.document["interests"] == [{"name": "Tides"}, {"name": "Knots"}]
    assert read.document["education"] == [{**MASTER, "studyType": "PhD in Oceanography", "year": "in progress (2022)"}]
    assert read.document["basics"] == {"email": "mara@quist.example", "summary": "I measure water."}
    assert read.notes == ("what only the theme uses: widget",)


def test_roles_of_a_hugoblox_author_may_be_called_work() -> None:
    work = "work:\n- {position: Keeper, company_name: Gull Harbour, date_start: 2019-03-01, date_end: ''}\n"
    page = AUTHOR_PAGE.replace("education:\n", f"{work}education:\n", 1)
    file = read_resume(page.encode(), "_index.md")
    assert file.form == "the author of a HugoBlox site"
    assert file.document["basics"]["name"] == "Mara Quist"
    assert file.document["work"] == [{"name": "Gull Harbour", "position": "Keeper", "startDate": "2019-03-01"}]


def test_a_word_in_tags_is_no_address() -> None:
    role = "{title: Keeper, institution: Gull, year: 2019, description: [<b>Light</b>]}"
    text = f"- title: Experience\n  contents:\n  - {role}\n"
    assert read_resume(text.encode(), "cv.yml").document["work"][0]["highlights"] == ["Light"]
