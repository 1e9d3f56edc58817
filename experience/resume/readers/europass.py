"""Europass CV: the XML of the Europass schema 3 (``SkillsPassport``), which its editor wrote until 2020.

Parsed without document types and entities. Address, telephone, mail, birthday, nationality, gender, picture and the
names of referees are for an employer: the résumé here is public, so they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # the classes only

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from experience.resume.readers.resume_file import Json, ResumeError, ResumeFile, without_empty
from portfolio.markdown.text import visible_text

FORM = "a Europass CV"
MAX_XML = 10_000_000  # bytes: pictures and attachments are in it
PRIVATE = {
    "Identification/ContactInfo/Address/Contact/AddressLine": "street",
    "Identification/ContactInfo/Email": "mail address",
    "Identification/ContactInfo/TelephoneList": "telephone",
    "Identification/ContactInfo/InstantMessagingList": "instant messaging",
    "Identification/Demographics/Birthdate": "date of birth",
    "Identification/Demographics/Gender": "gender",
    "Identification/Demographics/NationalityList": "nationality",
    "Identification/Photo": "picture",
    "Identification/Signature": "signature",
    "ReferenceTo": "attachments",
}
# Headlines that are for one application.
APPLICATIONS = frozenset({"job_applied_for", "preferred_job", "studies_applied_for"})
# What each kind of achievement becomes: a section, and the field of its lines.
ACHIEVEMENTS = {
    "honors_awards": ("awards", "title"),
    "publications": ("publications", "name"),
    "projects": ("projects", "name"),
    "certifications": ("certificates", "name"),
    "courses": ("certificates", "name"),
}
REFEREES = frozenset({"references", "signature_equivalent"})
SKILLS = {
    "Communication": "Communication skills",
    "Organisational": "Organisational skills",
    "JobRelated": "Job-related skills",
    "Computer": "Digital skills",
    "Other": "Other skills",
}
LEVELS = {
    "Listening": "listening",
    "Reading": "reading",
    "SpokenInteraction": "spoken interaction",
    "SpokenProduction": "spoken production",
    "Writing": "writing",
}
NATIVE = "Mother tongue"
BREAK = re.compile(r"</?(?:p|div|ul|ol|li|br|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)


def read_xml(data: bytes, name: str) -> ResumeFile:
    if len(data) > MAX_XML:
        raise ResumeError(f"the file has more than {MAX_XML // 1_000_000} MB.", name=name)
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise ResumeError(f"this is not XML: {error}.", error.position[0], name) from error
    except (DefusedXmlException, ValueError, LookupError) as error:  # LookupError: an unknown encoding
        raise ResumeError("this XML has a document type or an encoding that no Europass CV has.", name=name) from error
    learner = root.find("{*}LearnerInfo")
    if local_name(root) != "SkillsPassport" or learner is None:
        hint = " It is the newer form of Europass, which cannot be read yet." if local_name(root) == "Candidate" else ""
        raise ResumeError(f"this XML is no Europass CV of schema 3 (SkillsPassport).{hint}", name=name)
    return ResumeFile(document_of(learner), FORM, tuple(notes_on(root, learner)))


def document_of(learner: Element) -> Json:
    document: Json = {
        "basics": basics(learner),
        "work": [work(item) for item in all_of(learner, "WorkExperienceList/WorkExperience")],
        "education": [education(item) for item in all_of(learner, "EducationList/Education")],
        "languages": [*languages(learner)],
        "skills": [*skills(learner)],
        "certificates": [*language_certificates(learner)],
    }
    for item in all_of(learner, "AchievementList/Achievement"):
        code, label = text(item, "Title/Code"), text(item, "Title/Label") or text(item, "Title")
        lines = lines_of_html(text(item, "Description"))
        if code in REFEREES or not lines:
            continue
        section, field = ACHIEVEMENTS.get(code, ("", ""))
        if section:
            document.setdefault(section, []).extend({field: line} for line in lines)
        else:  # memberships, conferences and others that JSON Resume has not
            document.setdefault((label or code or "Achievements"), []).extend(lines)
    return without_empty(document)


def notes_on(root: Element, learner: Element) -> Iterator[str]:
    private = [label for path, label in PRIVATE.items() if learner.find(path_of(path)) is not None]
    if private:
        yield f"private details: {', '.join(private)}"
    if text(learner, "Headline/Type/Code") in APPLICATIONS:
        yield f"what the CV applies for: {text(learner, 'Headline/Description/Label')[:80]}"
    if any(text(item, "Title/Code") in REFEREES for item in all_of(learner, "AchievementList/Achievement")):
        yield "referees"
    if root.find("{*}CoverLetter") is not None:
        yield "the cover letter"


def basics(learner: Element) -> Json:
    names = (text(learner, f"Identification/PersonName/{part}") for part in ("FirstName", "Surname"))
    address = "Identification/ContactInfo/Address/Contact"
    town = (text(learner, f"{address}/{part}") for part in ("Municipality", "Country/Label"))
    kind, headline = text(learner, "Headline/Type/Code"), text(learner, "Headline/Description/Label")
    lines = lines_of_html(headline) if kind not in APPLICATIONS else []
    is_statement = kind == "personal_statement"
    websites = (text(item, "Contact") for item in all_of(learner, "Identification/ContactInfo/WebsiteList/Website"))
    return without_empty(
        {
            "name": " ".join(filter(None, names)),
            "label": "" if is_statement else " ".join(lines),
            "summary": " ".join(lines) if is_statement else "",
            "location": without_empty({"address": ", ".join(filter(None, town))}),
            "profiles": [{"network": "Website", "url": with_scheme(url)} for url in websites if url],
        }
    )


def work(item: Element) -> Json:
    lines = lines_of_html(text(item, "Activities"))
    contact = "Employer/ContactInfo/Address/Contact"
    town = (text(item, f"{contact}/{part}") for part in ("Municipality", "Country/Label"))
    return without_empty(
        {
            "name": text(item, "Employer/Name"),
            "position": text(item, "Position/Label"),
            "location": ", ".join(filter(None, town)),
            "url": with_scheme(text(item, "Employer/ContactInfo/Website/Contact")),
            **period(item),
            "summary": lines[0] if len(lines) == 1 else "",
            "highlights": lines if len(lines) > 1 else [],
            "sector": text(item, "Employer/Sector/Label"),
        }
    )


def education(item: Element) -> Json:
    return without_empty(
        {
            "institution": text(item, "Organisation/Name"),
            "studyType": text(item, "Title"),
            "area": text(item, "Field/Label"),
            "url": with_scheme(text(item, "Organisation/ContactInfo/Website/Contact")),
            **period(item),
            "courses": lines_of_html(text(item, "Activities")),
            "level": text(item, "Level/Label"),
        }
    )


def languages(learner: Element) -> Iterator[Json]:
    for item in all_of(learner, "Skills/Linguistic/MotherTongueList/MotherTongue"):
        yield without_empty({"language": text(item, "Description/Label"), "fluency": NATIVE})
    for item in all_of(learner, "Skills/Linguistic/ForeignLanguageList/ForeignLanguage"):
        found = {name: text(item, f"ProficiencyLevel/{tag}") for tag, name in LEVELS.items()}
        levels = without_empty(found)
        is_one = len({*levels.values()}) == 1
        each = ", ".join(f"{name} {level}" for name, level in levels.items())
        fluency = next(iter(levels.values())) if is_one else each
        yield without_empty({"language": text(item, "Description/Label"), "fluency": fluency})


def language_certificates(learner: Element) -> Iterator[Json]:
    path = "Skills/Linguistic/ForeignLanguageList/ForeignLanguage/VerifiedBy/Certificate"
    for item in all_of(learner, path):
        day = item.find("{*}Date")
        entry = {
            "name": text(item, "Title"),
            "issuer": text(item, "AwardingBody"),
            "date": date_of(day) if day is not None else "",
            "level": text(item, "Level"),
        }
        if entry["name"]:
            yield without_empty(entry)


def skills(learner: Element) -> Iterator[Json]:
    for tag, name in SKILLS.items():
        if lines := lines_of_html(text(learner, f"Skills/{tag}/Description")):
            yield {"name": name, "keywords": lines}
    licences = [(item.text or "").strip() for item in all_of(learner, "Skills/Driving/Description/Licence")]
    if any(licences):
        yield {"name": "Driving licence", "keywords": [*filter(None, licences)]}


def period(item: Element) -> Json:
    start, end = item.find("{*}Period/{*}From"), item.find("{*}Period/{*}To")
    is_current = text(item, "Period/Current") == "true"
    return {
        "startDate": date_of(start) if start is not None else "",
        "endDate": date_of(end) if end is not None and not is_current else "",
    }


def date_of(element: Element) -> str:
    """ "2019-05" of ``year="2019" month="--05"``; "" without a year."""
    year, month, day = (re.sub(r"\D", "", element.get(name, "")) for name in ("year", "month", "day"))
    if not re.fullmatch(r"[0-9]{4}", year):
        return ""
    parts = [year, *([month.zfill(2)] if month else []), *([day.zfill(2)] if month and day else [])]
    return "-".join(parts)


def text(element: Element, path: str) -> str:
    return (element.findtext(path_of(path)) or "").strip()


def all_of(element: Element, path: str) -> Iterable[Element]:
    return element.iterfind(path_of(path))


def path_of(path: str) -> str:
    """A path in which each name is of whatever namespace."""
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def lines_of_html(html: str) -> list[str]:
    """The lines that readers see of an HTML fragment, or of a text without markup."""
    if "<" in html:
        html = BREAK.sub("\n", " ".join(html.split()))
    return [line for line in (visible_text(line) for line in html.splitlines()) if line]


def with_scheme(address: str) -> str:
    return f"https://{address}" if re.match(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/|$)", address) else address


def local_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
