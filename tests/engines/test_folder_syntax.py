"""Other notations in a folder's Markdown: read or told, never in code."""

from __future__ import annotations

import pytest

from portfolio.engines.file_links import linked_in_folder
from portfolio.engines.plain.folder_index import FolderIndex
from portfolio.engines.plain.folder_syntax import MAX_REPORTED, read_syntax
from portfolio.engines.plain.front_matter_names import usual_names
from portfolio.engines.plain.header_lines import read_header
from portfolio.engines.plain.prose_text import without_code
from portfolio.engines.source import SourceFile
from portfolio.engines.unused_files import unused_files

INDEX = FolderIndex(
    {
        "tides": ("notes/Tides.md", "old/deep/Tides.md"), "tides.md": ("notes/Tides.md", "old/deep/Tides.md"),
        "a.png": ("img/a.png",), "film.mp4": ("img/film.mp4",),
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[Tides]]", "[Tides](/notes/Tides.md)"),
        ("[[tides|the *tide*]]", "[the \\*tide\\*](/notes/Tides.md)"),
        ("[[old/deep/Tides]]", "[old/deep/Tides](/old/deep/Tides.md)"),
        ("[[Tides#Low Water]]", "[Tides > Low Water](/notes/Tides.md#low-water)".replace(">", "\\>")),
        ("[[#Low Water]]", "[Low Water](#low-water)"),
        ("[[Tides#^block1]]", "[Tides \\> block1](/notes/Tides.md)"),
        ("![[a.png]]", "![a](/img/a.png)"),
        ("![[a.png|120]]", "![a](/img/a.png)"),
        ("![[a.png|The sea]]", "![The sea](/img/a.png)"),
        ("![[Tides]]", "[Tides](/notes/Tides.md)"),
        ("![[film.mp4]]", "[film.mp4](/img/film.mp4)"),
        ("x %%hidden%% y", "x  y"),
        ("a\n\n%%\nb\n\nc\n%%\n\nd", "a\n\n\n\nd"),
    ],
)
def test_a_notation_whose_meaning_is_plain_is_read(text: str, shown: str) -> None:
    result = read_syntax(text, "notes/from.md", INDEX)
    assert result.text == shown
    assert result.fragments[0].source_start == 0
    assert result.fragments[-1].source_end == len(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[Missing note]]", "[[Missing note]]"), ("![[gone.pdf]]", "![[gone.pdf]]"), ("![[Tides]]", "![[Tides]]"),
        ("![[a.png|120]]", "![[a.png|120]]"), ("x %%hidden%% y", "%%hidden%%"), ('!!! note "Title"', "!!! note"),
        ("??? tip\n    Folded", "??? tip"), ("???+ tip", "???+ tip"), ('=== "Tab A"', '=== "Tab A"'),
        (":::note\nx\n:::", ":::note"), ("::: warning Title", "::: warning"), ("{{< figure src=x >}}", "{{< figure"),
        ("{% include x.html %}", "{% include"), ("{{ page.title }}", "{{ page.title }}"), ("==high==", "==high=="),
        ("import X from './x'", "import X"), ("export const a = 1", "export const"), ("<Tabs>", "<Tabs>"),
        ("<Chart data={x} />", "<Chart"), ("[TOC]", "[TOC]"), ('--8<-- "a.md"', "--8<--"), (".. note::", ".. note::"),
        ("Text ^block1", "^block1"), ("```dataview\nLIST\n```", "dataview"), ("```mermaid\ngraph\n```", "mermaid"),
        ("```{note}\nx\n```", "{note}"), ("[x]({tag}python)", "{tag}python"),
    ],
)  # fmt: skip
def test_a_notation_that_shows_otherwise_is_told_with_its_line(text: str, word: str) -> None:
    (problem,) = read_syntax(f"Words.\n\n{text}\n", "notes/from.md", INDEX).problems
    assert word in problem.message
    assert (problem.code, problem.line) == ("foreign-syntax", 3)


@pytest.mark.parametrize(
    "code",
    ["`{}`", "``{} ` x``", "```\n{}\n```", "~~~ text\n{}\n~~~", "> ```\n> {}\n> ```", "- x\n\n  ```py\n  {}\n  ```",
     "<!-- {} -->", "```\nnever closed {}"],
)  # fmt: skip
@pytest.mark.parametrize("text", ["[[Tides]]", "%%hidden%%", "{{ x }}", "==x==", "[x]({filename}a.md)"])
def test_code_and_comments_are_left_alone(code: str, text: str) -> None:
    written = "Words.\n\n" + code.replace("{}", text) + "\n"
    result = read_syntax(written, "notes/from.md", INDEX)
    assert (result.text, result.problems) == (written, ())


@pytest.mark.parametrize("text", ["[[1, 2], [3, 4]]", "[[0]]", "a = b == c", "50%% of", "| a == b |", "10:30", "{a}"])
def test_what_only_looks_like_a_notation_is_not_told(text: str) -> None:
    assert read_syntax(text, "a.md", INDEX).problems == ()


def test_many_notations_and_long_lines_cost_little() -> None:
    text = (
        "<!--" * 200_000
        + "[[" * 20_000
        + "%%" * 20_001
        + "`" * 20_000
        + "==" * 20_000
        + "{{" * 20_000
        + "\n"
        + "[[x]] " * 5000
    )
    assert len(read_syntax(text, "a.md", INDEX).problems) <= MAX_REPORTED


@pytest.mark.parametrize(
    ("text", "word"), [('{\n  "title": "A"\n}\n\nText', "JSON"), ("% A title\n% Me\n\nText", "Pandoc")]
)
def test_a_foreign_header_is_told(text: str, word: str) -> None:
    (problem,) = read_syntax(text, "a.md", INDEX).problems
    assert word in problem.message
    assert problem.line == 1


def test_without_a_folder_the_text_stays() -> None:
    assert read_syntax("[[Tides]] {{ x }}", "a.md", None).text == "[[Tides]] {{ x }}"


def test_masked_code_keeps_offsets_and_lines() -> None:
    text = "a `b` c\n```\nd\n```\ne"
    masked = without_code(text)
    assert (len(masked), masked.count("\n"), masked.split()) == (len(text), text.count("\n"), ["a", "c", "e"])


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a.md"], {"a.md": ("/a.md", "/a")}),
        (["n/index.md", "n/README.md"], {"n/index.md": ("/n/index.md", "/n/index", "/n")}),
        (["n/README.md"], {"n/README.md": ("/n/README.md", "/n/README", "/n")}),
        (["n.md", "n/README.md"], {"n.md": ("/n.md", "/n"), "n/README.md": ("/n/README.md", "/n/README")}),
        (["a b/é.md"], {"a b/é.md": ("/a%20b/%C3%A9.md", "/a%20b/%C3%A9")}),
        (["README.md"], {"README.md": ("/README.md", "/README")}),
    ],
)
def test_a_file_is_called_by_its_path_and_by_shorter_names(paths: list[str], expected: dict[str, object]) -> None:
    files = linked_in_folder([SourceFile(path, None, "page") for path in paths])  # type: ignore[arg-type]
    found = {file.path: file.linked_as for file in files}
    assert {path: found[path] for path in expected} == expected


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ("Title: A\n\nText", {"title": "A"}),
        ("\ufeffTitle: A\r\nDate: 2020-01-02\r\n\r\nText", {"title": "A", "date": "2020-01-02"}),
        ("date: 2020\ntitle: A: b\ntags: x, y z; w\n\n", {"date": "2020", "title": "A: b", "tags": ["x", "y z", "w"]}),
        ("Title: A\nSummary: one\n    two\n\nText", {"title": "A", "summary": "one two"}),
        ("Title: A\nLast Change:\n\nText", {"title": "A", "last_change": ""}),
        ("Title: A", {"title": "A"}),
    ],
)
def test_header_lines_are_values(data: str, values: dict[str, object]) -> None:
    found = read_header(data.encode())
    assert found is not None
    assert found.values == values
    assert data.encode()[found.body_start :].decode() in ("Text", "")


@pytest.mark.parametrize(
    "data",
    ["Text", "", "Note: this is text.\n\nMore", "Title: A\nText goes on\n\n", "# Title: A\n\n", "\nTitle: A\n\n",
     "Title: A\nand so on", "Q: What?\n\nA: This.\n", "Title: \xff\n\n"],
)  # fmt: skip
def test_text_is_no_header(data: str) -> None:
    assert read_header(data.encode("latin-1")) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"pubDate": "Jul 08 2022"}, {"date": "Jul 08 2022"}),
        ({"date": "2020-01-01", "pubDate": "2021-01-01"}, {"date": "2020-01-01"}),
        ({"heroImage": "/p.png"}, {"image": "/p.png"}),
        ({"modified": "2020-01-01"}, {"updated": "2020-01-01"}),
        ({"publish": False}, {"draft": True}),
        ({"status": "Hidden"}, {"draft": True}),
        ({"status": "published", "publish": True}, {"draft": None}),
    ],
)
def test_values_under_other_names_are_known(values: dict[str, object], expected: dict[str, object]) -> None:
    found = usual_names(values)
    assert {name: found.get(name) for name in expected} == expected


def test_unused_files_are_told_by_folder() -> None:
    others = [f"img/{number}.png" for number in range(7)] + ["a.csv", "used.csv"]
    assert [problem.message for problem in unused_files(others, {"used.csv"})] == [
        ".: a.csv is not taken: no page shows or links to it",
        "img: 0.png, 1.png, 2.png, 3.png, 4.png and 2 more are not taken: no page shows or links to them",
    ]
