"""The picture beside a shared link."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image
from wagtail.models import Site
from wagtail.signals import page_published

from portfolio.images.share_images.draw import EDGE, PAPER, WIDTH, draw_share_image, fit_title, has_glyphs, load_font
from portfolio.images.share_images.tasks import enqueue_all, make_share_images
from portfolio.models import SiteSettings
from tests import builders

TITLES = ["Neaps", "Three ways to lose a sample (and how to notice)", "Word " * 60, "Un" + "believable" * 20]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_length_stays_within_the_edges(title):
    with Image.open(io.BytesIO(draw_share_image(title, "Mara Lindqvist", "2024", "#9b2f1d"))) as card:
        assert (card.size, card.format) == ((1200, 630), "PNG")
        sheet = card.convert("RGB")
    paper = sheet.getpixel((2, 2))
    assert max(abs(one - other) for one, other in zip(paper, (0xFB, 0xFA, 0xF7), strict=True)) <= 4, PAPER
    for x in (EDGE // 2, WIDTH - EDGE // 2):
        assert {sheet.getpixel((x, y)) for y in range(630)} == {paper}
    size, lines = fit_title(title)
    assert size >= 54, "a title must be legible when the picture is small"
    assert EDGE + 48 + len(lines) * size * 1.16 < 630 - EDGE - 34
    assert all(load_font("Regular", size).getlength(line) <= WIDTH - 2 * EDGE for line in lines)


def test_longer_titles_are_never_set_larger():
    sizes = [fit_title("Word " * count)[0] for count in range(1, 60)]
    assert all(one >= other for one, other in pairwise(sizes))


@pytest.mark.parametrize(
    ("text", "written"), [("Ökonomie – “Ebbe”", True), ("Прилив", True), ("潮汐", False), (" ", False)]
)
def test_what_the_face_cannot_write_is_known(text, written):
    assert has_glyphs(text) is written


@pytest.fixture
def owner(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    site = Site.objects.get(is_default_site=True)
    return SiteSettings.objects.create(site=site, owner_name="Mara Lindqvist")


def picture_of(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    found = soup.select_one('meta[property="og:image"]')
    return found["content"] if found else ""


def test_a_published_page_gets_a_picture_of_its_title_and_another_with_a_new_one(
    owner, client, django_capture_on_commit_callbacks
):
    page = builders.post(title="Slack water")
    assert picture_of(client, page) == ""
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    first = picture_of(client, page)
    assert first.startswith("http://")
    assert default_storage.exists(first.partition("/media/")[2])
    page.title = "High water"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    second = picture_of(client, page)
    assert second
    assert second != first


def test_a_cover_is_the_picture_and_none_is_drawn(owner):
    covered = builders.post(cover=builders.picture())
    role = builders.role(period_text="2019 - 2021")
    made = make_share_images.func()
    names = default_storage.listdir("share")[1]
    assert made == len(names)
    assert [any(name.startswith(f"{page.pk}-") for name in names) for page in (covered, role)] == [False, True]
    assert make_share_images.func() == 0


def test_many_pages_published_together_are_drawn_together(owner):
    connection.run_on_commit.clear()
    for page in (builders.post(), builders.post()):
        page_published.send(sender=type(page), instance=page, indexed=True)
    assert [function for _, function, *_ in connection.run_on_commit].count(enqueue_all) == 1


@pytest.mark.django_db
def test_pages_published_in_one_transaction_are_few_tasks(owner, django_capture_on_commit_callbacks):
    """Django names a hook that failed, so each has a name."""
    with django_capture_on_commit_callbacks() as callbacks:
        for _ in range(4):
            builders.post()
    names = [function.__qualname__ for function in callbacks]
    assert sum("share_image" in name or name == "enqueue_all" for name in names) <= 2


def test_a_page_needs_no_query_for_its_picture(owner, client, count_queries):
    page = builders.post()
    before = count_queries(page.url)
    make_share_images.func()
    cache.clear()
    assert count_queries(page.url) == before
    assert picture_of(client, page)


def test_nothing_is_drawn_of_a_draft(owner):
    draft, private = builders.post(title="Canary", live=False), builders.post()
    builders.make_private(private)
    make_share_images.func()
    names = default_storage.listdir("share")[1]
    assert names
    assert not [name for name in names if name.startswith((f"{draft.pk}-", f"{private.pk}-"))]


def test_the_pictures_of_a_deleted_page_go_and_those_of_others_stay(owner, django_capture_on_commit_callbacks):
    kept, parent = builders.post(title="Neaps"), builders.post(title="Ebb")
    make_share_images.func()
    parent.title = "Flood"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    before = default_storage.listdir("share")[1]
    gone = [name for name in before if name.startswith(f"{parent.pk}-")]
    assert len(gone) == 2, "that of the earlier title is there as well"
    with django_capture_on_commit_callbacks(execute=True):
        parent.delete()
    assert sorted(default_storage.listdir("share")[1]) == sorted({*before} - {*gone})
    assert [name for name in before if name.startswith(f"{kept.pk}-")]
