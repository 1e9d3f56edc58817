"""Résumés of a fictional engineer in each form that the import reads."""

from __future__ import annotations

import io
import json
import zipfile

ALFOLIO = """\
- title: General Information
  type: map
  contents:
    - {name: Full Name, value: Mara Quist}
    - {name: Date of Birth, value: 1 April 1990}
- title: Experience
  type: time_table
  contents:
    - title: Keeper
      institution: Gull Harbour
      year: 2019 - now
      location: Saltport
      description: [Kept the light., Counted gulls.]
- title: Education
  type: time_table
  contents:
    - {title: MSc Oceanography, institution: University of Saltport, year: 2013 - 2015, thesis: Slack water}
- title: Open Source Projects
  type: time_table
  contents: [{title: Springneap, year: 2021, description: Fits tides.}]
- title: Programming Languages
  type: list
  contents: [Rust, Python]
- title: Sea Shanties
  type: list
  contents: [Three of them]
"""

RENDERCV = """\
cv:
  name: Mara Quist
  headline: Tide engineer
  location: Saltport
  email: mara@quist.example
  social_networks:
    - {network: GitHub, username: maraquist}
  sections:
    summary: [I measure water.]
    Experience:
      - {company: Gull Harbour, position: Keeper, start_date: 2019-03, end_date: present, highlights: [Kept the light.]}
    Education:
      - {institution: University of Saltport, area: Oceanography, degree: MSc, start_date: 2013-08, end_date: 2015-06}
    Languages: [{label: Norwegian, details: Native}]
    Publications:
      - {title: Drift, authors: [M. Quist], journal: Journal of Tides, doi: 10.5555/jot.17, date: 2020}
    Skills: [{label: Code, details: "Rust, Python"}]
    selected_honors: [{bullet: "**Golden** Gauge"}]
    projects: [{name: "[Springneap](https://springneap.example/a_b_c)", summary: Fits *tides*., date: 2021}]
    Volunteering: [{position: Crew}]
    Ropes: [{bullet: Bends}, Hitches]
design: {theme: classic}
"""

ACADEMICPAGES = json.dumps(
    {
        "basics": {"name": "Mara Quist", "website": "https://quist.example", "profiles": []},
        "work": [{"company": "Gull Harbour", "position": "Keeper", "website": "", "startDate": "2019-03"}],
        "education": [{"institution": "University of Saltport", "area": "Oceanography", "gpa": "3.9"}],
        "publications": [{"name": "Drift", "website": "https://quist.example/drift", "releaseDate": "2020"}],
        "presentations": [{"name": "Slack water", "event": "Tide Days", "date": "2021"}],
    }
)

AUTHOR_PAGE = """\
---
title: Mara Quist
superuser: true
role: Tide engineer
organizations:
  - {name: Gull Harbour, url: "https://gull.example"}
interests: [Tides, Knots]
education:
  courses:
    - {course: MSc in Oceanography, institution: University of Saltport, year: 2015}
social:
  - {icon: envelope, icon_pack: fas, link: "mailto:mara@quist.example"}
  - {icon: github, icon_pack: fab, link: "https://github.com/maraquist"}
  - {icon: cv, icon_pack: ai, link: uploads/cv.pdf}
highlight_name: true
---
I *measure* [water](https://gull.example). {{< icon name="download" >}}
"""

AUTHOR_DATA = """\
schema: hugoblox/author/v1
slug: me
name: {display: Mara Quist, given: Mara, family: Quist}
role: Tide engineer
bio: I measure **water**.
links:
  - {icon: at-symbol, url: "mailto:mara@quist.example", label: Write}
  - {icon: brands/github, url: "https://github.com/maraquist"}
interests: [Tides]
education:
  - degree: MSc Oceanography
    institution: University of Saltport
    start: 2013-08-15
    end: 2015-06-30
    summary: |
      Thesis on slack water
    button: {text: Read it, url: /uploads/thesis.pdf}
experience:
  - role: Keeper
    org: Gull Harbour
    start: 2019-03-01
    end: ""
    summary: |2-
      Responsibilities include:
      - Keeping the light
      - Counting [gulls](https://gull.example)
skills:
  - name: Code
    items: [{label: Rust, level: 5}, {label: Python, level: 3}]
languages:
  - {name: Norwegian, level: 5, label: Native}
  - {name: Esperanto, level: 1}
awards:
  - {title: Golden Gauge, date: "2020-11-01", summary: For patience, awarder: Guild of Gauges}
"""

POSITIONS = """\
Company Name,Title,Description,Location,Started On,Finished On
Gull Harbour,Keeper,"Keeps the light.
• Counts gulls
• Writes, in ink, a ""log\""",Saltport,Mar 2019,
Saltmarsh Lab,Technician,,,Sep 2015,Feb 2019
"""
LINKEDIN: dict[str, str] = {
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers\n"
        "Mara,Quist,,Quay 4,Apr 1,Tide engineer,I measure water.,Oceans,1234,Saltport,[maraquist],"
        "[PORTFOLIO:https://quist.example],\n"
    ),
    "Positions.csv": POSITIONS,
    "Education.csv": (
        "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
        "University of Saltport,2013,2015,Thesis on slack water,MSc Oceanography,Rowing\n"
    ),
    "Skills.csv": "Name\nRust\nPython\nRust\n",
    "Languages.csv": "Name,Proficiency\nNorwegian,NATIVE_OR_BILINGUAL\nEnglish,Full professional proficiency\n",
    "Certifications.csv": (
        "Name,Url,Authority,Started On,Finished On,License Number\n"
        "Skipper,https://guard.example,Coast Guard,Jun 2014,,SK-4\n"
    ),
    "Honors.csv": "Title,Description,Issued On\nGolden Gauge,For patience,Nov 2020\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\nSpringneap,Fits tides.,,Feb 2021,\n",
    "Publications.csv": "Name,Published On,Description,Publisher,Url\nDrift,May 2020,It drifts.,Journal of Tides,\n",
    "Volunteering.csv": (
        "Company Name,Role,Cause,Started On,Finished On,Description\nLifeboats,Crew,Rescue,Jan 2018,Dec 2020,Nights.\n"
    ),
    "Recommendations_Received.csv": (
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
        "Adaeze,Okafor,Saltmarsh Lab,Head,She wrote everything down.,2021,VISIBLE\n"
        "Ola,Brand,,,Not shown.,2021,PENDING\n"
    ),
    "Courses.csv": "Name,Number\nKnots,K-1\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nsecret@quist.example,Yes,Yes,\n",
    "Connections.csv": 'Notes:\n"No names"\n\nFirst Name,Last Name,URL,Position\nSecret,Friend,,Clerk\n',
}

EUROPASS = """\
<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
  <DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo>
  <LearnerInfo>
    <Identification>
      <PersonName><FirstName>Mara</FirstName><Surname>Quist</Surname></PersonName>
      <ContactInfo>
        <Address><Contact><AddressLine>Quay 4</AddressLine><Municipality>Saltport</Municipality>
          <Country><Code>NO</Code><Label>Norway</Label></Country></Contact></Address>
        <Email><Contact>secret@quist.example</Contact></Email>
        <WebsiteList><Website><Contact>www.quist.example</Contact></Website></WebsiteList>
      </ContactInfo>
      <Demographics><Birthdate year="1990" month="--04" day="---01"/></Demographics>
    </Identification>
    <Headline><Type><Code>personal_statement</Code></Type>
      <Description><Label>I measure water.</Label></Description></Headline>
    <WorkExperienceList>
      <WorkExperience>
        <Period><From year="2019" month="--03"/><Current>true</Current></Period>
        <Position><Label>Keeper</Label></Position>
        <Activities>&lt;ul&gt;&lt;li&gt;Keeps the light&lt;/li&gt;&lt;li&gt;Counts gulls
          &amp;amp; terns&lt;/li&gt;&lt;/ul&gt;</Activities>
        <Employer><Name>Gull Harbour</Name>
          <ContactInfo><Address><Contact><Municipality>Saltport</Municipality></Contact></Address></ContactInfo>
          <Sector><Label>Transport</Label></Sector></Employer>
      </WorkExperience>
    </WorkExperienceList>
    <EducationList>
      <Education>
        <Period><From year="2013" month="--08" day="---15"/><To year="2015" month="--06"/></Period>
        <Title>MSc Oceanography</Title>
        <Activities>Slack water</Activities>
        <Organisation><Name>University of Saltport</Name></Organisation>
        <Level><Label>EQF 7</Label></Level>
      </Education>
    </EducationList>
    <Skills>
      <Linguistic>
        <MotherTongueList><MotherTongue><Description><Label>Norwegian</Label></Description></MotherTongue></MotherTongueList>
        <ForeignLanguageList><ForeignLanguage>
          <Description><Label>English</Label></Description>
          <ProficiencyLevel><Listening>C2</Listening><Writing>C1</Writing></ProficiencyLevel>
          <VerifiedBy><Certificate><Title>Sea English</Title><AwardingBody>Guild</AwardingBody>
            <Date year="2016"/></Certificate></VerifiedBy>
        </ForeignLanguage></ForeignLanguageList>
      </Linguistic>
      <Computer><Description>Rust</Description></Computer>
      <Driving><Description><Licence>B</Licence></Description></Driving>
    </Skills>
    <AchievementList>
      <Achievement><Title><Code>honors_awards</Code><Label>Honours</Label></Title>
        <Description>&lt;p&gt;Golden Gauge, 2020&lt;/p&gt;</Description></Achievement>
      <Achievement><Title><Code>memberships</Code><Label>Memberships</Label></Title>
        <Description>Guild of Gauges</Description></Achievement>
      <Achievement><Title><Code>references</Code><Label>Referees</Label></Title>
        <Description>Secret Friend, 555</Description></Achievement>
    </AchievementList>
  </LearnerInfo>
</SkillsPassport>
"""


def linkedin_zip(files: dict[str, str] | None = None, folder: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, text in (LINKEDIN if files is None else files).items():
            archive.writestr(f"{folder}{name}", text)
    return stream.getvalue()


# By file name: what each form looks like on a disk.
FILES: dict[str, bytes] = {
    "cv.yml": ALFOLIO.encode(),
    "Mara_Quist_CV.yaml": RENDERCV.encode(),
    "cv.json": ACADEMICPAGES.encode(),
    "_index.md": AUTHOR_PAGE.encode(),
    "me.yaml": AUTHOR_DATA.encode(),
    "Basic_LinkedInDataExport.zip": linkedin_zip(),
    "Positions.csv": POSITIONS.encode("utf-8-sig"),
    "CV-Europass.xml": EUROPASS.encode(),
}
