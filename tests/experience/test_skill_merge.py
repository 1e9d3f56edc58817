"""Skills under several names: typed, suggested, counted, and merged without losing a page, a draft or an address."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from blog.models import BlogPage
from experience.models import ExperiencePage, Skill
from experience.skills.field import SkillField
from experience.skills.merge import merge_skills
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    client.force_login(builders.user("Moderators"))
    return client


@pytest.fixture
def pandas() -> Skill:
    return Skill.objects.create(name="pandas", aliases="Pandas library")


@pytest.fixture
def dataframes() -> Skill:
    return Skill.objects.create(name="Data frames", aliases="dataframes\nDF")


def names(page) -> list[str]:
    return sorted(skill.name for skill in page.skills.all())


def suggestions(client, term: str) -> list[str]:
    return client.get(reverse("skill_suggestions"), {"term": term}).json()


def test_suggestions_know_names_and_aliases(moderator, pandas, dataframes):
    assert suggestions(moderator, "PAN") == ["pandas"]
    assert suggestions(moderator, "df") == ["Data frames"]
    assert suggestions(moderator, "library") == []
    assert suggestions(moderator, "") == []


def test_name_comes_before_alias_and_each_skill_once(moderator, pandas, dataframes):
    assert suggestions(moderator, "da") == ["Data frames"]
    Skill.objects.create(name="Dask", aliases="")
    Skill.objects.create(name="A", aliases="dash")
    assert suggestions(moderator, "da") == ["Dask", "Data frames", "A"]


def test_alias_that_is_typed_means_its_skill(pandas, dataframes):
    field = SkillField(tag_model=Skill)
    assert field.clean("dataframes, PANDAS, Rust, DF") == ["Data frames", "pandas", "Rust"]


def test_form_of_a_page_takes_aliases_and_makes_no_second_skill(moderator, dataframes):
    page = builders.post()
    form = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert isinstance(form.fields["skills"], SkillField)
    assert reverse("skill_suggestions") in str(form["skills"])
    tags = form.fields["tags"]
    assert not isinstance(tags, SkillField)


def test_everything_that_showed_the_one_shows_the_other(pandas, dataframes):
    post = builders.post(skills=["pandas"])
    both = builders.post(skills=["pandas", "Data frames"])
    interview = builders.interview(skills=["pandas", "Rust"])
    role = builders.role(skills=["pandas"])

    assert merge_skills(pandas, dataframes, None) == 4

    assert names(BlogPage.objects.get(pk=post.pk)) == ["Data frames"]
    assert names(BlogPage.objects.get(pk=both.pk)) == ["Data frames"]
    assert names(interview.__class__.objects.get(pk=interview.pk)) == ["Data frames", "Rust"]
    assert names(ExperiencePage.objects.get(pk=role.pk)) == ["Data frames"]
    assert not Skill.objects.filter(name="pandas").exists()


def test_old_name_and_its_aliases_are_aliases(pandas, dataframes):
    merge_skills(pandas, dataframes, None)
    dataframes.refresh_from_db()
    assert dataframes.alias_list() == ["dataframes", "DF", "pandas", "Pandas library"]
    assert Skill.objects.resolve("PANDAS LIBRARY") == dataframes
    dataframes.full_clean()


def test_drafts_and_earlier_versions_keep_the_skill(pandas, dataframes):
    page = builders.post()
    page.skills.add(pandas, Skill.objects.create(name="Rust"))
    page.save_revision()
    other = builders.post()
    other.skills.add(pandas, dataframes)
    other.save_revision()

    merge_skills(pandas, dataframes, None)

    for made, wanted in ((page, ["Data frames", "Rust"]), (other, ["Data frames"])):
        made.refresh_from_db()
        assert names(made.get_latest_revision_as_object()) == wanted


def test_other_numbers_in_a_version_are_left_alone(pandas, dataframes):
    page = builders.post(body=[("text", f'<p>"tag": {pandas.pk}</p>')])
    page.save_revision()
    page.refresh_from_db()
    content = Revision.objects.get(pk=page.latest_revision_id).content
    merge_skills(pandas, dataframes, None)
    assert Revision.objects.get(pk=page.latest_revision_id).content == content


def test_page_and_feeds_of_the_old_skill_lead_to_the_new_one(client, pandas, dataframes):
    builders.post(skills=["pandas"])
    merge_skills(pandas, dataframes, None)
    for ending in ("", "feed/", "rss.xml", "feed.json"):
        answer = client.get(f"/skills/pandas/{ending}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/skills/data-frames/{ending}")
        assert client.get(f"/skills/data-frames/{ending}").status_code == 200


def test_chain_of_merges_leads_to_the_last_in_one_step(client, pandas, dataframes):
    last = Skill.objects.create(name="Polars")
    builders.post(skills=["pandas"])
    merge_skills(pandas, dataframes, None)
    merge_skills(dataframes, last, None)
    assert client.get("/skills/pandas/").headers["Location"] == "/skills/polars/"


def test_new_name_of_an_old_address_is_not_led_round_in_a_circle(client, pandas, dataframes):
    builders.post(skills=["pandas"])
    merge_skills(pandas, dataframes, None)
    again = Skill.objects.create(name="pandas")
    merge_skills(Skill.objects.get(name="Data frames"), again, None)
    assert client.get("/skills/data-frames/").headers["Location"] == "/skills/pandas/"
    assert client.get("/skills/pandas/").status_code == 200


def test_usage_is_counted_anew(pandas, dataframes):
    page = builders.post(skills=["pandas"])
    merge_skills(pandas, dataframes, None)
    assert ReferenceIndex.get_references_to(dataframes).filter(object_id=str(page.pk)).exists()


def test_skill_is_not_merged_with_itself(pandas):
    with pytest.raises(ValueError, match="itself"):
        merge_skills(pandas, pandas, None)


def test_moderator_merges_on_a_screen_that_names_the_pages(moderator, pandas, dataframes):
    builders.post(title="Low water", skills=["pandas"])
    address = reverse("merge_skill", args=[pandas.pk])
    html = moderator.get(address).content.decode()
    assert "Used on 1 page" in html
    assert "Low water" in html

    assert moderator.post(address, {"target": ""}).status_code == 422
    answer = moderator.post(address, {"target": dataframes.pk}, follow=True).content.decode()
    assert "“pandas” is “Data frames” now, on 1 page" in answer
    assert not PageLogEntry.objects.filter(action="portfolio.merge_skill").exists()


def test_editors_merge_nothing(client, pandas, dataframes):
    client.force_login(builders.user("Editors"))
    address = reverse("merge_skill", args=[pandas.pk])
    assert client.get(address).status_code == 302
    client.post(address, {"target": dataframes.pk})
    assert Skill.objects.filter(pk=pandas.pk).exists()


def test_list_says_where_each_is_used_at_a_constant_price(moderator, pandas):
    address = reverse("wagtailsnippets_experience_skill:list")

    def count() -> int:
        moderator.get(address)
        with CaptureQueriesContext(connection) as queries:
            moderator.get(address)
        return len(queries)

    builders.post(skills=["pandas"])
    builders.role(skills=["pandas"])
    few = count()
    assert "2 pages" in moderator.get(address).content.decode()
    for number in range(8):
        builders.post(skills=["pandas", f"Skill {number}"])
    assert count() == few
