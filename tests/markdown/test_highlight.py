import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers

from portfolio.markdown.highlight import MAX_HIGHLIGHTED_LENGTH, highlight


def text_of(markup):
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_tokens_carry_short_class_names():
    assert '<span class="k">def</span>' in highlight("def f(): pass", "python")


@pytest.mark.parametrize("language", ["", "text", "plaintext", "no such language", "../etc", "a" * 500])
def test_unknown_language_is_escaped_text(language):
    assert highlight("a < b & c", language) == "a &lt; b &amp; c"


@given(
    code=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r")),
    language=st.sampled_from(["python", "ruby", "html", "yaml", "bash", "liquid", "json", "sql", "diff"]),
)
@settings(max_examples=150, deadline=None)
def test_the_code_is_never_changed(code, language):
    assert text_of(highlight(code, language)) == code


@pytest.mark.parametrize("code", ["1> c(tide).\nok\n2> tide:high().\n{ok,1}", "$ make\n\nready\n", ">>> a < b\n\nTrue"])
def test_no_lexer_loses_a_line(code):
    names = [aliases[0] for _, aliases, _, _ in get_all_lexers(plugins=False) if aliases]
    assert [name for name in names if text_of(highlight(code, name)) != code] == []
    assert "<span" in highlight(code, "erl")


def test_lines_are_stressed():
    markup = highlight("a = 1\nb = 2\nc = 3\nd = 4", "python", "2,4-9").split("\n")
    assert [line.startswith('<span class="hll">') for line in markup] == [False, True, False, True]


def test_a_token_over_lines_stays_well_formed_when_stressed():
    markup = highlight('x = """a\nb\n"""', "python", "2").split("\n")
    assert all(line.count("<span") == line.count("</span>") for line in markup)


@pytest.mark.parametrize("lines", ["x", "0", "-1", "9-2", "1-99999999999", ",,", "²"])
def test_odd_line_numbers_are_left_out(lines):
    assert text_of(highlight("a\nb", "python", lines)) == "a\nb"


def test_a_very_long_listing_is_plain():
    code = "x = 1\n" * (MAX_HIGHLIGHTED_LENGTH // 6 + 1)
    assert highlight(code, "python") == code
