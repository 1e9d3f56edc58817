"""Pages made here are written in house style, and an empty site that imports them has the same pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from blog.models import BlogPage, Category, InterviewPage, Series
from blog.page_kinds import INTERVIEW, POST
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from experience.page_kinds import ROLE
from portfolio.content.registry import content_named
from portfolio.importer.body.normal_form import normal_form
from portfolio.models import CustomImage, HomePage, ImportSite, Person, StandardPage
from tests import builders
from tests.exporter.test_export import export, files
from tests.importer.trees import run

pytestmark = pytest.mark.django_db

WORDS = (
    '<p>The gauge said <b>nothing</b> until <i>noon</i>; it\'s a "quiet" one | really.</p>'
    "<ul><li>a<ul><li>b</li></ul></li></ul>"
)


def body(picture: CustomImage, page: Page | None = None) -> list[tuple[str, Any]]:
    link = f'<p>See <a linktype="page" id="{page.pk}">the other</a>.</p>' if page else "<p>Alone.</p>"
    return [
        ("text", WORDS + link),
        ("heading", {"text": "What's *left*? #1", "level": "2", "anchor": ""}),
        ("heading", {"text": "Elsewhere", "level": "3", "anchor": "other"}),
        ("code", {"language": "python", "code": "x = '{{ y }}'\n\nz = 1", "title": "x.py", "highlight": "1,3"}),
        ("quote", {"text": "<p>Never.</p><p>Ever.</p>", "source": "Ilse", "url": "https://e.example/a?b=1&c=2"}),
        ("pull_quote", {"text": "Once & only once.", "attribution": "Tor"}),
        ("callout", {"kind": "warning", "title": "Mind the gap", "text": "<p>It <code>moves</code>.</p>"}),
        ("question_answer", {"question": "And why?", "answer": "<p>Because.</p><p>It <b>was</b>.</p>"}),
        ("image", {"image": figure(picture), "caption": "<p>At <i>low</i> water</p>", "credit": "Tor", "size": "wide",
                   "align": "", "link": "https://e.example/", "title": "A title"}),
        ("image", {"image": figure(picture), "caption": "", "credit": "", "size": "column", "align": "", "link": "",
                   "title": ""}),
        ("math", {"tex": "\\frac{{a}}{b}"}),
        ("divider", None),
        ("embed", {"url": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ", "title": "Tide", "caption": "",
                   "height": 315, "width": 560}),
        ("markdown", {"source": "Term\n: A definition, {{ raw }}.[^1]\n\n[^1]: A note.", "flavour": "kramdown",
                      "base": ""}),
        ("html", {"source": "<p>Press <kbd>C</kbd>.</p>", "base": ""}),
    ]  # fmt: skip


def figure(picture: CustomImage) -> CustomImage:
    picture.contextual_alt_text = 'A [chart] of "water"'
    picture.decorative = False
    return picture


def empty_site() -> None:
    """Take away everything that was made here."""
    for model in (ExperiencePage, BlogPage, InterviewPage, StandardPage):
        for page in model.objects.order_by("-path"):
            page.delete()
    for model in (Category, Series, Person, Organisation, Skill, CustomImage, ImportSite):
        model.objects.all().delete()
    for model in (ExperienceIndexPage, HomePage):
        page = model.objects.get()
        page.body, page.intro, page.latest_revision = [], "", None
        page.save()


def round_trip(tmp_path: Path) -> list[str]:
    report = export(tmp_path / "out")
    messages = [problem.message for _, problem in report.problems]
    empty_site()
    call_command("fixtree", verbosity=0)
    assert not run(tmp_path / "out").has_errors
    return messages


def facts(page: Any) -> list[Any]:
    pictures = {image.pk: Path(image.file.path).read_bytes() for image in CustomImage.objects.all()}

    def plain(html: str) -> str:
        for other in Page.objects.all():
            html = html.replace(f'linktype="page" id="{other.pk}"', f'href="page:{other.slug}"')
        return html

    def named(value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == 2 and value[0] == "image" and isinstance(value[1], int):
            return ("image", pictures[value[1]])
        return tuple(map(named, value)) if isinstance(value, tuple) else value

    return [named(fact) for fact in normal_form(page.body, plain)]


def test_a_new_post_comes_back_from_an_empty_site_as_it_was(tmp_path: Path) -> None:
    picture = builders.picture()
    other = builders.post(title="The other", slug="the-other", summary="<p>Short.</p>")
    page = builders.post(
        title="On new: things",
        slug="on-new-things",
        date=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        updated=datetime(2024, 6, 1, 12, tzinfo=UTC),
        summary="<p>What it <b>is</b> about.</p>",
        search_description="For search engines.",
        canonical_url="https://elsewhere.example/x/",
        discussion_url="https://social.example/@mara/112",
        cover=picture,
        series=Series.objects.create(title="A series"),
        series_position=2,
        categories=["Field Notes", "Data"],
        tags=["tides", "two words"],
        skills=["Python"],
        authors=[Person.objects.create(name="Tor Aune")],
        body=[block for block in body(picture, other) if block[0] != "html"],
    )
    before, said = content_named(POST.content).describe(page), facts(page)
    assert round_trip(tmp_path) == []
    again = BlogPage.objects.get(slug="on-new-things")
    after = content_named(POST.content).describe(again)
    assert again.url == "/blog/on-new-things/"
    assert {**after, "image": None} == {**before, "image": None}
    assert after["image"]
    assert facts(again) == said


def test_dates_with_fractions_of_a_second_are_exported_and_come_back_without_a_report(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)  # as older releases stored them
    builders.post(title="Low water", slug="low-water", date=moment, updated=moment)
    assert [problem.message for _, problem in export(tmp_path / "out").problems] == []
    report = run(tmp_path / "out")
    assert [problem.message for _, problem in report.problems if "edited here" in problem.message] == []
    assert BlogPage.objects.count() == 1


def test_a_new_post_is_written_as_a_person_would(tmp_path: Path) -> None:
    builders.post(
        title="Low water",
        slug="low-water",
        date=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
        search_description="A short one.",
        summary="<p>A short one.</p>",
        tags=["tides"],
        body=[("text", "<p>The gauge stood <b>dry</b>.</p>"), ("heading", {"text": "Why", "level": "2", "anchor": ""}),
              ("code", {"language": "sql", "code": "SELECT 1;", "title": "", "highlight": ""})],
    )  # fmt: skip
    report = export(tmp_path / "out")
    assert report.problems == []
    assert (tmp_path / "out/_posts/2024-05-06-low-water.md").read_text() == (
        "---\nlayout: post\ntitle: Low water\ndate: 2024-05-06 07:08:00 +0000\npermalink: /blog/low-water/\n"
        "tags: [tides]\ndescription: A short one.\n---\n\n"
        "The gauge stood **dry**.\n\n## Why\n\n```sql\nSELECT 1;\n```\n"
    )
    assert "permalink: /blog/:title/" in (tmp_path / "out/_config.yml").read_text()


def test_a_new_interview_comes_back_as_it_was(tmp_path: Path) -> None:
    page = builders.interview(
        title="Reading the water",
        slug="reading-the-water",
        summary="<p>Nils mends gauges.</p>",
        interviewee_name="Nils Aldgate",
        interviewee_role="Gauge mender",
        interviewee_organisation="Quay Labs",
        interviewee_photo=builders.picture("red"),
        interviewer="Theo Marchetti",
        interviewer_role="Features editor, by day",
        source_publication="The Slack Water Review",
        source_url="https://review.example/1",
        photo_credit="Ines Calder",
        reading_minutes_given=7,
        body=[
            builders.question_answer("How did you begin?", "<p>With a <b>bicycle</b>.</p><p>And a spanner.</p>"),
            ("pull_quote", {"text": "And a spanner.", "attribution": ""}),
            ("heading", {"text": "Later", "level": "3", "anchor": ""}),
            builders.question_answer("And now?", "<ul><li>a boat</li><li>a pole</li></ul>"),
        ],
    )
    before, said = content_named(INTERVIEW.content).describe(page), facts(page)
    assert round_trip(tmp_path) == []
    again = InterviewPage.objects.get()
    after = content_named(INTERVIEW.content).describe(again)
    assert after.pop("photo")
    assert before.pop("photo")
    assert after == before
    assert facts(again) == said


@pytest.mark.parametrize(
    "talk",
    [
        [("", "<p>I began early.</p>"), ("And then?", "<p>Then I waited.</p>")],
        [("", "<p>I began early.</p><p>It was dark.</p>"), ("And then?", "<p>I waited.</p>"), ("And now?", "")],
        [("Why?", ""), ("How?", ""), ("", "<p>In no hurry.</p>")],
        [("Why?", "<p>So.</p>"), ("", "<p>It rained.</p>"), ("", "<p>It stopped.</p>")],
    ],
    ids=lambda talk: " ".join("AQ"[bool(question)] + ("a" if answer else "") for question, answer in talk),
)
def test_half_an_exchange_comes_back_as_it_was(tmp_path: Path, talk: list[tuple[str, str]]) -> None:
    page = builders.interview(title="Reading", body=[builders.question_answer(*exchange) for exchange in talk])
    before = facts(page)
    assert round_trip(tmp_path) == []
    assert facts(InterviewPage.objects.get()) == before


def test_new_experience_comes_back_as_it_was(tmp_path: Path) -> None:
    index = builders.experience_index()
    index.intro, index.body = "<p>Wet <b>work</b>.</p>", [("text", "<p>Mostly.</p>")]
    index.save_revision().publish()
    quay = builders.organisation("Quay Labs", url="", logo=builders.picture("blue"))
    roles = [
        {"organisation": quay, "role": "Mender, of nets", "period_text": "2019 - 2021", "skills": ["Rope", "twine"],
         "employment_type": "Part-time", "summary": "<p>Nets.</p>", "location": "Harbour",
         "body": [("text", "<p>I used <b>Rope</b>.</p>"), ("heading", {"text": "Later", "level": "2", "anchor": ""})]},
        {"organisation": builders.organisation("Saltmarsh - Instruments"), "role": "", "period_text": "since 2021",
         "title": "Something else", "body": [("text", "<p>Gauges.</p>")]},
        {"organisation": None, "role": "Boat reader", "period_text": "2016", "title": "Boat reader",
         "body": [("text", "<p>Alone.</p>")]},
    ]  # fmt: skip
    for fields in roles:
        builders.role(**fields)
    said = [
        (content_named(ROLE.content).describe_entry(page), facts(page))
        for page in ExperiencePage.objects.order_by("path")
    ]
    assert round_trip(tmp_path) == []
    assert [
        (content_named(ROLE.content).describe_entry(page), facts(page))
        for page in ExperiencePage.objects.order_by("path")
    ] == said
    assert ExperienceIndexPage.objects.get().intro == "<p>Wet <b>work</b>.</p>"
    assert Organisation.objects.get(name="Quay Labs").logo is not None


def test_new_pages_drafts_and_the_front_page_come_back(tmp_path: Path) -> None:
    home = HomePage.objects.get()
    home.intro, home.body = "<p>Hello.</p>", [("text", "<p>Come in.</p>")]
    home.save_revision().publish()
    about = builders.standard_page(title="About", slug="about", summary="Who I am.", body=[("text", "<p>Me.</p>")])
    about.add_child(instance=StandardPage(title="Colophon", slug="colophon", body=[("text", "<p>Paper.</p>")]))
    draft = builders.post(title="Not yet", slug="not-yet", live=False, body=[("text", "<p>Soon.</p>")])
    draft.save_revision()
    assert round_trip(tmp_path) == []
    assert set(files(tmp_path / "out")) >= {"index.md", "about.md", "about/colophon.md", "_drafts/not-yet.md"}
    assert BlogPage.objects.get(slug="not-yet").live is False
    assert StandardPage.objects.get(slug="about").summary == "Who I am."
    assert HomePage.objects.get().intro == "<p>Hello.</p>"
