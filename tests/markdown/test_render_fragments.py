"""Parts of one document that stand on a page between other blocks."""

from portfolio.markdown.fragments import Heading
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.render import render_fragments, to_html

KRAMDOWN = Options()


def test_links_defined_in_a_later_fragment_serve_an_earlier_one():
    html = render_fragments(["See [the log].\n", "[the log]: /log\n"], KRAMDOWN).html
    assert html[0] == '<p>See <a href="/log">the log</a>.</p>\n'
    assert html[1].strip() == ""


def test_abbreviations_are_shared():
    html = render_fragments(["An ADCP.\n", "*[ADCP]: a profiler\n"], KRAMDOWN).html
    assert '<abbr title="a profiler">ADCP</abbr>' in html[0]


def test_footnotes_are_numbered_through_and_listed_once():
    fragments = render_fragments(["A[^a].\n", "B[^b] and A again[^a].\n\n[^a]: One.\n[^b]: Two.\n"], KRAMDOWN)
    assert 'href="#fn:a" class="footnote" rel="footnote">1</a>' in fragments.html[0]
    assert 'href="#fn:b" class="footnote" rel="footnote">2</a>' in fragments.html[1]
    assert 'id="fnref:a:1"' in fragments.html[1]
    assert "footnotes" not in "".join(fragments.html)
    assert fragments.footnotes.count("<li ") == 2
    assert fragments.footnotes.index("One.") < fragments.footnotes.index("Two.")


def test_without_footnotes_the_list_is_empty():
    assert render_fragments(["Text.\n"], KRAMDOWN).footnotes == ""


def test_contents_list_the_headings_of_the_page_in_order():
    headings = [Heading(2, "a", "A & co"), Heading(3, "b", "B"), Heading(2, "z", "Z", fragments_before=2)]
    html = render_fragments(["* x\n{:toc}\n", "## Middle\n"], KRAMDOWN, headings).html
    places = [html[0].index(f'href="#{identity}"') for identity in ("a", "b", "middle", "z")]
    assert places == sorted(places)
    assert ">A &amp; co</a>" in html[0]


def test_ids_of_fragments_keep_clear_of_the_headings_of_the_page():
    assert 'id="a-1"' in render_fragments(["## A\n"], KRAMDOWN, [Heading(2, "a", "A")]).html[0]


def test_no_fragments():
    fragments = render_fragments([], KRAMDOWN, [Heading(2, "a", "A")])
    assert (fragments.html, fragments.footnotes) == ((), "")


def test_goldmark_fragments_share_links():
    html = render_fragments(["See [the log].\n", "[the log]: /log\n"], Options(flavour=Flavour.GOLDMARK)).html
    assert html[0] == '<p>See <a href="/log">the log</a>.</p>\n'


def test_formula_in_text_is_marked_tex():
    html = to_html("So $$a < b$$ it is.\n\n$$\nc\n$$\n", KRAMDOWN)
    assert '<p>So <code class="tex" data-math="a &lt; b">a &lt; b</code> it is.</p>' in html
    assert '<code class="tex display" data-math="c">c</code>\n' in html


def test_heading_ids_can_be_switched_off():
    assert to_html("# A\n", Options(auto_ids=False)) == "<h1>A</h1>\n"


def test_smart_quotes_can_be_switched_off():
    assert to_html('"a"\n', Options(smart_quotes=False)) == '<p>"a"</p>\n'


def test_every_line_end_breaks_when_asked():
    assert to_html("a\nb\n", Options(hard_wrap=True)) == "<p>a<br />\nb</p>\n"


def test_the_other_parser_of_kramdown_knows_no_backtick_fence_and_no_github_id():
    html = to_html("# 1. A\n\n```\nx\n```\n", Options(gfm=False))
    assert html.startswith('<h1 id="a">1. A</h1>')
    assert "<pre" not in html


def test_goldmark_follows_commonmark():
    assert to_html("2019. It was.\n", Options(flavour=Flavour.GOLDMARK)).startswith('<ol start="2019">')
    assert to_html("text\n2019. It was.\n", Options(flavour=Flavour.GOLDMARK)) == "<p>text\n2019. It was.</p>\n"
