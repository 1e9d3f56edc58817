import re

import pytest

from portfolio.markdown.notes import join_notes
from portfolio.markdown.render import note_html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[^1]: Read *twice*.\n", "<p>Read <em>twice</em>.</p>\n"),
        ("[^a]:\n\n    One.\n\n    Two.\n", "<p>One.</p>\n\n<p>Two.</p>\n"),
        ("[a]: https://tides.example/\n", ""),
        ("Text.\n", ""),
    ],
)
def test_a_note_by_itself(source, html):
    assert note_html(source) == html


def test_a_note_and_its_first_mark_have_one_name_for_the_style_sheet():
    html = (
        '<sup id="fnref:ebb-tide"><a href="#fn:ebb-tide">1</a></sup> <sup id="fnref:ö.b">2</sup> '
        '<sup id="fnref:ebb-tide:1">1</sup> <a id="fnref7" href="#fn7">3</a> <p id="fnord">no note</p>'
        '<li id="fn:ebb-tide">a</li> <li id="fn:ö.b">b</li> <li id="fn7">c</li>'
    )
    named = re.findall(r'id="([^"]+)" data-note="([^"]+)"', join_notes(html))
    assert named == [
        ("fnref:ebb-tide", "--note-ebb-tide"),
        ("fnref:ö.b", "--note-_f6__2e_b"),
        ("fnref7", "--note-7"),
        ("fn:ebb-tide", "--note-ebb-tide"),
        ("fn:ö.b", "--note-_f6__2e_b"),
        ("fn7", "--note-7"),
    ]
