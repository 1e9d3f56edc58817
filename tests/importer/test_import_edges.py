"""What owners' sites hold that nobody plans for."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page

from blog.models import BlogPage, InterviewPage
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
WORK = (
    "---\ntitle: Work\npermalink: /work/\n---\n#### (2019 - 2021) Quay Labs\n\n**Rope**.\n\n"
    "#### (2021 - 2022) Tern Ltd\n\nBirds.\n"
)


def addresses_are_sound() -> bool:
    pages = {page.path: page for page in Page.objects.filter(depth__gt=1)}
    return all(
        page.url_path == f"{pages[page.path[: -page.steplen]].url_path}{page.slug}/"
        for page in pages.values()
        if page.depth > 2
    )


def test_entries_lie_below_the_address_their_index_took(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {"work.md": WORK}))
    assert addresses_are_sound()
    assert client.get("/work/quay-labs-2019-2021/").status_code == 200
    index = ExperienceIndexPage.objects.get()
    index.slug = "cv"
    index.save_revision().publish()
    assert addresses_are_sound()
    assert client.get("/cv/quay-labs-2019-2021/").status_code == 200


def test_a_second_site_gets_an_experience_page_of_its_own(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path / "one", {"work.md": WORK}))
    other = WORK.replace("/work/", "/jobs/").replace("title: Work", "title: Jobs").replace("Quay Labs", "Bell Buoys")
    run(write_tree(tmp_path / "two", {"jobs.md": other}, "url: https://other.example\n"))
    titles = [role.organisation.name for group in client.get("/jobs/").context["groups"] for role in group.roles]
    assert titles == ["Tern Ltd", "Bell Buoys"]
    assert [len(group.roles) for group in client.get("/work/").context["groups"]] == [1, 1]
    assert addresses_are_sound()


def test_an_index_an_editor_wrote_stays_and_the_old_address_leads_to_it(tmp_path: Path, client: Client) -> None:
    index = ExperienceIndexPage.objects.get()
    index.title = "My years"
    index.save_revision().publish()
    report = run(write_tree(tmp_path, {"work.md": WORK}))
    assert codes(row(report, "work.md")) == ["edited-here"]
    assert ExperienceIndexPage.objects.get().title == "My years"
    assert client.get("/work/", follow=True).redirect_chain == [("/experience/", 301)]
    assert ExperiencePage.objects.child_of(index).count() == 2


def test_a_post_that_the_source_no_longer_publishes_is_taken_down_and_may_come_back(
    tmp_path: Path, client: Client
) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    report = run(tree)
    assert codes(row(report, POST)) == ["unpublished"]
    assert client.get("/blog/tides/").status_code == 404
    assert BlogPage.objects.get().get_latest_revision_as_object().body[0].value.source == "<p>Falls.</p>"
    write_tree(tree, {POST: post("Falls.\n")})
    run(tree)
    assert client.get("/blog/tides/").status_code == 200


def test_names_too_long_for_their_field_are_reported_and_left_out(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path,
        {
            POST: post("x\n", tags=f"[{'t' * 101}, short]", categories=f"[{'c' * 201}]", series="s" * 201),
            "work.md": WORK.replace("Quay Labs", "O" * 201).replace("Rope", "R" * 101),
        },
    )
    report = run(tree)
    assert codes(row(report, POST)) == ["name-too-long"] * 3
    assert list(BlogPage.objects.get().tags.names()) == ["short"]
    assert codes(row(report, "work.md")) == ["name-too-long", "name-too-long"]
    assert Organisation.objects.filter(name="O" * 200).exists()


def test_a_tag_without_a_letter_has_an_address_too(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {POST: post("x\n", tags="['💥', '🌊']")}))
    page = BlogPage.objects.get()
    assert len({tag.slug for tag in page.tags.all()}) == 2
    assert client.get(page.url).status_code == 200
    for tag in page.tags.all():
        assert client.get(f"/tags/{tag.slug}/").status_code == 200


def test_addresses_that_are_none_are_left_out_with_an_error(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path,
        {
            POST: post("x\n", canonical_url="javascript:alert(1)"),
            "work.md": WORK.replace("**Rope**", "[Quay Labs](javascript:alert(1))"),
        },
    )
    report = run(tree)
    assert codes(row(report, POST)) == ["bad-address"]
    assert BlogPage.objects.get().canonical_url == ""
    assert Organisation.objects.get(name="Quay Labs").url == ""


def test_what_is_left_to_a_guess_is_a_draft(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path, {"_posts/2020-13-45-when.md": "---\ntitle: When\n---\nx\n", "_interviews/a.txt": "Hm.\n"}
    )
    report = run(tree)
    assert "bad-date" in codes(row(report, "_posts/2020-13-45-when.md"))
    assert not BlogPage.objects.filter(live=True).exists()
    assert not InterviewPage.objects.filter(live=True).exists()


def test_a_picture_lost_from_the_storage_does_not_break_the_page(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {POST: post("Term\n: ![C](/c.png)\n", image="/c.png"), "c.png": picture()}))
    page = BlogPage.objects.get()
    page.cover.file.storage.delete(page.cover.file.name)
    page.cover.renditions.all().delete()
    assert client.get(page.url).status_code == 200
