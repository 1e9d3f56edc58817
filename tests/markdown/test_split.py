"""The row of nodes that covers a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.markdown.nodes import Flavour, NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.split import split

KRAMDOWN = Options()
GOLDMARK = Options(flavour=Flavour.GOLDMARK)
FLAVOURS = pytest.mark.parametrize("options", [KRAMDOWN, GOLDMARK], ids=["kramdown", "goldmark"])

# Lines that mean something, so that chance meets the rules more often than with letters alone.
LINES = st.sampled_from(
    """
- item
  - nested
1. one
> quote
# Title
Title
===
---
***
```ruby
```
~~~
    code
\tcode
a | b
-|-
{: .x}
{:toc}
* toc
[^n]: note
see[^n]
[l]: /x
*[AB]: c
$$
$$x$$
<div>
</div>
<div markdown="1">
<b>
<!-- c -->
<iframe src="https://player.vimeo.com/video/1"></iframe>
: meaning
^
{::comment}
{:/comment}
![i](p.png)
"a" **b**
   \t
\u00a0
[a](b
<a href='
""".split("\n")
)
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="ab \t\n\r#*_`~-+>|[](){}<>:.!^$\"'\\&=1"),
    st.lists(LINES).map("\n".join),
    st.lists(LINES).map("\r\n".join),
)


def kinds(text, options=KRAMDOWN):
    return [node.kind.value for node in split(text, options)]


def only(text, options=KRAMDOWN):
    (node,) = split(text, options)
    return node


@FLAVOURS
@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_nodes_join_to_the_text(options, text):
    nodes = split(text, options)
    assert "".join(text[node.start : node.end] for node in nodes) == text
    assert [node.start for node in nodes[1:]] == [node.end for node in nodes[:-1]]


@FLAVOURS
def test_empty_text_has_no_nodes(options):
    assert split("", options) == ()


@FLAVOURS
def test_blank_text_is_one_hidden_node(options):
    node = only("\n \n", options)
    assert (node.kind, node.start, node.end) == (NodeKind.HIDDEN, 0, 3)


@FLAVOURS
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_spans_hold_for_every_line_end(options, end):
    text = end.join(["", "", "One", "two", "", "# Three", "", "- four", "- five"])
    nodes = split(text, options)
    assert [node.line for node in nodes] == [3, 6, 8]
    assert [text[node.start : node.end].strip() for node in nodes] == [f"One{end}two", "# Three", f"- four{end}- five"]


def test_missing_final_newline_changes_nothing_shown():
    assert [node.html for node in split("a\n\n- b", KRAMDOWN)] == [node.html for node in split("a\n\n- b\n", KRAMDOWN)]


def test_excerpt_separator_is_hidden():
    assert kinds("Intro.\n\n<!--more-->\n\nRest.\n") == ["prose", "hidden", "prose"]


def test_excerpt_separator_after_a_space_is_hidden():
    assert kinds("Intro.\n\n <!--more-->\n\nRest.\n") == ["prose", "hidden", "prose"]


def test_frame_after_a_paragraph_is_an_embed():
    nodes = split('Tuned.\n<iframe src="https://x.example/e" title="T" width="5"></iframe>\n', KRAMDOWN)
    assert [node.kind for node in nodes] == [NodeKind.PROSE, NodeKind.EMBED]
    assert nodes[1].data == {"src": "https://x.example/e", "title": "T", "width": "5", "height": ""}
    assert nodes[1].line == 2


def test_heading_tells_level_text_and_id():
    node = only("### A *tidal* turn\n{: #turn}\n")
    assert node.kind is NodeKind.HEADING
    assert node.data == {"level": 3, "text": "A tidal turn", "id": "turn", "plain": False}


def test_heading_of_text_only_is_plain():
    assert only('## "Quoted" -- text\n').data["plain"] is True


@FLAVOURS
def test_fence_is_code(options):
    node = only("```python\nx = 1\n\ny = 2\n```\n", options)
    assert node.kind is NodeKind.CODE
    assert node.data == {"language": "python", "code": "x = 1\n\ny = 2"}


def test_language_below_indented_code_counts():
    assert only("    puts 1\n{: .language-ruby}\n").data == {"language": "ruby", "code": "puts 1"}


@pytest.mark.parametrize(
    "html",
    [
        '<figure class="highlight"><pre><code class="language-rb" data-lang="rb"><span class="nb">a</span> &lt; 1\n'
        "</code></pre></figure>\n",
        '<div class="language-rb highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
        "a &lt; <span>1</span>\n</code></pre></div></div>\n",
    ],
    ids=["Liquid's tag", "kramdown's own"],
)
def test_highlighted_html_is_code_again(html):
    node = only(html)
    assert node.kind is NodeKind.CODE
    assert node.data == {"language": "rb", "code": "a < 1"}


def test_listing_that_becomes_a_block_is_not_coloured_twice():
    """Its block colours it when it is shown; inside other constructs, whose HTML is all there is, it is marked."""
    text = "```python\nx = 1 < 2\n```\n"
    assert "<code>x = 1 &lt; 2\n</code>" in only(text).html
    marked = '<code data-lexer="python">x = 1 &lt; 2\n</code>'
    assert marked in only("* item\n\n  " + text.replace("\n", "\n  ")).html
    assert marked in to_html(text, KRAMDOWN)


@FLAVOURS
def test_lone_image(options):
    node = only('![The pier](pier.jpg "At dawn")\n', options)
    assert node.kind is NodeKind.IMAGE
    assert node.data == {
        "src": "pier.jpg",
        "alt": "The pier",
        "title": "At dawn",
        "caption": "",
        "link": "",
        "attributes": {},
    }


def test_linked_image_keeps_its_link_and_attributes():
    node = only("[![A](a.png){: width='20'}](big.html)\n{: .right}\n")
    assert (node.kind, node.data["link"]) == (NodeKind.IMAGE, "big.html")
    assert node.data["attributes"] == {"class": "right", "width": "20"}


def test_image_with_text_is_prose():
    assert kinds("![A](a.png) and text\n") == ["prose"]


def test_figure_is_an_image_with_caption():
    node = only('<figure>\n<img src="a.png" alt="A">\n<figcaption>By <em>day</em></figcaption>\n</figure>\n')
    assert node.kind is NodeKind.IMAGE
    assert (node.data["src"], node.data["caption"]) == ("a.png", "By <em>day</em>")


def test_figure_of_two_images_stays_html():
    assert kinds('<figure><img src="a.png"><img src="b.png"></figure>\n') == ["raw_html"]


@pytest.mark.parametrize("text", ["***\n", "---\n", "<hr>\n", "<hr />\n"])
def test_divider(text):
    assert kinds(text) == ["divider"]


def test_quote_gives_its_inside():
    assert only("> One\n>\n> Two\n").data["inner"] == "<p>One</p>\n\n  <p>Two</p>"


def test_table_gives_cells_and_alignment():
    node = only("| a | *b* |\n|--:|:-:|\n| 1 | 2 |\n| 3 | 4 |\n")
    assert node.kind is NodeKind.TABLE
    assert node.data == {
        "header": ["a", "<em>b</em>"],
        "rows": [["1", "2"], ["3", "4"]],
        "align": ["right", "center"],
    }


def test_table_without_header():
    assert only("| 1 | 2 |\n").data == {"header": [], "rows": [["1", "2"]], "align": ["", ""]}


def test_display_formula_is_maths():
    node = only("$$\nE = mc^2\n$$\n")
    assert (node.kind, node.data) == (NodeKind.MATH, {"tex": "E = mc^2"})
    assert node.html == '<code class="tex display" data-math="E = mc^2">E = mc^2</code>'


@pytest.mark.parametrize(
    "text",
    [
        "So $$a$$ it is.\n",
        "Term\n: meaning\n",
        "* x\n{:toc}\n\n",
        "- [x] done\n",
        "| a |\n|---|\n| b |\n|===|\n| c |\n",
    ],
    ids=["formula in text", "definition list", "contents", "tasks", "table with footer"],
)
def test_what_no_block_holds_is_other(text):
    assert kinds(text)[0] == "other"


def test_definitions_show_nothing():
    nodes = split("See[^1] [a] AB.\n\n[^1]: Note.\n\n[a]: /a\n\n*[AB]: ab\n\n{:x: .y}\n", KRAMDOWN)
    assert [node.kind.value for node in nodes] == ["other", *["definition"] * 4]
    assert not any(node.html for node in nodes[1:])


def test_footnotes_keep_counting_from_node_to_node():
    nodes = split("A[^a]\n\nB[^b]\n\n[^a]: x\n[^b]: y\n", KRAMDOWN)
    assert ">1</a>" in nodes[0].html
    assert ">2</a>" in nodes[1].html


def test_attribute_list_in_front_belongs_to_its_block():
    text = "One.\n\n{: .lead}\nTwo.\n"
    nodes = split(text, KRAMDOWN)
    assert text[nodes[1].start :] == "{: .lead}\nTwo.\n"
    assert nodes[1].html == '<p class="lead">Two.</p>'


def test_attribute_list_below_belongs_to_its_block():
    text = "One.\n{: .lead}\n\nTwo.\n"
    nodes = split(text, KRAMDOWN)
    assert text[nodes[0].start : nodes[0].end] == "One.\n{: .lead}\n\n"


def test_heading_ids_are_unique_in_the_text():
    assert [node.data["id"] for node in split("## A\n\n## A\n", KRAMDOWN)] == ["a", "a-1"]


def test_boxed_frame_is_an_embed():
    node = only('<div class="wide">\n<p><iframe src="https://x.example/e"></iframe></p>\n</div>\n')
    assert (node.kind, node.data["src"]) == (NodeKind.EMBED, "https://x.example/e")


def test_frame_with_a_caption_stays_html():
    assert kinds('<figure><iframe src="https://x.example/e"></iframe><p>A film</p></figure>\n') == ["raw_html"]


def test_centred_image_is_an_image():
    node = only('<center><img src="a.png" alt="A"></center>\n')
    assert (node.kind, node.data["attributes"]) == (NodeKind.IMAGE, {"align": "center"})


def test_listing_with_line_numbers_is_code():
    node = only(
        '<figure class="highlight"><pre><code class="language-rb" data-lang="rb"><table class="rouge-table"><tbody><tr>'
        '<td class="gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="code"><pre><span>a</span>\nb\n</pre>'
        "</td></tr></tbody></table></code></pre></figure>\n"
    )
    assert (node.kind, node.data) == (NodeKind.CODE, {"language": "rb", "code": "a\nb"})
