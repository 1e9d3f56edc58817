"""The whole import: a source tree becomes pages, once and again."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from blog.models import BlogPage, Category, Entry
from portfolio.engines import SourceError
from portfolio.importer.placement import ImportImpossible
from portfolio.importer.writer import SiteWriter
from portfolio.models import CustomImage, HomePage, ImportedPage, ImportRun, SiteSettings, StandardPage
from tests.importer.trees import codes, every_file, picture, post, row, run, stored_files, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
BODY = "Water *rises*.\n\n## Why\n\n```python\nmoon = 1\n```\n\n![Chart](/img/chart.png)\n\nSee [about](/about/).\n"
ABOUT = "---\ntitle: About\npermalink: /about/\n---\nI measure water.\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {POST: post(BODY), "about.md": ABOUT, "img/chart.png": picture()})


def blocks(page: BlogPage) -> list[str]:
    return [child.block_type for child in page.body]


def test_a_post_becomes_native_blocks_with_its_picture_and_a_link_to_the_page(tree: Path) -> None:
    report = run(tree)
    page = BlogPage.objects.get()
    assert blocks(page) == ["text", "heading", "code", "image", "text"]
    assert page.body[2].value["code"] == "moon = 1"
    assert page.body[3].value["image"].title == "Chart"
    about = StandardPage.objects.get()
    assert f'<a linktype="page" id="{about.pk}">about</a>' in page.body[4].value.source
    assert row(report, POST).constructs == {"native": 5, "approximated": 0, "kept": 0, "refused": 0}
    assert not report.has_errors


def test_the_original_date_is_kept_and_the_page_is_live(tree: Path) -> None:
    run(tree)
    page = BlogPage.objects.get()
    assert page.live
    assert page.date.isoformat() == page.first_published_at.isoformat() == "2021-05-04T10:00:00+00:00"


def test_the_old_address_redirects_in_one_hop(tree: Path, client: Client) -> None:
    run(tree)
    response = client.get("/2021/05/04/tides.html", follow=True)
    assert response.redirect_chain == [("/blog/tides/", 301)]
    assert client.get("/about/").status_code == 200
    assert not Redirect.objects.filter(old_path="/about").exists()


def test_the_first_import_introduces_the_owner_and_a_later_one_does_not(tree: Path) -> None:
    run(tree)
    settings = SiteSettings.objects.get()
    assert settings.owner_name == "Mara Lindqvist"
    settings.owner_name = "M. Lindqvist"
    settings.save()
    write_tree(tree, {"about.md": ABOUT + "More.\n"})
    run(tree)
    settings.refresh_from_db()
    assert settings.owner_name == "M. Lindqvist"


def test_a_site_without_a_title_has_a_name_and_its_profiles(tmp_path: Path) -> None:
    config = "name: Mara Lindqvist\nfooter-links:\n  github: tidewatch\n  rss:\n  linkedin: https://li.example/mara\n"
    run(write_tree(tmp_path, {POST: post(BODY)}, config))
    settings = SiteSettings.objects.get()
    assert settings.owner_name == settings.site.site_name == "Mara Lindqvist"
    assert [dict(link.value) for link in settings.links] == [
        {"label": "GitHub", "url": "https://github.com/tidewatch"},
        {"label": "LinkedIn", "url": "https://li.example/mara"},
    ]


def test_the_page_for_what_is_not_found_answers_and_is_in_no_menu(tree: Path, client: Client) -> None:
    write_tree(tree, {"404.md": "---\ntitle: Nothing here\npermalink: /404.html\n---\nGo back.\n"})
    run(tree)
    assert "Go back." in client.get("/404.html", follow=True).content.decode()
    menu = SiteSettings.objects.get().navigation_links
    assert {"About"} <= {link.text for link in menu}
    assert "Nothing here" not in {link.text for link in menu}


def test_a_second_run_writes_nothing(tree: Path) -> None:
    run(tree)
    with CaptureQueriesContext(connection) as queries:
        report = run(tree)
    written = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []
    assert {document.outcome for document in report.documents} == {"unchanged"}
    assert row(report, POST).page_url == "/blog/tides/"
    assert row(report, POST).constructs["native"] == 5
    assert ImportRun.objects.count() == 1


def test_a_changed_source_updates_its_page_in_place(tree: Path) -> None:
    run(tree)
    before = BlogPage.objects.get()
    write_tree(tree, {POST: post("Water falls.\n", title="Ebb")})
    report = run(tree)
    page = BlogPage.objects.get()
    assert (page.pk, page.slug, page.title) == (before.pk, "tides", "Ebb")
    assert page.body[0].value.source == "<p>Water falls.</p>"
    assert row(report, POST).outcome == "updated"
    assert row(report, "about.md").outcome == "unchanged"


def edit(page: BlogPage, title: str) -> None:
    page.title = title
    page.save_revision().publish()


def test_an_edited_page_survives_a_second_import(tree: Path) -> None:
    run(tree)
    edit(BlogPage.objects.get(), "Edited here")
    assert row(run(tree), POST).outcome == "unchanged"
    write_tree(tree, {POST: post("Changed there.\n")})
    report = run(tree)
    assert row(report, POST).outcome == "merged"
    page = BlogPage.objects.get()
    assert page.title == "Edited here"
    assert page.body[0].value.source == "<p>Changed there.</p>"


def test_what_both_changed_is_a_conflict_until_somebody_looks(tree: Path) -> None:
    run(tree)
    edit(BlogPage.objects.get(), "Edited here")
    write_tree(tree, {POST: post("Changed there.\n", title="Renamed there")})
    report = run(tree)
    assert (row(report, POST).outcome, codes(row(report, POST))) == ("conflict", ["conflict"])
    assert BlogPage.objects.get().title == "Edited here"
    again = row(run(tree), POST)
    assert (again.outcome, codes(again)) == ("conflict", ["conflict"])
    edit(BlogPage.objects.get(), "Decided")
    assert row(run(tree), POST).outcome == "unchanged"
    assert BlogPage.objects.get().title == "Decided"


def rewrite(page: BlogPage, place: int, text: str) -> None:
    """Edit the text block at ``place`` and publish, as the admin does."""
    raw = [dict(child) for child in page.body.raw_data]
    raw[place]["value"] = text
    page.body = json.dumps(raw)
    page.save_revision().publish()


def test_changes_in_different_blocks_are_both_kept_and_again_at_the_next_import(tree: Path) -> None:
    run(tree)
    rewrite(BlogPage.objects.get(), 0, '<p data-block-key="k">Edited here.</p>')
    write_tree(tree, {POST: post(BODY.replace("moon = 1", "moon = 2"), tags="[ebb]")})
    assert row(run(tree), POST).outcome == "merged"
    page = BlogPage.objects.get()
    assert "Edited here." in page.body[0].value.source
    assert page.body[2].value["code"] == "moon = 2"
    assert list(page.tags.names()) == ["ebb"]
    write_tree(tree, {POST: post(BODY.replace("moon = 1", "moon = 3"), tags="[ebb, flow]")})
    assert row(run(tree), POST).outcome == "merged"
    page = BlogPage.objects.get()
    assert "Edited here." in page.body[0].value.source
    assert page.body[2].value["code"] == "moon = 3"
    assert sorted(page.tags.names()) == ["ebb", "flow"]


def test_paragraphs_of_one_block_are_merged(tree: Path) -> None:
    write_tree(tree, {POST: post("First.\n\nSecond.\n\nThird.\n")})
    run(tree)
    rewrite(BlogPage.objects.get(), 0, "<p>First, edited.</p><p>Second.</p><p>Third.</p>")
    write_tree(tree, {POST: post("First.\n\nSecond.\n\nThird, changed.\n")})
    assert row(run(tree), POST).outcome == "merged"
    assert BlogPage.objects.get().body[0].value.source == "<p>First, edited.</p><p>Second.</p><p>Third, changed.</p>"


def test_a_conflict_in_a_block_keeps_the_editors_text_and_names_the_line(tree: Path) -> None:
    run(tree)
    rewrite(BlogPage.objects.get(), 0, "<p>Edited here.</p>")
    write_tree(tree, {POST: post(BODY.replace("Water *rises*.", "Water *falls*."))})
    report = run(tree)
    (problem,) = row(report, POST).problems
    assert (problem.code, problem.line) == ("conflict", 5)
    assert BlogPage.objects.get().body[0].value.source == "<p>Edited here.</p>"


def test_a_merge_does_not_publish_somebodys_draft(tree: Path) -> None:
    run(tree)
    page = BlogPage.objects.get()
    page.title = "Half a thought"
    page.save_revision()
    write_tree(tree, {POST: post(BODY.replace("moon = 1", "moon = 2"))})
    assert row(run(tree), POST).outcome == "merged"
    live = BlogPage.objects.get()
    assert (live.title, live.body[2].value["code"]) == ("Tides", "moon = 1")
    draft = live.get_latest_revision_as_object()
    assert (draft.title, draft.body[2].value["code"]) == ("Half a thought", "moon = 2")


def test_a_page_that_was_unpublished_stays_so(tree: Path) -> None:
    run(tree)
    BlogPage.objects.get().unpublish()
    edit_draft = BlogPage.objects.get()
    edit_draft.title = "Resting"
    edit_draft.save_revision()
    write_tree(tree, {POST: post("Changed there.\n")})
    assert row(run(tree), POST).outcome == "merged"
    assert not BlogPage.objects.get().live


def test_without_the_imports_own_revision_nothing_is_guessed(tree: Path) -> None:
    run(tree)
    edit(BlogPage.objects.get(), "Edited here")
    ImportedPage.objects.get(document__path=POST).revision.delete()
    write_tree(tree, {POST: post("Changed there.\n")})
    report = run(tree)
    assert (row(report, POST).outcome, codes(row(report, POST))) == ("conflict", ["edited-here"])
    assert BlogPage.objects.get().title == "Edited here"
    assert row(run(tree), POST).outcome == "conflict", "it stays one until somebody decides"


def test_the_owner_may_let_the_source_win(tree: Path) -> None:
    run(tree)
    edit(BlogPage.objects.get(), "Edited here")
    assert row(run(tree, overwrite=True), POST).outcome == "updated"
    assert BlogPage.objects.get().title == "Tides"


def test_a_page_deleted_here_is_not_made_again(tree: Path) -> None:
    run(tree)
    BlogPage.objects.get().delete()
    write_tree(tree, {POST: post("Changed there.\n")})
    report = run(tree)
    assert (row(report, POST).outcome, codes(row(report, POST))) == ("skipped", ["deleted-here"])
    assert not BlogPage.objects.exists()


def test_a_source_that_is_gone_is_reported_and_its_page_stays(tree: Path) -> None:
    run(tree)
    (tree / "about.md").unlink()
    report = run(tree)
    assert codes(row(report, "about.md")) == ["source-gone"]
    assert StandardPage.objects.filter(live=True).exists()


def test_a_dry_run_tells_the_same_and_leaves_no_row_and_no_file(tree: Path) -> None:
    pages, files = Page.objects.count(), stored_files()
    report = run(tree, dry_run=True)
    assert row(report, POST).outcome == "created"
    assert (Page.objects.count(), CustomImage.objects.count(), ImportRun.objects.count()) == (pages, 0, 0)
    assert stored_files() == files


def test_a_dry_run_scales_no_picture_down_since_the_cache_would_go_on_naming_its_file(
    tree: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tree, {POST: post("Term\n: ![Chart](/img/chart.png)\n\nText with ![Chart](/img/chart.png) in it.\n")})
    files = every_file()
    scaled: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(CustomImage, "get_rendition", lambda *arguments: scaled.append(arguments))
        run(tree, dry_run=True)
    assert scaled == []
    assert every_file() == files
    html = client.get(row(run(tree), POST).page_url).content.decode()
    shown = re.findall(r'src="/media/([^"]+)"', html)
    assert len(shown) == 2
    assert set(shown) <= every_file()


def test_a_dry_run_leaves_no_address_of_the_site_in_the_cache(tree: Path, client: Client) -> None:
    home = HomePage.objects.get()
    home.slug = "welcome"
    home.save()
    write_tree(tree, {"index.md": "---\ntitle: Saltmarsh\npermalink: /\n---\nx\n"})
    run(tree, dry_run=True)
    assert [path.root_path for path in Site.get_site_root_paths()] == ["/welcome/"]
    assert client.get("/blog/").status_code == 200


def test_a_failure_midway_leaves_no_row_and_no_file(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, files = Page.objects.count(), stored_files()

    def fail(*_: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(SiteWriter, "record", fail)
    with pytest.raises(RuntimeError):
        run(tree)
    assert (Page.objects.count(), CustomImage.objects.count(), Redirect.objects.count()) == (pages, 0, 0)
    assert stored_files() == files


def test_a_missing_picture_is_a_warning_with_file_and_line_and_shows_nothing(tree: Path, client: Client) -> None:
    (tree / "img/chart.png").unlink()
    report = run(tree)
    (problem,) = row(report, POST).problems
    assert (problem.code, problem.severity, problem.line) == ("missing-image", "warning", 13)
    assert row(report, POST).constructs["refused"] == 1
    html = client.get("/blog/tides/").content.decode()
    assert "chart.png" not in html.split("data-article-body")[1].split("</article>")[0]


def test_a_picture_that_turns_up_later_is_taken_in(tree: Path) -> None:
    (tree / "img/chart.png").unlink()
    run(tree)
    write_tree(tree, {"img/chart.png": picture()})
    assert row(run(tree), POST).outcome == "updated"
    assert "image" in blocks(BlogPage.objects.get())


def test_equal_pictures_are_stored_once(tree: Path) -> None:
    write_tree(tree, {POST: post("![One](/img/chart.png)\n\n![Two](/img/copy.png)\n"), "img/copy.png": picture()})
    run(tree)
    assert CustomImage.objects.count() == 1
    shown = [child.value for child in BlogPage.objects.get().body]
    assert [value["image"].contextual_alt_text for value in shown] == ["One", "Two"]


def test_remote_pictures_and_frames_of_strangers_become_links(tree: Path, client: Client) -> None:
    body = '![Gull](https://pictures.example/gull.png)\n\n<iframe src="https://evil.example/x"></iframe>\n'
    write_tree(tree, {POST: post(body)})
    report = run(tree)
    assert codes(row(report, POST)) == ["remote-image", "refused-embed"]
    article = client.get("/blog/tides/").content.decode().split("data-article-body")[1].split("</article>")[0]
    assert '<a href="https://pictures.example/gull.png"><img' in article
    assert "Open it at evil.example" in article
    assert 'src="https:' not in article


def test_drafts_are_made_and_not_shown(tree: Path, client: Client) -> None:
    write_tree(tree, {"_drafts/half.md": "---\ntitle: Half\n---\nA thought.\n", POST: post("x\n", published="false")})
    run(tree)
    assert set(BlogPage.objects.values_list("title", "live")) == {("Half", False), ("Tides", False)}
    assert client.get("/blog/half/").status_code == client.get("/blog/tides/").status_code == 404
    half = BlogPage.objects.get(title="Half").get_latest_revision_as_object()
    assert half.body[0].value.source == "<p>A thought.</p>"


def test_categories_tags_and_authors_are_found_whatever_their_letter_case(tree: Path) -> None:
    Category.objects.create(name="Sensors")
    write_tree(tree, {POST: post("x\n", categories="sensors Water", tags="[tide, Moon]", author="Mara Lindqvist")})
    run(tree)
    page = BlogPage.objects.get()
    assert sorted(page.categories.values_list("name", flat=True)) == ["Sensors", "Water"]
    assert sorted(page.tags.names()) == ["Moon", "tide"]
    assert [person.name for person in page.authors.all()] == ["Mara Lindqvist"]


def test_what_stands_before_the_separator_is_the_summary_without_links(tree: Path) -> None:
    body = "See [this](https://x.example/).\n\n<!--more-->\n\nRest.\n"
    write_tree(tree, {POST: post(body, excerpt_separator="<!--more-->")})
    run(tree)
    page = BlogPage.objects.get()
    assert page.summary == ""
    assert page.summary_or_excerpt == "<p>See this.</p>"
    assert page.standfirst == "", "the body begins with it"
    assert blocks(page) == ["text"]


def test_two_sources_of_one_name_get_two_addresses_and_a_note(tree: Path, client: Client) -> None:
    other = "_posts/2022-05-04-tides.md"
    write_tree(tree, {other: post("Later.\n", date="2022-05-04 10:00:00 +0000")})
    report = run(tree)
    assert sorted(Entry.objects.values_list("slug", flat=True)) == ["tides", "tides-2"]
    assert "address-taken" in codes(row(report, other))
    assert client.get("/2022/05/04/tides.html", follow=True).redirect_chain == [("/blog/tides-2/", 301)]


def test_pages_of_one_name_stand_in_their_folders(tree: Path, client: Client) -> None:
    page = "---\ntitle: {0}\npermalink: /{0}/plan/\n---\nRow.\n"
    report = run(write_tree(tree, {f"{year}/plan.md": page.format(year) for year in ("spring", "autumn")}))
    for year in ("spring", "autumn"):
        response = client.get(f"/{year}/plan/", follow=True)
        assert (response.redirect_chain, response.context["page"].title) == ([], year)
        assert row(report, f"{year}/plan.md").problems == ()


def test_what_a_block_of_its_own_cannot_hold_is_kept_as_it_was_written(tree: Path) -> None:
    heading = "## " + "A heading as long as a paragraph. " * 9
    path = "_posts/2022-05-04-long.md"
    report = run(write_tree(tree, {path: post(f"Before.\n\n{heading}\n\n## After\n")}))
    assert (row(report, path).outcome, row(report, path).constructs["kept"]) == ("created", 1)
    body = BlogPage.objects.get(slug="long").body
    assert [block.block_type for block in body] == ["text", "markdown", "heading"]
    assert heading.strip() in body[1].value["source"]


def test_a_page_may_not_take_an_address_of_the_site(tree: Path, client: Client) -> None:
    write_tree(tree, {"search.md": "---\ntitle: Search tips\n---\nTry words.\n"})
    report = run(tree)
    assert codes(row(report, "search.md")) == ["address-taken"]
    assert StandardPage.objects.get(title="Search tips").url == "/search-2/"


@pytest.mark.parametrize("taken", ["/admin/", "/admin/about/", "/static/about.html", "/feed.xml", "/search"])
def test_an_old_address_that_the_site_has_for_itself_is_told(tree: Path, taken: str) -> None:
    report = run(write_tree(tree, {"about.md": ABOUT.replace("---\nI", f"redirect_from: {taken}\n---\nI")}))
    problems = row(report, "about.md").problems
    assert [problem.code for problem in problems] == ["address-taken"], problems
    assert taken in problems[0].message


def test_an_old_list_of_a_tag_that_there_is_not_redirects(tree: Path, client: Client) -> None:
    report = run(write_tree(tree, {"about.md": ABOUT.replace("---\nI", "redirect_from: /tags/me/\n---\nI")}))
    assert codes(row(report, "about.md")) == []
    assert client.get("/tags/me/", follow=True).redirect_chain == [("/about/", 301)]


def test_one_bad_file_does_not_stop_the_others(tree: Path) -> None:
    bad = {
        "_posts/2021-01-01-broken.md": "---\ntitle: [unclosed\n---\nx\n",
        "_posts/2021-01-02-latin.md": "---\ntitle: ok\n---\ncaf\xe9\n".encode("latin-1"),
        "_posts/2021-01-03-binary.md": b"---\ntitle: ok\n---\n\x00\x01\x02",
    }
    write_tree(tree, bad)
    report = run(tree)
    for path, line in zip(bad, (3, 4, 4), strict=True):
        document = row(report, path)
        assert document.outcome == "rejected", path
        assert [(problem.severity, problem.line) for problem in document.problems] == [("error", line)], path
    assert row(report, POST).outcome == "created"
    assert report.has_errors
    assert BlogPage.objects.count() == 1


def test_totals_are_the_sums_of_the_documents(tree: Path) -> None:
    report = run(tree)
    assert report.totals["documents"] == 2 == len(report.documents)
    for name in ("native", "approximated", "kept", "refused"):
        assert report.totals["constructs"][name] == sum(document.constructs[name] for document in report.documents)
    assert ImportRun.objects.get().report["totals"] == report.totals


def test_the_ledger_accounts_for_every_byte_of_the_body(tree: Path) -> None:
    run(tree)
    rows = ImportedPage.objects.get(document__path=POST)
    source = (tree / POST).read_bytes()
    assert bytes(rows.document.source) == source
    spans = [(entry["start"], entry["end"]) for entry in rows.blocks]
    assert spans[0][0] == source.index(b"Water")
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert spans[-1][1] == len(source)


def test_a_site_below_a_path_answers_with_and_without_it(tree: Path, client: Client) -> None:
    config = "url: https://saltmarsh.example\nbaseurl: /notes\n"
    body = (
        "![Chart]({{ site.baseurl }}/img/chart.png) [about]({{ '/about/' | relative_url }})\n\n"
        "Term\n: ![C](/notes/img/chart.png)\n"
    )
    write_tree(tree, {POST: post(body)}, config)
    run(tree)
    for old in ("/notes/2021/05/04/tides.html", "/2021/05/04/tides.html"):
        assert client.get(old, follow=True).redirect_chain == [("/blog/tides/", 301)]
    article = client.get("/blog/tides/").content.decode().split("data-article-body")[1].split("</article>")[0]
    assert article.count("<img") == 2
    assert 'href="/about/"' in article


def test_no_source_and_an_empty_one_are_errors_with_nothing_done(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for source in (tmp_path / "nowhere", empty):
        with pytest.raises(SourceError, match=source.name):
            run(source)


def test_without_a_place_for_posts_the_import_says_what_to_do(tree: Path) -> None:
    Page.objects.get(slug="blog").delete()
    with pytest.raises(ImportImpossible, match="Create one in the admin"):
        run(tree)
    assert not StandardPage.objects.exists()
