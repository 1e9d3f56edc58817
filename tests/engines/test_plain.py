import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.engines import SourceError, open_source
from portfolio.importer.conversion.convert import convert

INTERVIEW = """A talk about tides

Why do you measure tides?

"Because the harbour wants to know."

What is hard about it?

"The barnacles."
"""


def converted(path: Path) -> dict[str, object]:
    with open_source(path) as source:
        site = source.site_context(datetime(2026, 1, 1, tzinfo=UTC))
        return {file.path: convert(file, site) for file in source.files}


def test_folder_of_markdown_needs_no_engine(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "deep-water.md").write_text("# The deep\n\nText with {{ braces }}.\n")
    (tmp_path / "2020-01-02-dated.md").write_text("Text.\n")
    (tmp_path / ".hidden.md").write_text("x")
    (tmp_path / "image.png").write_bytes(b"x")
    found = converted(tmp_path)
    assert [(path, doc.kind, doc.title, doc.slug, doc.url) for path, doc in found.items()] == [
        ("2020-01-02-dated.md", "post", "Dated", "dated", ""),
        ("notes/deep-water.md", "page", "The deep", "deep-water", ""),
    ]
    assert found["2020-01-02-dated.md"].date == datetime(2020, 1, 2, tzinfo=UTC)
    assert "{{ braces }}" in found["notes/deep-water.md"].nodes[1].html


def test_plain_folder_reads_toml_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("+++\ntitle = 'A tide'\ndate = 2020-05-06T07:08:09Z\n+++\nText.\n")
    document = converted(tmp_path)["a.md"]
    assert (document.title, document.kind) == ("A tide", "post")
    assert document.date == datetime(2020, 5, 6, 7, 8, 9, tzinfo=UTC)


def test_single_text_that_reads_like_an_interview_is_one(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(INTERVIEW)
    document = converted(tmp_path / "talk.txt")["talk.txt"]
    assert document.kind == "interview"
    assert document.title == "A talk about tides"
    assert [turn.kind for turn in document.interview.turns] == ["question_answer", "question_answer"]


def test_single_text_that_is_no_interview_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Only a note.\n\nAbout tides.\n")
    document = converted(tmp_path / "note.txt")["note.txt"]
    assert (document.kind, document.interview, len(document.nodes)) == ("page", None, 2)


def test_interview_spans_and_lines_count_in_the_file(tmp_path: Path) -> None:
    head = "---\ntitle: Höhe\n---\n"
    (tmp_path / "interviews").mkdir()
    path = tmp_path / "interviews" / "talk.txt"
    path.write_text(head + INTERVIEW)
    document = converted(tmp_path)["interviews/talk.txt"]
    assert document.title == "Höhe"
    turn = document.interview.turns[0]
    assert path.read_bytes()[turn.span.start : turn.span.end].decode().startswith("Why do you measure tides?")
    assert turn.line == 6


def test_single_markdown_file_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("---\ntitle: One\n---\nText.\n")
    with open_source(tmp_path / "post.md") as source:
        assert (source.kind, source.site_key, [file.path for file in source.files]) == ("plain", "post", ["post.md"])


@pytest.mark.parametrize("name", ["missing", "missing/deeper.md", "\0"])
def test_path_that_does_not_exist_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="there is no such file or directory"):
        open_source(tmp_path / name)


def test_empty_directory_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the directory is empty"):
        open_source(tmp_path)


def test_directory_without_documents_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"x")
    with pytest.raises(SourceError, match="there is no document in it"):
        open_source(tmp_path)


def test_pipe_and_unknown_file_are_clear_errors(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "image.png").write_bytes(b"x")
    with pytest.raises(SourceError, match="neither a file nor a directory"):
        open_source(tmp_path / "pipe")
    with pytest.raises(SourceError, match="no Markdown, no text and no archive"):
        open_source(tmp_path / "image.png")


def test_wrong_options_are_clear_errors(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A\n")
    with pytest.raises(SourceError, match="'ghost' is not a kind"):
        open_source(tmp_path, "ghost")
    with pytest.raises(SourceError, match="no such configuration"):
        open_source(tmp_path, config=tmp_path / "none.yml")
    with pytest.raises(SourceError, match="not a single file"):
        open_source(tmp_path / "a.md", "jekyll")


@pytest.mark.parametrize("name", ["hugo.toml", "config.toml"])
def test_hugo_is_recognised_and_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("title = 'x'\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("---\n---\nA\n")
    with pytest.raises(SourceError, match="Hugo sites cannot be read yet"):
        open_source(tmp_path)
    assert open_source(tmp_path, "plain").kind == "plain"


@pytest.mark.parametrize(
    "sources",
    [
        {"first.md": "---\ntitle: First\n---\nText\n", "topics/other.md": "Text\n"},
        {"first.md": "---\ntitle: First\ntags: [a]\n---\nText\n", "README.md": "Text\n"},
        {"a.md": "---\ntitle: A\n---\n", ".obsidian/app.json": "{}"},
        {"index.md": "---\ntitle: A\n---\n", "mkdocs.yml": "site_name: X\n"},
        {"index.md": "---\nlayout: home\n---\n", ".vitepress/config.js": ""},
        {"src/a.md": "---\nlayout: x\n---\n", "astro.config.mjs": ""},
        {"notes/a.md": "---\ntitle: A\n---\n"},
    ],
)
def test_a_folder_of_another_kind_is_no_jekyll_site(tmp_path: Path, sources: dict[str, str]) -> None:
    for path, text in sources.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    source = open_source(tmp_path)
    assert source.kind == "plain"
    assert {file.path for file in source.files} == {path for path in sources if path.endswith(".md")}


@pytest.mark.parametrize(
    "sources",
    [
        {"index.html": "---\n---\n<p>x</p>\n", "README.md": "Text\n"},
        {"index.md": "---\nlayout: default\n---\n", "README.md": "Text\n"},
        {"index.md": "---\n---\n{% for post in site.posts %}{% endfor %}\n", "README.md": "Text\n"},
        {"index.md": "---\n---\nText\n", "more.md": "Text\n", "Gemfile": "gem 'jekyll'\n"},
        {"index.md": "Text\n", "Gemfile": "gem 'github-pages'\n"},
        {"about.md": "---\ntitle: A\n---\n", "more/b.md": "---\ntitle: B\n---\n"},
        {"_posts/2020-01-02-a.md": "Text\n", "mkdocs.yml": "site_name: X\n"},
    ],
)
def test_a_jekyll_site_is_told_by_its_own_signs(tmp_path: Path, sources: dict[str, str]) -> None:
    for path, text in sources.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert open_source(tmp_path, "auto").kind == "jekyll"


def test_a_folder_of_another_generator_is_named(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n")
    (tmp_path / "a.md").write_text("Text\n")
    messages = [problem.message for problem in open_source(tmp_path).problems]
    assert messages == [
        "mkdocs.yml: this is a folder of MkDocs; its Markdown is read, its templates, plugins and settings are not"
    ]


def test_a_linked_folder_is_told_of_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in" / "notes").mkdir(parents=True)
    (tmp_path / "in" / "a.md").write_text("Text\n")
    (tmp_path / "in" / "notes" / "b.md").write_text("Text\n")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "in" / "notes")
    source = open_source(tmp_path / "in")
    assert [file.path for file in source.files] == ["a.md", "notes/b.md"]
    assert [problem.message for problem in source.problems] == ["linked: is a link to a folder, which is not followed"]


def test_a_folder_without_a_document_is_refused_and_says_what_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "2019-03-04_story.html").write_text("<p>Low water.</p>")
    with pytest.raises(SourceError, match=r"there is no document in it; posts/2019-03-04_story\.html: is HTML"):
        open_source(tmp_path).__enter__()
