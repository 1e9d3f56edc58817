"""From files to documents: bytes, spans, lines, and files that must not harm anything."""

import hashlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.limits import Limits
from portfolio.engines import SourceFile, open_source
from portfolio.engines.protocol import SiteContext
from portfolio.importer.conversion.convert import convert
from portfolio.importer.conversion.pool import convert_all, rejected
from portfolio.importer.conversion.worker import in_workers
from portfolio.markdown import markup_worker
from portfolio.markdown.nodes import NodeKind

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = Path(__file__).parents[3] / "shared" / "seeds" / "site"


def document(root: Path, data: bytes | str, path: str = "_posts/2020-01-02-a.md") -> Document:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)
    (root / "_config.yml").touch()
    with open_source(root) as source:
        site = source.site_context(NOW)
        return next(convert(file, site) for file in source.files if file.path == path)


def assert_covers(found: Document, data: bytes) -> None:
    """Spans are contiguous from the front matter to the end, and what is verbatim is what the file says."""
    position = found.front_matter_span.end
    for node in found.nodes:
        assert node.span.start == position
        position = node.span.end
        if node.verbatim:
            assert data[node.span.start : node.span.end].decode().replace("\r\n", "\n") == node.source
    assert position == len(data)


BODY = """# Höhe

First *paragraph* with {{ page.title }}.

{% include two.md %}

Last ü.

{% assign x = 1 %}

```python
code
```
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("front", ["---\ntitle: Größe\n---\n", "---\ntitle: x\n---\n\n\n"], ids=["tight", "blank"])
def test_nodes_cover_the_body_byte_for_byte(tmp_path: Path, front: str, mark: bytes, line_end: str) -> None:
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "two.md").write_text("one\n\ntwo\n")
    data = mark + (front + BODY).replace("\n", line_end).encode()
    found = document(tmp_path, data)
    assert_covers(found, data)
    first = data.count(b"\n", 0, found.front_matter_span.end) + 1
    assert [(node.kind, node.line - first, node.verbatim) for node in found.nodes] == [
        (NodeKind.HEADING, 0, True),
        (NodeKind.PROSE, 2, False),
        (NodeKind.PROSE, 4, False),
        (NodeKind.PROSE, 4, False),
        (NodeKind.PROSE, 6, False),
        (NodeKind.CODE, 10, True),
    ]
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_nodes_made_by_one_tag_share_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "two.md").write_text("one\n\ntwo\n\nthree")
    found = document(tmp_path, "{% include two.md %}\n\nend\n")
    assert [(node.span.start, node.span.end) for node in found.nodes] == [(0, 20), (20, 20), (20, 22), (22, 26)]
    assert [node.verbatim for node in found.nodes] == [False, False, False, True]


def test_highlight_tag_becomes_code(tmp_path: Path) -> None:
    found = document(tmp_path, "Text\n\n{% highlight ruby %}\nputs 1 < 2\n{% endhighlight %}\n\nEnd\n")
    code = [node for node in found.nodes if node.kind is NodeKind.CODE]
    assert [dict(node.data) for node in code] == [{"language": "ruby", "code": "puts 1 < 2"}]
    assert code[0].line == 3


def test_problems_of_liquid_have_lines_of_the_file(tmp_path: Path) -> None:
    found = document(tmp_path, "---\ntitle: x\n---\n\n\nText\n\n{% youtube a %}\n")
    assert [(problem.code, problem.line) for problem in found.problems] == [("unknown-tag", 8)]


def test_liquid_is_left_alone_when_the_document_says_so(tmp_path: Path) -> None:
    found = document(tmp_path, "---\nrender_with_liquid: false\n---\n{{ page.title }}\n")
    assert "{{ page.title }}" in found.nodes[0].html
    assert found.nodes[0].verbatim


def test_html_document_is_one_node(tmp_path: Path) -> None:
    data = b"---\n---\n<p>One</p>\n\n<p>*Two*</p>\n"
    found = document(tmp_path, data, "page.html")
    assert [(node.kind, node.html) for node in found.nodes] == [(NodeKind.RAW_HTML, "<p>One</p>\n\n<p>*Two*</p>\n")]
    assert_covers(found, data)


def test_empty_body_has_no_nodes(tmp_path: Path) -> None:
    found = document(tmp_path, "---\ntitle: x\n---\n")
    assert (found.nodes, found.excerpt, found.rejected) == ((), "", False)


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("One *a*.\n\nTwo.\n", "<p>One <em>a</em>.</p>"),
        ("One\r\n\r\nTwo.\r\n", "<p>One</p>"),
        ("Only one.\n", "<p>Only one.</p>"),
        ("[One][1]\n\nTwo.\n\n[1]: /x\n", '<p><a href="/x">One</a></p>'),
        ("---\nexcerpt_separator: <!--more-->\n---\nOne\n\nTwo\n<!--more-->\nThree\n", "<p>One</p>\n\n<p>Two</p>"),
        ("---\nexcerpt_separator: <!--more-->\n---\nOne\n\nTwo\n", ""),
        ("---\nexcerpt: Said <b>so</b>\n---\nOne\n\nTwo\n", "Said <b>so</b>"),
        ('---\nexcerpt_separator: ""\n---\nOne\n\nTwo\n', ""),  # Document#generate_excerpt?
        ("---\nexcerpt_separator: false\n---\nOne\n\nTwo\n", "<p>One</p>"),
        ("{% if true %}a{% endif %} {% if true %}One\n\nTwo{% endif %}\n", "<p>a One</p>"),
        ("{% if true %}{% if true %}One{% endif %}\n\nTwo{% endif %}\n", "<p>One</p>"),
        ("{% comment %}\n\n{% endcomment %} Two\n", ""),
        ("{% if true %}One\n\nTwo{% endif %}\n", "<p>One</p>"),
        ("{{ 'One' }}\n\nTwo\n", "<p>One</p>"),
    ],
)
def test_excerpt_is_what_jekyll_cuts(tmp_path: Path, text: str, excerpt: str) -> None:
    found = document(tmp_path, text)
    assert found.excerpt.replace("\n\n", "\n") == excerpt.replace("\n\n", "\n")


def test_site_wide_separator_and_none(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("excerpt_separator: '<!-- cut -->'\n")
    assert document(tmp_path, "One\n\nTwo\n<!-- cut -->\nThree").excerpt.count("<p>") == 2
    (tmp_path / "_config.yml").write_text("excerpt_separator: ''\n")
    assert document(tmp_path, "One\n\nTwo\n").excerpt == ""


def test_page_without_title_takes_its_first_heading_then_its_name(tmp_path: Path) -> None:
    assert document(tmp_path, "---\n---\n# The *tide*\n\nText\n", "a-page.md").title == "The tide"
    assert document(tmp_path, "---\n---\n## Second level\n", "a-page.md").title == "A Page"
    assert document(tmp_path, "---\n---\nText\n", "docs/old_notes/index.md").title == "Old Notes"


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("author: Mara Lindqvist", ("Mara Lindqvist",)),
        ("author: {name: Mara, url: x}", ("Mara",)),
        ("authors: [mara, Someone Else]", ("Mara Lindqvist", "Someone Else")),
        ("author: [1, null]", ()),
    ],
)
def test_authors_come_from_every_spelling(tmp_path: Path, front: str, names: tuple[str, ...]) -> None:
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "authors.yml").write_text("mara: {name: Mara Lindqvist}\n")
    assert document(tmp_path, f"---\n{front}\n---\nx\n").authors == names


@pytest.mark.parametrize(
    "front", ["image: /a.png", "image: {path: /a.png}", "cover: /a.png", "header: {teaser: /a.png}", "image: [/a.png]"]
)
def test_cover_comes_from_every_spelling(tmp_path: Path, front: str) -> None:
    assert document(tmp_path, f"---\n{front}\n---\nx\n").image == "/a.png"


def test_description_is_one_line(tmp_path: Path) -> None:
    assert document(tmp_path, "---\ndescription: |\n  A\n  b\n---\nx\n").description == "A b"


# Bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"---\ntitle: x\n---\nok\nbad \xff\xfe\n", "not-utf-8", 5),
        (b"---\ntitle: \xe4\n---\nok\n", "bad-front-matter", 2),
        (b"ok\n\nM\xfcnchen\n", "not-utf-8", 3),
        (b"ok\n\xed\xa0\x80\n", "not-utf-8", 2),
        (b"ok\n\xf0\x9f", "not-utf-8", 2),
        (b"---\ntitle: x\n---\na\nb\0c\n", "binary-file", 5),
        (b"---\ntitle: [\n---\nok\n", "bad-front-matter", 3),
        (b"---\n- a\n---\nok\n", "bad-front-matter", 2),
    ],
    ids=["bytes", "in-front-matter", "latin-1", "surrogate", "cut", "zero", "yaml", "list"],
)
def test_bad_bytes_reject_the_document_with_their_line(tmp_path: Path, data: bytes, code: str, line: int) -> None:
    found = document(tmp_path, data)
    assert found.rejected
    assert found.nodes == ()
    assert [(problem.severity, problem.code) for problem in found.problems] == [("error", code)]
    assert found.problems[0].line == line
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_huge_file_is_rejected(tmp_path: Path) -> None:
    found = document(tmp_path, b"x" * (8 * 1024 * 1024 + 1))
    assert [problem.code for problem in found.problems] == ["file-too-large"]


def test_file_that_vanishes_is_rejected(tmp_path: Path) -> None:
    document(tmp_path, "x")
    with open_source(tmp_path) as source:
        (tmp_path / source.files[0].path).unlink()
        found = convert(source.files[0], source.site_context(NOW))
    assert [problem.code for problem in found.problems] == ["unreadable-file"]


def test_file_that_turns_into_a_pipe_does_not_block(tmp_path: Path) -> None:
    document(tmp_path, "x")
    with open_source(tmp_path) as source:
        (tmp_path / source.files[0].path).unlink()
        os.mkfifo(tmp_path / source.files[0].path)
        found = convert(source.files[0], source.site_context(NOW))
    assert [problem.code for problem in found.problems] == ["unreadable-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_rejected(tmp_path: Path) -> None:
    document(tmp_path, "x")
    (tmp_path / "_posts" / "2020-01-02-a.md").chmod(0)
    assert [problem.code for problem in document(tmp_path, "x").problems] == ["unreadable-file"]


# Worker processes --------------------------------------------------------------------------------------------------


def posts(root: Path, bodies: dict[str, str]) -> Path:
    (root / "_posts").mkdir()
    for name, body in bodies.items():
        (root / "_posts" / f"2020-01-02-{name}.md").write_text(body)
    return root


def outcomes(documents: list[Document]) -> dict[str, str]:
    return {
        Path(found.path).stem.removeprefix("2020-01-02-"): found.problems[0].code if found.rejected else "ok"
        for found in documents
    }


def test_one_bad_document_never_stops_the_rest(tmp_path: Path) -> None:
    bodies = {
        "a-good": "Good\n",
        "b-loops": "{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}",
        "c-eats": '{% assign s = "xxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}',
        "d-writes": "{% for i in (1..10000000) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}",
        "e-nests": ">" * 100_000 + " x\n",
        "f-good": "Also good\n",
    }
    with open_source(posts(tmp_path, bodies)) as source:
        limits = Limits(cpu_seconds=3, wall_seconds=20, memory=192 * 1024 * 1024)
        found = list(in_workers(convert, rejected, source, source.files, 2, limits))
    assert [document.path for document in found] == [file.path for file in source.files]
    result = outcomes(found)
    assert (result["a-good"], result["f-good"]) == ("ok", "ok")
    assert result["b-loops"] == "took-too-long"
    assert result["c-eats"] in ("too-much-memory", "took-too-long")
    assert result["d-writes"] in ("too-much-output", "too-much-memory", "took-too-long")
    assert all(document.sha256 == "" or len(document.sha256) == 64 for document in found)


def misbehave(file: SourceFile, site: SiteContext) -> Document:
    """Stands in for a conversion that goes wrong in the ways a process can."""
    if "dies" in file.path:
        os._exit(9)
    if "sleeps" in file.path:
        time.sleep(60)
    if "raises" in file.path:
        raise KeyError("oops")
    if "recurses" in file.path:
        return misbehave(file, site)
    return Document(path=file.path, kind=file.kind, sha256="0" * 64)


def test_every_way_a_worker_can_fail_rejects_only_its_document(tmp_path: Path) -> None:
    names = ["a", "b-dies", "c-sleeps", "d-raises", "e-recurses", "f"]
    with open_source(posts(tmp_path, dict.fromkeys(names, "x"))) as source:
        limits = Limits(wall_seconds=2)
        found = list(in_workers(misbehave, rejected, source, source.files, 2, limits))
    assert outcomes(found) == {
        "a": "ok",
        "b-dies": "worker-died",
        "c-sleeps": "took-too-long",
        "d-raises": "not-converted",
        "e-recurses": "nested-too-deeply",
        "f": "ok",
    }


def test_documents_keep_the_order_of_the_source(tmp_path: Path) -> None:
    bodies = {f"{number:02}": "x\n" * (4000 if number % 3 == 0 else 1) for number in range(24)}
    with open_source(posts(tmp_path, bodies)) as source:
        assert [document.path for document in convert_all(source, 2)] == [file.path for file in source.files]


def test_only_the_files_asked_for_are_converted(tmp_path: Path) -> None:
    with open_source(posts(tmp_path, {"a": "x", "b": "{% post_url 2020-01-02-a %}"})) as source:
        found = list(convert_all(source, files=source.files[1:]))
        assert list(convert_all(source, files=())) == []
    assert [document.nodes[0].source for document in found] == ["/2020/01/02/a.html"]


def test_the_server_of_the_workers_loads_the_conversion() -> None:
    assert convert.__module__ == markup_worker.PRELOADED


def test_reader_may_stop_early(tmp_path: Path) -> None:
    with open_source(posts(tmp_path, {str(number): "x" for number in range(30)})) as source:
        documents = convert_all(source, 1)
        assert next(documents).path == source.files[0].path
        documents.close()


def test_refused_file_is_a_rejected_document(tmp_path: Path) -> None:
    problem = Problem(Severity.ERROR, "not-a-file", "is a pipe")
    file = SourceFile("a.md", tmp_path / "a.md", "page", refused=problem)
    with open_source(posts(tmp_path, {"a": "x"})) as source:
        assert convert(file, source.site_context(NOW)).problems == (problem,)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not here")
def test_seed_documents() -> None:
    with open_source(SEEDS) as source:
        post, page, interview = convert_all(source)
    assert (post.url, post.title, post.categories) == (
        "/ds/job/2019/12/29/eight-months-at-scalarr.html",
        "Eight months at Scalarr",
        ("DS", "Job"),
    )
    assert post.date == datetime(2019, 12, 29, 15, 13, 54, tzinfo=UTC)
    assert post.excerpt.endswith("<p>More details described here.</p>")
    assert NodeKind.EMBED in {node.kind for node in post.nodes}
    assert (page.url, page.title, page.listing) == ("/prof-exp/", "Professional Experience", False)
    assert (interview.kind, interview.url, interview.date) == ("interview", "", datetime(2020, 2, 25, tzinfo=UTC))
    assert len([turn for turn in interview.interview.turns if turn.kind == "question_answer"]) == 9
    for found in (post, page):
        assert_covers(found, (SEEDS / found.path).read_bytes())
