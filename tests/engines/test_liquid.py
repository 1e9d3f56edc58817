"""Liquid as Jekyll has it. What the tags and filters give is compared with Jekyll's own output."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.documents.front_matter import split_front_matter
from portfolio.documents.template_comments import restore_tags
from portfolio.engines import open_source
from portfolio.engines.expanded_text import ExpandedText, SourceMap
from portfolio.engines.jekyll.liquid import environment as liquid_environment
from portfolio.engines.jekyll.liquid.render import TooMuchOutput, render_liquid
from portfolio.engines.jekyll.liquid.state import LiquidContext

SITES = Path(__file__).parent / "jekyll_sites"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text("title: Tides\nbaseurl: /lab\n")
    (tmp_path / "page.md").write_text("---\ntitle: A page\n---\n")
    (tmp_path / "_includes").mkdir()
    return tmp_path


def render(root: Path, text: str, path: str = "page.md") -> ExpandedText:
    with open_source(root) as source:
        return render_liquid(text, LiquidContext(source.site_context(NOW), {}, path))


def test_every_document_of_the_liquid_site_is_as_jekyll_renders_it() -> None:
    wanted = json.loads((SITES / "expected" / "liquid.json").read_text(encoding="utf-8"))
    with open_source(SITES / "liquid") as source:
        site = source.site_context(NOW)
        for file in source.files:
            data = file.absolute.read_bytes()
            body = data[split_front_matter(data).body_start :].decode()
            result = render_liquid(body, LiquidContext(site, {}, file.path))
            assert (result.text, result.problems) == (wanted[file.path]["text"], ()), file.path


def test_text_without_liquid_is_not_touched(root: Path) -> None:
    result = render(root, "a { b } % c")
    assert result.text == "a { b } % c"
    assert [fragment.literal for fragment in result.fragments] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "a {{ page.title }} b",
        "{% assign x = 1 %}\n\nText {{ x }}{% if x %} yes {% endif %}\n",
        "a {%- if true -%} b {%- endif -%} c",
        "a {% raw %}{{ x }}{% endraw %} b",
        "{%- comment -%} x {%- endcomment -%}  y",
        "{% youtube abc %} text {% unknown %}inner{% endunknown %}",
        "Größe {{ page.title }} 😀 {% assign a = 1 -%}  \n end\n",
    ],
)
def test_fragments_cover_both_texts_without_a_gap(root: Path, text: str) -> None:
    result = render(root, text)
    end = source_end = 0
    for fragment in result.fragments:
        assert (fragment.start, fragment.source_start) == (end, source_end)
        end, source_end = fragment.end, fragment.source_end
        if fragment.literal:
            assert result.text[fragment.start : fragment.end] == text[fragment.source_start : fragment.source_end]
    assert (end, source_end) == (len(result.text), len(text))


def test_boundary_inside_output_belongs_to_what_stands_before(root: Path) -> None:
    (root / "_includes" / "two.md").write_text("one\n\ntwo")
    text = "a\n\n{% include two.md %}\n\nb"
    result = render(root, text)
    assert result.text == "a\n\none\n\ntwo\n\nb"
    source = SourceMap(result.fragments)
    assert [text[: source.boundary(result.text.index(word))] for word in ("one", "two", "b")] == [
        "a\n\n",
        "a\n\n{% include two.md %}",
        "a\n\n{% include two.md %}\n\n",
    ]
    assert text[source.place(result.text.index("two")) :].startswith("{% include")


def test_unknown_tags_stay_as_comments_and_are_reported_with_their_line(root: Path) -> None:
    text = 'a\n\n{% youtube "abc" --large %}\n{% figure x %}\n*inner*\n{% endfigure %}\n'
    result = render(root, text)
    assert "\n\n<!-- {% figure x %} -->\n\n*inner*\n\n<!-- {% endfigure %} -->\n\n" in result.text
    assert result.text.count("--") == 6
    apart = 'a\n\n{% youtube "abc" --large %}\n\n{% figure x %}\n\n*inner*\n\n{% endfigure %}\n\n'
    assert restore_tags(result.text) == apart
    assert [(p.severity, p.code, p.line) for p in result.problems] == [
        ("warning", "unknown-tag", 3),
        ("warning", "unknown-tag", 4),
    ]


def test_unknown_tag_inside_a_loop_is_reported_once(root: Path) -> None:
    result = render(root, "{% for i in (1..3) %}\n{% gist {{ i }} %}{% endfor %}")
    assert result.text.count("{% gist") == 3
    assert [(p.code, p.line) for p in result.problems] == [("unknown-tag", 2)]


def test_unknown_filter_leaves_the_value_and_is_reported(root: Path) -> None:
    result = render(root, "\n{{ 'x' | sparkle: 1 }}")
    assert result.text == "\nx"
    assert [(p.code, p.line) for p in result.problems] == [("unknown-filter", 2)]


@pytest.mark.parametrize(
    "name", ["none.html", "../page.md", "/etc/passwd", "..//..//page.md", "a b.html", "{{ nothing }}", "out.html"]
)
def test_include_that_is_not_there_stays_and_is_reported(root: Path, name: str) -> None:
    (root / "_includes" / "out.html").symlink_to("/etc/hostname")
    text = f"a\n{{% include {name} %}}\n"
    result = render(root, text)
    assert result.text == f"a\n<!-- {{% include {name} %}} -->\n"
    assert [(p.severity, p.code, p.line) for p in result.problems] == [("warning", "missing-include", 2)]


def test_relative_include_stays_in_the_source(root: Path) -> None:
    (root.parent / "secret.md").write_text("hidden words")
    (root / "docs").mkdir()
    (root / "docs" / "part.md").write_text("part")
    assert render(root, "{% include_relative part.md %}", "docs/a.md").text == "part"
    assert "hidden" not in render(root, "{% include_relative ../secret.md %}").text


def test_include_that_includes_itself_ends(root: Path) -> None:
    (root / "_includes" / "loop.html").write_text("x{% include loop.html %}")
    result = render(root, "{% include loop.html %}")
    assert result.text == "{% include loop.html %}"
    assert [problem.code for problem in result.problems] == ["liquid-error"]


def test_variables_set_in_an_include_are_seen_after_it(root: Path) -> None:
    (root / "_includes" / "set.html").write_text('{% assign x = include.a | append: "!" %}')
    assert render(root, '{% include set.html a="hi" %}{{ x }}').text == "hi!"


def test_link_to_a_missing_document_stays_and_is_reported(root: Path) -> None:
    text = "[a]({% post_url 2020-01-01-nope %}) [b]({% link nope.md %})"
    result = render(root, text)
    assert result.text == text
    assert [problem.code for problem in result.problems] == ["missing-link-target"] * 2


def test_links_know_the_base_path_and_files(root: Path) -> None:
    (root / "assets").mkdir()
    (root / "assets" / "a.pdf").write_bytes(b"x")
    assert render(root, "{% link page.md %} {% link assets/a.pdf %}").text == "/lab/page.html /lab/assets/a.pdf"


def test_the_base_path_is_not_written_twice_where_the_author_wrote_it_too(root: Path) -> None:
    """As the old engine, Jekyll 3, had it: there the tag itself brought none."""
    text = "[a]({{ site.baseurl }}{% link page.md %}) [b](/lab{% link page.md %}) {% link page.md %}"
    assert render(root, text).text == "[a](/lab/page.html) [b](/lab/page.html) /lab/page.html"


def test_link_does_not_look_outside_the_source(root: Path) -> None:
    assert "{% link" in render(root, "{% link ../../../etc/passwd %}").text


def test_highlight_keeps_the_code(root: Path) -> None:
    result = render(root, '{% highlight c++ linenos hl_lines="1 3" %}\nif (a < b && c) { "x"; }\n\n{% endhighlight %}')
    assert result.text == (
        '\n<figure class="highlight linenos" data-highlight="1,3"><pre><code class="language-c--" data-lang="c++">'
        'if (a &lt; b &amp;&amp; c) { "x"; }</code></pre></figure>\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{Tide|high|at the pier|noon}} b", "a  b"),
        ("{{ 'a b' nonsense }}", "a b"),
        ("{{ 'x' | upcase | nope: 3 foo }}", "X"),
        ("{{ x.y | }}", ""),
        ("{{ }}", ""),
        ("{{ a b c }}", ""),
        ("{{{ a }}}", "}"),
        ("{{ 'q' | append: 'z' | }}", "qz"),
        ("{% assign a = 'x' | upcase foo bar %}{{ a }}", "X"),
        ("{% assign a = 'c,b,a' | split: ',' %}{% for n in a | sort %}{{ n }}{% endfor %}", "cba"),
        ("{% assign a = 'c,b,a' | split: ',' %}{% for n in a reversed | sort limit:2 %}{{ n }}{% endfor %}", "bc"),
        ("{% for n in (1..3) | x %}{{ n }}{% else %}none{% endfor %}", "123"),
        ("{% if true %}{{#1}}{{!note}}y{% endif %}", "y"),
    ],
)
def test_what_is_no_proper_liquid_is_read_as_ruby_reads_it(root: Path, text: str, expected: str) -> None:
    """Expected output is that of Ruby's Liquid 5.4 in its lax mode."""
    result = render(root, text)
    assert result.text == expected
    assert "lax-liquid" in {problem.code for problem in result.problems}


def test_an_argument_with_a_name_is_a_mapping_as_in_ruby(root: Path) -> None:
    """Expected output is that of Ruby's Liquid 5.4."""
    text = "{% assign a = none | default: site:title %}{{ list[a] | default: 'b' }} {{ 'q' | default: k:1 }}"
    assert render(root, text).text == "b q"


@pytest.mark.parametrize("text", ["a {{ b", "a {% b", "{% if x %}never closed", "{% highlight %}x{% endhighlight %}"])
def test_broken_liquid_is_reported_and_nothing_is_lost_silently(root: Path, text: str) -> None:
    result = render(root, text)
    assert {problem.code for problem in result.problems} <= {"liquid-syntax", "liquid-error"}
    assert result.problems
    assert result.text == text


def test_mistake_in_an_expression_is_reported_with_its_line(root: Path) -> None:
    result = render(root, "a\nb {{ 'x' | divided_by: 0 }} c")
    assert result.text == "a\nb {{ 'x' | divided_by: 0 }} c"
    assert [(p.code, p.line) for p in result.problems] == [("liquid-error", 2)]


def test_documents_do_not_see_each_others_problems(root: Path) -> None:
    assert render(root, "{% nope %}").problems
    assert render(root, "{{ 'fine' }}").problems == ()


def test_last_line_break_survives_a_trimming_tag(root: Path) -> None:
    assert render(root, "{% if true -%} a\n{% endif -%} b\n").text == "a\nb\n"


def test_values_may_be_named_like_words_of_liquid(root: Path) -> None:
    (root / "_data").mkdir()
    (root / "_data" / "words.yml").write_text("limit: 1\nfor: {in: 2}\nempty: 3\nlimits: 4\n")
    text = "{% assign w = site.data.words %}{{ w.limit }}{{ w.for.in }}{{ w.empty }}{{ w.limits }}{{ 'a.for' }}"
    text += "{% for i in (1..w.for.in) %}{{ i }}{% endfor %}"
    assert render(root, text).text == "1234a.for12"


def test_output_is_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liquid_environment.JekyllEnvironment, "output_stream_limit", 10_000)
    with pytest.raises(TooMuchOutput):
        render(root, "{% for i in (1..1000000000) %}xxxxxxxxxx{% endfor %}")


def test_drafts_are_not_among_the_posts(root: Path) -> None:
    (root / "_posts").mkdir()
    (root / "_drafts").mkdir()
    (root / "_posts" / "2020-01-01-a.md").write_text("A")
    (root / "_posts" / "2030-01-01-b.md").write_text("B")
    (root / "_posts" / "2020-01-02-c.md").write_text("---\npublished: false\n---\nC")
    (root / "_drafts" / "d.md").write_text("D")
    assert render(root, "{{ site.posts | map: 'title' | join: ',' }}").text == "A"


def test_data_files_that_cannot_be_read_are_left_out(root: Path) -> None:
    (root / "_data").mkdir()
    (root / "_data" / "good.yml").write_text("a: 1")
    (root / "_data" / "bad.yml").write_text("a: [")
    (root / "_data" / "out.yml").symlink_to("/etc/hostname")
    assert render(root, "{{ site.data.good.a }}{{ site.data.bad }}{{ site.data.out }}").text == "1"


def test_neighbours_of_a_post(root: Path) -> None:
    (root / "_posts").mkdir()
    for day in (1, 2, 3):
        (root / "_posts" / f"2020-01-0{day}-p{day}.md").write_text("x")
    text = "{{ page.previous.title }} {{ page.title }} {{ page.next.title }}{{ page.next.next.title }}"
    assert render(root, text, "_posts/2020-01-02-p2.md").text == "P1 P2 P3"
