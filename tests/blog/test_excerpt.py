"""What stands for an empty summary is the beginning of the text as it is now."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from blog.models import BlogPage, Entry
from tests import builders
from tests.importer.trees import post, row, run, write_tree

pytestmark = pytest.mark.django_db

PATH = "_posts/2021-05-04-tides.md"
BODY = [("heading", {"text": "Title", "level": "2"}), ("text", "<p>Old beginning.</p><p>Second.</p>")]


def edit(page, old, new):
    """Edit the body as a form does: a revision, published."""
    draft = page.get_latest_revision_as_object()
    draft.body = json.dumps([{**block, "value": replaced(block["value"], old, new)} for block in draft.body.raw_data])
    draft.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def replaced(value, old, new):
    if isinstance(value, str):
        return value.replace(old, new)
    return {name: text.replace(old, new) if isinstance(text, str) else text for name, text in value.items()}


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        (BODY, "<p>Old beginning.</p>"),
        ([("markdown", {"source": "# Title\n\n*Old* [beginning][1].\n"}), ("markdown", {"source": "[1]: /x/\n"})],
         "<p>Old beginning.</p>"),
        ([("html", {"source": "<script>x</script><p>Old & new</p>"})], "<p>Old &amp; new</p>"),
        ([("code", {"code": "x = 1", "language": "python"}), ("text", "<ul><li>a</li><li>b</li></ul>")], "<p>a, b</p>"),
        ([builders.question_answer(), ("text", "<p>After.</p>")], ""),
        ([("code", {"code": "x = 1", "language": "python"})], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_excerpt_is_the_first_paragraph(body, excerpt):
    assert Entry.objects.get(pk=builders.post(body=body).pk).summary_or_excerpt == excerpt


def test_the_excerpt_follows_the_text_wherever_it_is_shown(client):
    page = builders.post(title="Tides", slug="tides", body=BODY, tags=["sea"])
    page.save_revision().publish()
    page = edit(page, "Old beginning", "New beginning")
    addresses = [
        "/blog/",
        "/tags/sea/",
        "/feed/",
        "/rss.xml",
        "/feed.json",
        "/llms.txt",
        "/blog/tides.md",
        "/",
        page.url,
    ]
    for address in addresses:
        text = client.get(address).content.decode()
        assert "New beginning." in text, address
        assert "Old beginning" not in text, address
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert soup.select_one("meta[name=description]")["content"] == "New beginning."
    assert not soup.select(".p-summary"), "it would be read twice"


def test_a_draft_leaves_what_readers_see(client):
    page = builders.post(title="Tides", body=BODY)
    page.save_revision().publish()
    draft = page.get_latest_revision_as_object()
    draft.body = [("text", "<p>Unfinished.</p>")]
    draft.save_revision()
    assert "Old beginning." in client.get("/blog/").content.decode()


def test_a_written_summary_stays_until_it_is_taken_away():
    page = builders.post(summary="<p>Mine.</p>", body=BODY)
    page.save_revision().publish()
    page = edit(page, "Old beginning", "New beginning")
    assert page.summary_or_excerpt == "<p>Mine.</p>"
    page.summary = ""
    page.save_revision().publish()
    assert Entry.objects.get().summary_or_excerpt == "<p>New beginning.</p>"


def test_lists_load_no_body_for_it(django_assert_num_queries):
    builders.post(body=BODY)
    entry = Entry.objects.get()
    with django_assert_num_queries(0):
        assert entry.summary_or_excerpt


def test_the_form_says_what_lists_show(client):
    page = builders.post(body=BODY)
    client.force_login(builders.user(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "At present they show: “Old beginning.”" in html


def test_an_import_stores_no_summary_that_it_only_took_from_the_text(tmp_path, client):
    tree = write_tree(tmp_path, {PATH: post("First words here.\n\nSecond.\n")})
    run(tree)
    page = BlogPage.objects.get()
    assert (page.summary, page.summary_or_excerpt) == ("", "<p>First words here.</p>")
    page = edit(page, "First words", "Edited words")
    assert page.summary_or_excerpt == "<p>Edited words here.</p>"
    assert "First words" not in client.get(page.url).content.decode()


def test_as_many_paragraphs_are_taken_as_stood_before_the_separator(tmp_path):
    body = "One.\n\n## Title\n\nTwo.\n\n<!--more-->\n\nThree.\n"
    run(write_tree(tmp_path, {PATH: post(body, excerpt_separator="<!--more-->")}))
    page = edit(BlogPage.objects.get(), "Two", "Second")
    assert page.summary_or_excerpt == "<p>One.</p><p>Second.</p>"


@pytest.mark.parametrize(
    ("front", "summary"),
    [({"excerpt": "Said here."}, "<p>Said here.</p>"), ({"description": "Said here."}, "<p>Said here.</p>")],
)
def test_what_the_front_matter_says_is_a_written_summary(tmp_path, front, summary):
    run(write_tree(tmp_path, {PATH: post("First.\n\nSecond.\n", **front)}))
    page = edit(BlogPage.objects.get(), "First", "Edited")
    assert (page.summary, page.summary_or_excerpt) == (summary, summary)


def test_a_changed_first_paragraph_is_no_conflict_at_the_next_import(tmp_path):
    tree = write_tree(tmp_path, {PATH: post("First.\n\nSecond.\n\nThird.\n")})
    run(tree)
    edit(BlogPage.objects.get(), "First", "Edited")
    write_tree(tree, {PATH: post("First.\n\nSecond.\n\nThird and last.\n")})
    assert row(run(tree), PATH).outcome == "merged"
    page = BlogPage.objects.get()
    assert page.summary_or_excerpt == "<p>Edited.</p>"
    assert "Third and last." in page.body[0].value.source
