"""Jekyll's rules, checked against what Jekyll itself made of the same sites."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio.documents.document import Document
from portfolio.documents.title_text import title_of_slug
from portfolio.engines import SourceError, SourceTree, open_source
from portfolio.engines.jekyll.permalinks import escape_path, slugify, tidy
from portfolio.engines.jekyll.site import IndexEntry
from portfolio.importer.conversion.convert import convert

SITES = Path(__file__).parent / "jekyll_sites"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def entries(source: SourceTree) -> dict[str, IndexEntry]:
    return {entry.path: entry for entry in source.site_context(NOW).entries}


def documents(source: SourceTree) -> dict[str, Document]:
    site = source.site_context(NOW)
    return {file.path: convert(file, site) for file in source.files}


def site(root: Path, files: dict[str, str], config: str = "title: Tides\n") -> SourceTree:
    for path, text in {"_config.yml": config, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return open_source(root)


def expected(name: str) -> dict[str, Any]:
    return json.loads((SITES / "expected" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("config", sorted((SITES / "configs").glob("*.yml")), ids=lambda path: path.stem)
def test_addresses_titles_categories_and_tags_are_jekylls(config: Path) -> None:
    source = open_source(SITES / "addresses", config=config)
    wanted = expected(f"addresses-{config.stem}")
    found = {}
    for path, entry in entries(source).items():
        found[path] = {"url": entry.url, "title": entry.title if entry.kind != "page" else entry.data.get("title")}
        if entry.kind != "page":
            found[path] |= {"categories": list(entry.categories), "tags": list(entry.tags)}
        if entry.kind == "post":
            found[path]["date"] = entry.date.isoformat()
    assert found == wanted


def test_dates_are_jekylls() -> None:
    found = entries(open_source(SITES / "dates"))
    wanted = expected("dates")
    assert {path: entry.url for path, entry in found.items()} == {path: row["url"] for path, row in wanted.items()}
    for path, row in wanted.items():
        assert found[path].date.replace(microsecond=0).isoformat() == row["date"], path
        assert found[path].title == row["title"]


@pytest.mark.parametrize(
    ("mode", "slug"),
    [
        ("default", "hello-wörld-of-tide-1-2"),
        ("pretty", "hello,-wörld_of-tide!-1.2"),
        ("ascii", "hello-w-rld-of-tide-1-2"),
        ("latin", "hello-world-of-tide-1-2"),
        ("raw", "hello,-wörld_of-tide!-1.2"),
        ("none", "hello, wörld_of-tide! 1.2"),
    ],
)
def test_slugs_follow_the_mode(mode: str, slug: str) -> None:
    assert slugify("Hello, Wörld_of-Tide! 1.2", mode) == slug


def test_slug_keeps_case_when_asked() -> None:
    assert slugify("My Own_Slug", "pretty", cased=True) == "My-Own_Slug"


def test_small_rules_of_addresses() -> None:
    assert title_of_slug("a-new-THING") == "A New Thing"
    assert escape_path("ä b&c#d") == "%C3%A4%20b&c%23d"
    assert tidy("a//../b/./c") == "/a/b/c"


def test_site_without_config_is_found_by_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("---\ntitle: About\n---\nText\n")
    assert open_source(tmp_path).kind == "jekyll"


def test_site_without_config_is_found_by_its_posts(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2020-01-02-a.md").write_text("Text\n")
    source = open_source(tmp_path)
    assert source.kind == "jekyll"
    assert [(file.path, file.kind) for file in source.files] == [("_posts/2020-01-02-a.md", "post")]


def test_base_path_is_part_of_the_old_address(tmp_path: Path) -> None:
    source = site(tmp_path, {"a.md": "---\nredirect_from: [/old, older/]\n---\nA\n"}, "baseurl: /lab/\n")
    document = documents(source)["a.md"]
    assert document.url == "/lab/a.html"
    assert document.old_urls == ("/lab/a.html", "/lab/old", "/lab/older/")


@pytest.mark.parametrize("key", ["redirect_from", "alias", "aliases"])
def test_other_addresses_come_from_every_spelling(tmp_path: Path, key: str) -> None:
    source = site(tmp_path, {"a.md": f"---\n{key}: /before/\n---\nA\n"})
    assert documents(source)["a.md"].old_urls == ("/a.html", "/before/")


def test_a_space_in_another_address_is_encoded_as_browsers_ask_for_it(tmp_path: Path) -> None:
    source = site(tmp_path, {"a.md": "---\nredirect_from: [/old place/, /old%20town/]\n---\nA\n"})
    assert documents(source)["a.md"].old_urls == ("/a.html", "/old%20place/", "/old%20town/")


@pytest.mark.parametrize(
    ("path", "front"),
    [
        ("_drafts/idea.md", ""),
        ("_posts/2020-01-02-a.md", "published: false"),
        ("_posts/2020-01-02-a.md", "draft: true"),
        ("_posts/2031-01-02-a.md", ""),
        ("_posts/2020-01-02-a.md", "date: 2031-01-01"),
        ("page.md", "published: false"),
    ],
)
def test_what_jekyll_does_not_publish_is_a_draft_without_address(tmp_path: Path, path: str, front: str) -> None:
    document = documents(site(tmp_path, {path: f"---\n{front}\nredirect_from: /x/\n---\nA\n"}))[path]
    assert document.draft
    assert (document.url, document.old_urls) == ("", ())


def test_future_posts_are_public_when_the_site_says_so(tmp_path: Path) -> None:
    source = site(tmp_path, {"_posts/2031-01-02-a.md": "---\n---\nA\n"}, "future: true\n")
    assert not documents(source)["_posts/2031-01-02-a.md"].draft


def test_draft_takes_its_title_from_its_name(tmp_path: Path) -> None:
    document = documents(site(tmp_path, {"_drafts/half-an-idea.md": "A\n"}))["_drafts/half-an-idea.md"]
    assert (document.kind, document.title, document.date) == ("post", "Half An Idea", None)


@pytest.mark.parametrize(
    "said", ["[people]", "{people: {output: false}}", "{people: }", "{people: {permalink: /:path/}}"]
)
def test_collection_without_output_has_no_address_and_is_not_published(tmp_path: Path, said: str) -> None:
    source = site(tmp_path, {"_people/a.md": "---\ntitle: A\n---\nA\n"}, f"collections: {said}\n")
    document = documents(source)["_people/a.md"]
    assert (document.kind, document.url, document.draft) == ("collection:people", "", True)
    assert [(problem.code, problem.line) for problem in document.problems] == [("not-output", 1)]


def test_collection_with_output_is_published(tmp_path: Path) -> None:
    source = site(tmp_path, {"_people/a.md": "---\n---\nA\n"}, "collections: {people: {output: true}}\n")
    document = documents(source)["_people/a.md"]
    assert (document.url, document.draft, document.problems) == ("/people/a.html", False, ())


def test_collections_in_a_folder_of_their_own(tmp_path: Path) -> None:
    files = {"all/_posts/2020-01-02-a.md": "A\n", "all/_tools/b.md": "---\n---\nB\n", "_posts/2020-01-02-no.md": "N\n"}
    source = site(tmp_path, files, "collections_dir: all\ncollections: {tools: {output: true}}\n")
    assert {path: document.url for path, document in documents(source).items()} == {
        "all/_posts/2020-01-02-a.md": "/2020/01/02/a.html",
        "all/_tools/b.md": "/tools/b.html",
    }


def test_bad_date_is_an_error_and_the_name_helps_out(tmp_path: Path) -> None:
    source = site(tmp_path, {"_posts/2020-01-02-a.md": "---\ntitle: A\ndate: whenever\n---\nA\n"})
    document = documents(source)["_posts/2020-01-02-a.md"]
    assert document.date.date().isoformat() == "2020-01-02"
    assert [(p.severity, p.code, p.line) for p in document.problems] == [("error", "bad-date", 3)]


def test_unknown_placeholder_is_an_error_and_the_document_stays(tmp_path: Path) -> None:
    source = site(tmp_path, {"_posts/2020-01-02-a.md": "---\npermalink: /:nothing/\n---\nA\n"})
    document = documents(source)["_posts/2020-01-02-a.md"]
    assert document.url == "/a/"
    assert [problem.code for problem in document.problems] == ["bad-permalink"]


def test_pages_that_only_list_others_are_marked(tmp_path: Path) -> None:
    files = {
        "index.html": "---\nlayout: home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
        "blog.md": "---\nlayout: blog\n---\n",
        "feed.xml": "---\n---\n<feed/>\n",
        "tools.md": "---\n---\n{% for tool in site.tools %}{{ tool.title }}{% endfor %}\n",
        "about.md": "---\nlayout: page\n---\nWords on {{ site.title }} in site.posts.\n",
        "wordy.md": f"---\n---\n{'Much to say. ' * 20}\n{{% for p in site.posts %}}{{{{ p.title }}}}{{% endfor %}}\n",
    }
    found = documents(site(tmp_path, files, "collections: [tools]\n"))
    assert {path: document.listing for path, document in found.items()} == {
        "index.html": True,
        "blog.md": True,
        "feed.xml": True,
        "tools.md": False,
        "about.md": False,
        "wordy.md": False,
    }
    assert [problem.code for problem in found["wordy.md"].problems] == ["frozen-list"]
    assert [problem.code for problem in found["index.html"].problems] == ["listing-page"]
    assert found["index.html"].nodes == ()


def test_styles_with_front_matter_are_no_documents(tmp_path: Path) -> None:
    source = site(tmp_path, {"a.md": "---\n---\nA\n", "main.scss": "---\n---\na{}\n", "x.css": "---\n---\na{}\n"})
    assert [file.path for file in source.files] == ["a.md"]


def test_interviews_are_read_though_jekyll_passes_them_over(tmp_path: Path) -> None:
    files = {"_interviews/a.txt": "Title\n", "interviews/b.txt": "Title\n", "notes/c.txt": "Text\n"}
    source = site(tmp_path, files)
    assert [(file.path, file.kind, file.served) for file in source.files] == [
        ("_interviews/a.txt", "interview", False),
        ("interviews/b.txt", "interview", True),
    ]


def test_old_address_of_an_interview_is_the_text_file(tmp_path: Path) -> None:
    found = documents(site(tmp_path, {"_interviews/a.txt": "Title\n", "interviews/b.txt": "Title\n"}))
    assert {path: document.url for path, document in found.items()} == {
        "_interviews/a.txt": "",
        "interviews/b.txt": "/interviews/b.txt",
    }


def test_site_key_stays_when_the_folder_moves(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    config = "url: https://Tides.example\nbaseurl: /lab\n"
    keys = {site(tmp_path / name, {"a.md": "---\n---\n"}, config).site_key for name in ("one", "two")}
    assert keys == {"tides.example/lab"}


def test_unknown_time_zone_is_a_warning_and_utc(tmp_path: Path) -> None:
    source = site(tmp_path, {"_posts/2020-01-02-a.md": "A\n"}, "timezone: Mars/Olympus\n")
    assert [problem.code for problem in source.problems] == ["unknown-timezone"]
    assert entries(source)["_posts/2020-01-02-a.md"].date == datetime(2020, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("a: [1\n", ":2: "),
        ("- a\n", "keys and values"),
        ("exclude: x\n", "'exclude' must be a list"),
        ("a: \xff", "UTF-8"),
    ],
)
def test_broken_configuration_stops_everything(tmp_path: Path, config: str, said: str) -> None:
    (tmp_path / "_config.yml").write_text(config, encoding="latin-1")
    (tmp_path / "a.md").write_text("---\n---\n")
    with pytest.raises(SourceError, match=said):
        open_source(tmp_path)


# Files that must not be read ---------------------------------------------------------------------------------------


def problems_by_path(source: SourceTree) -> dict[str, str]:
    return {file.path: file.refused.code for file in source.files if file.refused}


def test_links_devices_and_pipes_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("---\ntitle: Secret\n---\nSecret\n")
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "_posts" / "2020-01-02-good.md").write_text("Good\n")
    (root / "_posts" / "2020-01-03-link.md").symlink_to(outside)
    (root / "_posts" / "2020-01-04-zero.md").symlink_to("/dev/zero")
    (root / "_posts" / "2020-01-05-gone.md").symlink_to("nowhere.md")
    (root / "_posts" / "2020-01-06-round.md").symlink_to("2020-01-06-round.md")
    os.mkfifo(root / "_posts" / "2020-01-07-pipe.md")
    (root / "inside.md").symlink_to("_posts/2020-01-02-good.md")
    os.mkfifo(root / "pipe.md")
    (root / "more").symlink_to(tmp_path)
    source = open_source(root)
    assert problems_by_path(source) == {
        "_posts/2020-01-03-link.md": "link-out-of-source",
        "_posts/2020-01-04-zero.md": "link-out-of-source",
        "_posts/2020-01-05-gone.md": "unreadable-file",
        "_posts/2020-01-06-round.md": "unreadable-file",
        "_posts/2020-01-07-pipe.md": "not-a-file",
        "pipe.md": "not-a-file",
    }
    warnings = [problem.message for problem in source.problems if problem.severity == "warning"]
    assert warnings == ["more: is a link to a file outside the source"]
    found = documents(source)
    assert not found["_posts/2020-01-02-good.md"].rejected
    assert all(found[path].rejected for path in problems_by_path(source))


def test_folder_that_contains_itself_is_read_once(tmp_path: Path) -> None:
    site(tmp_path, {"docs/a.md": "---\n---\nA\n"})
    (tmp_path / "docs" / "again").symlink_to("..")
    source = open_source(tmp_path)
    assert [file.path for file in source.files] == ["docs/a.md"]
    assert [problem.code for problem in source.problems] == ["link-circle"]


def test_name_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n---\nA\n")
    (tmp_path / os.fsdecode(b"b\xff.md")).write_text("---\n---\nB\n")
    source = open_source(tmp_path)
    assert [file.path for file in source.files] == ["a.md"]
    assert [(p.severity, p.code) for p in source.problems] == [("error", "bad-file-name")]
    source.problems[0].message.encode("utf-8")
