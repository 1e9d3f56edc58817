"""What a post or interview says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from blog.models import BlogPage, Category, Entry, InterviewPage, Series
from portfolio.content.registry import kind_of
from tests import builders

pytestmark = pytest.mark.django_db


def test_entries_are_listed_newest_first_whatever_was_made_last():
    builders.post(title="Old", date=datetime(2019, 1, 1, tzinfo=UTC))
    builders.interview(title="New", date=datetime(2022, 1, 1, tzinfo=UTC))
    builders.post(title="Middle", date=datetime(2020, 1, 1, tzinfo=UTC))
    assert [entry.title for entry in Entry.objects.published()] == ["New", "Middle", "Old"]


def test_an_entry_knows_its_kind_without_its_body(django_assert_num_queries):
    builders.post()
    builders.interview()
    published = Entry.objects.published()  # which asks for the restricted paths, as a request does once
    with django_assert_num_queries(1):
        kinds = [kind_of(entry).name for entry in published]
    assert kinds == ["interview", "post"]


def test_an_entry_by_itself_cannot_be_made():
    assert not Entry.can_create_at(builders.blog_index())
    assert BlogPage.can_create_at(builders.blog_index())
    assert InterviewPage.can_create_at(builders.blog_index())
    assert not BlogPage.can_create_at(builders.home())


def test_tags_skills_categories_and_authors_survive_a_revision():
    page = builders.post(tags=["gauges"], skills=["Python"], categories=["Tides"])
    page.title = "Renamed"
    page.save_revision().publish()
    page = BlogPage.objects.get(pk=page.pk)
    assert [tag.name for tag in page.tags.all()] == ["gauges"]
    assert [skill.name for skill in page.skills.all()] == ["Python"]
    assert [category.name for category in page.categories.all()] == ["Tides"]


def test_tags_are_the_same_whatever_the_letter_case():
    first = builders.post(tags=["Tides"])
    second = builders.post(tags=["tides"])
    assert first.tags.get() == second.tags.get()


@pytest.mark.parametrize(
    ("summary", "body", "shown"),
    [
        ("", [("text", "<p>One two three.</p>")], False),
        ("<p>One two</p>", [("text", "<p>One <b>two</b> three.</p>")], False),
        ("<p>One two…</p>", [("text", "<p>One</p>"), ("markdown", {"source": "*two* three"})], False),
        ("<p>One tw</p>", [("text", "<p>One two three.</p>")], True),
        ("<p>What it is about.</p>", [("text", "<p>One two three.</p>")], True),
        ("<p>What it is about.</p>", [], True),
    ],
)
def test_an_excerpt_of_the_body_is_not_shown_twice(summary, body, shown):
    page = builders.post(summary=summary, body=body)
    assert bool(page.standfirst) is shown


def test_reading_time_counts_the_words_of_the_body():
    short = builders.post(body=[("text", "<p>Few words.</p>")])
    long = builders.post(
        body=[("text", f"<p>{'word ' * 500}</p>"), ("markdown", {"source": "word " * 500, "flavour": "kramdown"})]
    )
    assert short.reading_minutes == 1
    assert 4 <= long.reading_minutes <= 6


def test_an_interview_keeps_the_reading_time_that_was_printed():
    assert builders.interview(reading_minutes_given=7).reading_minutes == 7
    assert builders.interview().reading_minutes == 1


def test_categories_are_one_per_name_whatever_the_letter_case():
    Category.objects.create(name="Tides")
    with pytest.raises(ValidationError, match="already"):
        Category(name="TIDES").full_clean()


def test_slugs_are_made_from_names_and_stay_apart():
    slugs = [Category.objects.create(name=name).slug for name in ("High water", "High-water", "水")]
    assert slugs == ["high-water", "high-water-2", "水"]


def test_parts_of_a_series_are_in_reading_order():
    series = Series.objects.create(title="A year at the gauge")
    builders.post(title="Last", series=series, date=datetime(2018, 1, 1, tzinfo=UTC))
    builders.post(title="Second", series=series, series_position=2, date=datetime(2019, 1, 1, tzinfo=UTC))
    builders.post(title="First", series=series, series_position=1, date=datetime(2020, 1, 1, tzinfo=UTC))
    builders.post(title="Draft", series=series, series_position=3, live=False)
    assert [part.title for part in series.parts()] == ["First", "Second", "Last"]
