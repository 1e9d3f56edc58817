import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.markdown.maths import mathml
from portfolio.markdown.text import WORDS_PER_MINUTE, elements, has_visible_text, reading_minutes, visible_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b>three</p><p>four</p>", "One twothree four"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("a<br>b<br/>c", "a b c"),
        ("AT&amp;T &copy;&nbsp;2020", "AT&T © 2020"),
        ("<script>x</script>a<style>y</style><template>z</template>", "a"),
        ("a <!-- b --> c", "a c"),
        ("<td>a</td><td>b</td>", "a b"),
        ("1 < 2", "1 < 2"),
        ("<iframe src=x>fallback</iframe>a", "a"),
        ('<img alt="x">a', "a"),
        ("", ""),
    ],
)
def test_visible_text(html, text):
    assert visible_text(html) == text
    assert has_visible_text(html) == bool(text)


def test_tex_of_a_formula_is_not_read():
    assert visible_text(mathml("x^2", display=False)) == "x2"


@given(st.text())
def test_any_text_is_read(html):
    assert visible_text(html) == " ".join(visible_text(html).split())
    assert has_visible_text(html) == bool(visible_text(html))


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (10, 1), (3 * WORDS_PER_MINUTE, 3)])
def test_reading_minutes(words, minutes):
    assert reading_minutes("it's " * words) == minutes


def test_characters_of_dense_scripts_count_half():
    assert reading_minutes("潮" * 4 * WORDS_PER_MINUTE) == 2


def test_elements_are_named_as_they_begin():
    assert elements('<div><p>a <b>b</b><br></p><!-- <i> --><IMG src="x"></div>') == ["div", "p", "b", "br", "img"]
