"""Experience from pasted text: seen, corrected, made into drafts; and no entry is published nameless."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from experience.from_text.parser.kinds import HistoryKind
from experience.models import ExperiencePage, Organisation, Skill
from tests import builders

pytestmark = pytest.mark.django_db

VIEW = "experience_from_text"
TEXT = """Mara Lindqvist

Experience

Data Engineer
Saltmarsh Instruments · Full-time
Jan 2020 - Present · 4 yrs 2 mos
Bergen, Norway
I look after forty gauges & more.
- Moved the archive
- Wrote the readers
Skills: Python · SQL

Analyst
Quay Labs
2016 – 2019

Education
University of Brackwater
"""
NAMELESS = "Experience\n\n2019 – 2021\n- Read the gauges\n"


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


def shown(client, text: str = TEXT, **said):
    return client.post(reverse(VIEW), {"text": text, **said})


def fields(response, **changed) -> dict[str, str]:
    """What the form sends back: the kind of each part, and where entries start."""
    parts = [part for group in response.context["groups"] for part in group.parts]
    kinds = {f"kind-{part.index}": part.kind for part in parts}
    starts = {f"start-{part.index}": "on" for part in parts if part.starts}
    return {**kinds, **starts, "parsed_text": response.context["form"].data["parsed_text"], **changed}


def field_of(response, text: str) -> str:
    parts = [part for group in response.context["groups"] for part in group.parts]
    return next(f"kind-{part.index}" for part in parts if part.text == text)


def create(client, text: str = TEXT, **changed):
    return shown(client, text, create="1", **fields(shown(client, text), **changed))


def drafts() -> list[ExperiencePage]:
    return [page.get_latest_revision_as_object() for page in ExperiencePage.objects.order_by("path")]


def test_entries_are_shown_with_what_is_here_already(editor):
    builders.organisation("saltmarsh instruments")
    Skill.objects.resolve("python")
    response = shown(editor)
    html = response.content.decode()
    first, second = (group for group in response.context["groups"] if group.entry)
    facts = {fact.name: (fact.value, fact.note) for fact in first.facts}
    assert facts["Organisation"] == ("Saltmarsh Instruments", "here already")
    assert facts["Skills"] == ("Python, SQL", "new: SQL")
    assert facts["Text"] == ("1 paragraph, 2 points", "")
    assert {fact.name: fact.note for fact in second.facts}["Organisation"] == "new"
    assert "“Education” (1 line)" in html
    assert "1 line that nothing was made of" in html
    assert not ExperiencePage.objects.exists()


def test_drafts_say_what_was_shown(editor):
    here = builders.organisation("saltmarsh instruments")
    python = Skill.objects.resolve("python")
    response = create(editor, TEXT.replace("\n", "\r\n"))
    first, second = drafts()

    assert response.headers["Location"] == reverse("wagtailadmin_explore", args=[builders.experience_index().pk])
    assert not first.live
    assert first.owner.groups.filter(name="Editors").exists()
    assert (first.role, first.organisation, first.title) == (
        "Data Engineer",
        here,
        "Data Engineer at saltmarsh instruments",
    )
    assert (first.employment_type, first.location) == ("Full-time", "Bergen, Norway")
    assert first.start.isoformat() == "2020-01-01"
    assert first.ongoing
    assert python in first.skills.all()
    assert sorted(skill.name for skill in first.skills.all()) == ["SQL", "python"]
    assert first.body[0].value.source == (
        "<p>I look after forty gauges &amp; more.</p><ul><li>Moved the archive</li><li>Wrote the readers</li></ul>"
    )
    assert second.organisation.name == "Quay Labs"
    first.full_clean()


def test_correction_is_taken_and_says_what_it_replaced(editor):
    before = shown(editor)
    changed = {field_of(before, "Bergen, Norway"): HistoryKind.TEXT}
    response = shown(editor, **fields(before, **changed))
    assert "corrected by you; recognised as: Place" in response.content.decode()
    create(editor, **changed)
    assert drafts()[0].location == ""
    assert "Bergen, Norway" in drafts()[0].body[0].value.source


def test_entry_starts_where_its_box_is_ticked(editor):
    before = shown(editor)
    start = field_of(before, "- Wrote the readers").replace("kind", "start")
    response = shown(editor, **fields(before, **{start: "on"}))
    assert [group.title for group in response.context["groups"] if group.entry] == [
        "Data Engineer at Saltmarsh Instruments",
        "An entry without a name",
        "Analyst at Quay Labs",
    ]


def test_corrections_of_another_text_mean_nothing(editor):
    changed = fields(shown(editor), parsed_text="Something else", create="1")
    assert shown(editor, **{**changed, "kind-5": "unused"}).status_code == 200
    assert not ExperiencePage.objects.exists()


def test_form_with_fields_that_do_not_exist_is_answered(editor):
    said = {"kind-99999": "role", "kind-x": "role", "kind-1": "poem", "start-²": "on", "parsed_text": TEXT}
    assert shown(editor, **said).status_code == 200


def test_entry_without_a_name_is_not_made(editor):
    response = create(editor, NAMELESS)
    assert response.status_code == 422
    assert "has neither an organisation nor a role" in response.content.decode()
    assert not ExperiencePage.objects.exists()
    changed = {field_of(shown(editor, NAMELESS), "- Read the gauges"): HistoryKind.ROLE}
    assert create(editor, NAMELESS, **changed).status_code == 302
    (page,) = drafts()
    assert (page.title, page.role, page.organisation) == ("Read the gauges", "Read the gauges", None)
    page.full_clean()


def test_text_without_roles_makes_nothing_and_says_so(editor):
    response = create(editor, "Dear reader,\n\nthis is a letter.\n")
    assert response.status_code == 422
    assert "No role was found" in response.content.decode()


def test_entry_that_is_here_is_not_made_twice(editor):
    create(editor)
    html = create(editor, TEXT.replace("2016 – 2019", "2016-2019")).content.decode()
    assert not html
    assert ExperiencePage.objects.count() == 2
    html = editor.get(reverse("wagtailadmin_explore", args=[builders.experience_index().pk])).content.decode()
    assert "is here already and was not made again" in html


def test_what_stays_unsure_is_a_comment_in_the_draft(editor):
    create(editor, "Tidewise\nGauge whisperer\n2019 – 2021\n")
    page = ExperiencePage.objects.get()
    comments = {comment.contentpath: comment.text for comment in page.wagtail_admin_comments.all()}
    assert comments == {
        "role": "“Tidewise” is taken for the role.",
        "organisation": "“Gauge whisperer” is taken for the organisation.",
    }
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_draft_without_a_period_can_be_opened_and_asks_for_one(editor):
    create(editor, "Experience\n\nAnalyst at Quay Labs\n- Reports\n")
    (page,) = drafts()
    with pytest.raises(ValidationError) as raised:
        page.full_clean()
    assert list(raised.value.message_dict) == ["period_text"]


def test_marks_of_html_are_words_here(editor):
    create(editor, TEXT.replace("Moved the archive", "<script>x</script>"))
    assert "&lt;script&gt;" in drafts()[0].body[0].value.source


def test_it_is_offered_where_entries_are_listed(editor):
    builders.role()
    address = reverse(VIEW)
    for view in ("wagtailadmin_home", "roles:index"):
        assert address in editor.get(reverse(view)).content.decode()
    assert (
        address in editor.get(reverse("wagtailadmin_explore", args=[builders.experience_index().pk])).content.decode()
    )
    html = editor.get(reverse("interviews:index")).content.decode()
    assert reverse("interview_from_text") in html.partition("<main")[2]


def test_whoever_may_add_no_entry_sees_no_form(client):
    client.force_login(builders.user(is_staff=True))
    assert client.get(reverse(VIEW)).status_code == 302
    assert shown(client).status_code == 302


def test_new_organisation_needs_the_right_to_add_one(client):
    user = builders.user("Editors")
    user.groups.get().permissions.filter(codename="add_organisation").first().group_set.clear()
    client.force_login(user)
    response = create(client)
    assert response.status_code == 422
    assert "“Quay Labs” is a new organisation, and you may not add any." in response.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("view", "title"), [(VIEW, "Experience from text"), ("interview_from_text", "Interview from text")]
)
def test_the_screen_has_its_title_as_a_heading(editor, view, title):
    heading = editor.get(reverse(view)).content.decode().partition("<h1")[2].partition("</h1>")[0]
    assert title in heading
