"""Pages stand in a tree as their old addresses did, and none takes an address of another document."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from experience.models import ExperienceIndexPage, ProjectPage, TalkIndexPage, TalkPage
from portfolio.importer.page_tree import tree_path
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun, StandardPage
from tests.exporter.test_export import export
from tests.importer.trees import codes, row, run, write_tree

COLLECTIONS = "collections:\n" + "".join(
    f"  {name}:\n    output: true\n    permalink: /:collection/:path/\n" for name in ("projects", "marks")
)


def page(title: str, body: str = "Words.", **front: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{keys}---\n{body}\n"


FILES = {
    "team.md": page("Team", "People. [German](/de/team.html) [Harmonic](/projects/harmonic/)"),
    "de/team.md": page("Mannschaft", "Leute."),
    "de/index.md": page("Anfang"),
    "docs/ui/callouts.md": page("Callouts"),
    "docs/ui/index.md": page("UI"),
    "about.md": page("About, a file"),
    "about/index.md": page("About, a folder"),
    "foo.md": page("Was at bar", permalink="/bar/"),
    "bar.md": page("Was at foo", permalink="/foo/"),
    "blog/note.md": page("Below the blog"),
    "tags/mine.md": page("About tags"),
    "_projects/harmonic.md": page("Harmonic"),
    "_projects/deep/buoy.md": page("Buoy"),
    "_marks/deep/cairn.md": page("Cairn"),
}
OLD_ADDRESSES = {
    "/team.html": "Team",
    "/de/team.html": "Mannschaft",
    "/de/": "Anfang",
    "/docs/ui/callouts.html": "Callouts",
    "/docs/ui/": "UI",
    "/about.html": "About, a file",
    "/about/": "About, a folder",
    "/bar/": "Was at bar",
    "/foo/": "Was at foo",
    "/blog/note.html": "Below the blog",
    "/tags/mine.html": "About tags",
    "/projects/harmonic/": "Harmonic",
    "/projects/deep/buoy/": "Buoy",
    "/marks/deep/cairn/": "Cairn",
}


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("/", ()),
        ("/index.html", ()),
        ("/about.html", ("about",)),
        ("/docs/ui/callouts/", ("docs", "ui", "callouts")),
        ("/docs/ui/index.html", ("docs", "ui")),
        ("/notes/README.md", ("notes",)),
        ("/notes/low%20water.md", ("notes", "low-water")),
        ("/a//b/", ("a", "b")),
        ("/release/v1.2/", ("release", "v1-2")),
        ("/索引/潮.html", ("索引", "潮")),
    ],
)
def test_the_place_of_an_address(address: str, slugs: tuple[str, ...]) -> None:
    assert tree_path(address) == slugs


@pytest.mark.django_db
def test_every_old_address_leads_to_its_own_document(tmp_path: Path, client: Client) -> None:
    report = run(write_tree(tmp_path / "in", FILES, COLLECTIONS))
    titles = {}
    for address in OLD_ADDRESSES:
        response = client.get(address, follow=True)
        assert len(response.redirect_chain) <= 1
        titles[address] = response.context["page"].title
    assert titles == OLD_ADDRESSES
    urls = dict(Page.objects.live().values_list("title", "url_path"))
    assert urls["Mannschaft"].endswith("/de/team/")
    assert urls["Callouts"].endswith("/docs/ui/callouts/")
    assert urls["Cairn"].endswith("/marks/deep/cairn/")
    assert urls["Buoy"].endswith("/projects/buoy/"), "projects are below their list"
    body = client.get("/team/").content.decode()
    assert 'href="/de/team/"' in body
    assert 'href="/projects/harmonic/"' in body
    assert "address-taken" not in codes(row(report, "de/team.md"))
    call_command("fixtree", verbosity=0)
    assert StandardPage.objects.get(title="Cairn").get_parent().title == "Deep"
    assert ProjectPage.objects.get(title="Buoy").get_parent().title == "Projects"


@pytest.mark.django_db
def test_a_folder_without_a_page_is_a_draft_that_nobody_sees(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "in", {"docs/ui/callouts.md": FILES["docs/ui/callouts.md"]})
    run(tree)
    folder = StandardPage.objects.get(title="Docs")
    assert not folder.live
    assert folder.is_folder
    assert client.get("/docs/").status_code == 404
    export(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").rglob("*.md")] == ["callouts.md"]

    write_tree(tree, {"docs/index.md": page("Everything")})
    assert row(run(tree), "docs/index.md").outcome == "created"
    folder.refresh_from_db()
    assert (folder.title, folder.live) == ("Everything", True)
    assert client.get("/docs/").status_code == 200

    for number in ImportRun.objects.order_by("-pk").values_list("pk", flat=True):
        undo(ImportRun.objects.get(pk=number))
    assert not StandardPage.objects.exists()


@pytest.mark.django_db
def test_a_later_page_does_not_take_an_old_address(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path, {"about.md": page("About, a file")})
    run(tree)
    assert StandardPage.objects.get().slug == "about"
    write_tree(tree, {"about/index.md": page("About, a folder")})
    report = run(tree)
    assert "address-taken" in codes(row(report, "about/index.md"))


@pytest.mark.django_db
@pytest.mark.parametrize("collection", ["experience", "talks", "marks"])
@pytest.mark.parametrize("ending", ["/", ""])
def test_of_two_documents_at_one_address_the_last_answers(
    collection: str, ending: str, tmp_path: Path, client: Client
) -> None:
    """Somebody copied a file and forgot the permalink: Jekyll wrote the second over the first."""
    address = f"/{collection}/lead{ending}"
    files = {f"_{collection}/{name}.md": page(f"At {name}", permalink=address) for name in ("a", "b")}
    settings = f"collections:\n  {collection}:\n    output: true\n"
    report = run(write_tree(tmp_path, {"_config.yml": settings, **files}))
    response = client.get(address, follow=True)
    assert "<h1" in response.content.decode()
    assert "At b" in response.content.decode()
    assert "address-taken" in codes(row(report, f"_{collection}/a.md"))
    assert row(report, f"_{collection}/a.md").page_url != row(report, f"_{collection}/b.md").page_url


@pytest.mark.django_db
def test_of_two_front_pages_the_one_that_the_old_site_showed_is_here(tmp_path: Path, client: Client) -> None:
    files = {name: f"---\ntitle: {name}\npermalink: /\n---\nText.\n" for name in ("me (1).md", "me.md")}
    tree = write_tree(tmp_path / "site", files)
    report = run(tree)
    assert client.get("/").context["page"].title == "me.md"
    assert (row(report, "me (1).md").outcome, set(codes(row(report, "me (1).md")))) == ("skipped", {"address-taken"})
    assert {path: row(run(tree), path).outcome for path in files} == {"me (1).md": "skipped", "me.md": "unchanged"}
    call_command("export_markdown", str(tmp_path / "out"), verbosity=0)
    assert [(tmp_path / "out" / name).read_text() for name in files] == list(files.values())


@pytest.mark.django_db
def test_a_base_path_is_no_level_of_the_tree(tmp_path: Path, client: Client) -> None:
    config = "baseurl: /isles\nurl: https://isles.example\n"
    files = {"index.md": page("The front"), "about.md": page("About"), "blog/note.md": page("Note")}
    run(write_tree(tmp_path, files, config))
    assert client.get("/isles/", follow=True).redirect_chain == [("/", 301)]
    assert client.get("/").context["page"].title == "The front"
    assert StandardPage.objects.get(title="About").show_in_menus
    assert client.get("/isles/blog/note.html", follow=True).context["page"].title == "Note"


TALKS = {
    "_talks/2019-05-04-tides.md": page("On tides", "About tides.", venue="Harbour Hall"),
    "_talks/2020-05-04-fog.md": page("On fog", "About fog.", venue="Net Loft"),
    "_talks/2021-05-04-later.md": page("Not yet", published="false"),
    "talks.html": "---\ntitle: Presentations\npermalink: /talks/\n---\n{% for talk in site.talks %}\n"
    '<h2><a href="{{ talk.url }}">{{ talk.title }}</a></h2>\n<p>{{ talk.venue }}</p>\n{% endfor %}\n',
}


@pytest.mark.django_db
def test_a_list_of_drafts_takes_no_address_of_a_page_that_shows_them(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path, TALKS, "collections:\n  talks:\n    output: false\n")
    run(tree)
    response = client.get("/talks/")
    assert response.context["page"].title == "Presentations"
    text = response.content.decode()
    assert [words in text for words in ("On tides", "Net Loft", "Not yet")] == [True, True, False]
    assert not TalkPage.objects.live().exists()
    talks = TalkIndexPage.objects.get()
    assert (talks.live, talks.numchild) == (False, 3)
    assert client.get(talks.url).status_code == 404
    call_command("fixtree", verbosity=0)

    write_tree(tree, TALKS, "collections:\n  talks:\n    output: true\n")
    run(tree)
    talks.refresh_from_db()
    assert talks.live, "with the first public page below it"
    assert sorted(TalkPage.objects.live().values_list("title", flat=True)) == ["On fog", "On tides"]

    for number in ImportRun.objects.order_by("-pk").values_list("pk", flat=True):
        undo(ImportRun.objects.get(pk=number))
    assert not TalkPage.objects.exists()


@pytest.mark.django_db
def test_a_list_leaves_its_address_to_a_page_of_the_source(tmp_path: Path, client: Client) -> None:
    about = {"talks.html": page("How I talk", "A page about talks, with words of its own.", permalink="/talks/")}
    run(write_tree(tmp_path, TALKS | about, "collections:\n  talks:\n    output: true\n"))
    assert client.get("/talks/").context["page"].title == "How I talk"
    assert TalkIndexPage.objects.get().live
    assert TalkPage.objects.live().count() == 2


@pytest.mark.django_db
def test_an_empty_list_of_a_new_site_leaves_its_address_to_a_page(tmp_path: Path, client: Client) -> None:
    assert client.get("/experience/").context["page"].title == "Experience"
    run(write_tree(tmp_path, {"work.md": page("Where I work", permalink="/experience/"), "a.md": page("A")}))
    assert client.get("/experience/").context["page"].title == "Where I work"
    assert ExperienceIndexPage.objects.get().slug != "experience"
    undo(ImportRun.objects.get())
    assert client.get("/experience/").context["page"].title == "Experience"


@pytest.mark.django_db
def test_a_date_that_only_the_layout_shows_stays_on_a_page_without_dates(tmp_path: Path, client: Client) -> None:
    when = "<p>{% if page.venue %}{{ page.venue }}, {% endif %}{{ page.date | date: '%B %Y' }}</p>"
    layout = f"<main>{when}{{{{ content }}}}</main>"
    bands = page("Band at the harbour", "Music.", layout="mark", venue="Harbour", date="2022-09-25")
    files = {"_layouts/mark.html": layout, "_marks/band.md": bands, "_marks/other.md": page("Other", layout="mark")}
    run(write_tree(tmp_path, files | {"_posts/2022-03-01-tide.md": page("Tide", layout="mark")}, COLLECTIONS))
    assert "Harbour, September 2022" in client.get("/marks/band/").content.decode()
    assert "<p>March 2022</p>" not in client.get("/blog/tide/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("output", ["true", "false"])
def test_a_collection_that_is_included_as_pages_too_is_imported_once(
    output: str, tmp_path: Path, client: Client
) -> None:
    """Jekyll makes a page of each document besides, at ``/_marks/north.html``."""
    config = f"include: [_marks]\ncollections:\n  marks:\n    output: {output}\n"
    tree = write_tree(
        tmp_path / "site", {"_config.yml": config, "_marks/north.md": page("North"), "index.md": page("Top")}
    )
    report = run(tree)
    assert sorted(found.path for found in report.documents) == ["_marks/north.md", "index.md"]
    for address in ["/_marks/north.html", *(["/marks/north.html"] if output == "true" else [])]:
        response = client.get(address, follow=True)
        assert response.context["page"].title == "North", address
        assert len(response.redirect_chain) == 1
    assert row(run(tree), "_marks/north.md").outcome == "unchanged"


@pytest.mark.django_db
def test_of_different_kinds_at_one_address_the_one_that_jekyll_wrote_last_answers(
    tmp_path: Path, client: Client
) -> None:
    """Pages by their names, wherever they are; then documents of collections and posts."""
    files = {
        "_config.yml": "collections:\n  marks:\n    output: true\n",
        "pages/home.md": page("Home", permalink="/y/"),
        "index.md": page("Index", permalink="/y/"),
        "zz.md": page("Page", permalink="/x/"),
        "_marks/a.md": page("Mark", permalink="/x/"),
        "p.md": page("Not the post", permalink="/p/"),
        "_posts/2020-01-01-p.md": page("Post", permalink="/p/"),
    }
    report = run(write_tree(tmp_path, files))
    for address, title in {"/y/": "Index", "/x/": "Mark", "/p/": "Post"}.items():
        assert client.get(address, follow=True).context["page"].title == title
    for path in ("pages/home.md", "zz.md", "p.md"):
        assert "address-taken" in codes(row(report, path)), path
    assert not [found for found in report.documents if "wrong-page" in codes(found)]


@pytest.mark.django_db
def test_the_front_page_of_a_site_below_blog_answers_there(tmp_path: Path, client: Client) -> None:
    """With ``baseurl: /blog`` the old site's front page was at the address of this site's list of posts."""
    files = {
        "_config.yml": "baseurl: /blog\n",
        "index.md": page("Front", "Words of the front page."),
        "_posts/2021-05-04-tides.md": page("Tides"),
    }
    report = run(write_tree(tmp_path / "site", files))
    assert codes(row(report, "index.md")) == []
    assert client.get("/blog/", follow=True).redirect_chain == [("/", 301)]
    assert client.get("/blog/2021/05/04/tides.html", follow=True).redirect_chain == [("/posts/tides/", 301)]
    assert client.get("/posts/").status_code == 200
    again = run(tmp_path / "site")
    assert {found.outcome for found in again.documents} == {"unchanged"}
    undo(ImportRun.objects.get())
    assert client.get("/blog/").status_code == 200
