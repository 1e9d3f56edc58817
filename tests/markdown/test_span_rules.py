"""How texts are searched for what may begin a span."""

import re

import pytest

from portfolio.markdown.kramdown.span_state import _places
from portfolio.markdown.kramdown.spans import span_rules
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html


@pytest.mark.parametrize("rule", span_rules(Options()), ids=lambda rule: rule.name)
def test_hints_begin_with_a_plain_character(rule):
    """A set, a group or an optional part in front makes the search try every hint at every letter of a text."""
    for alternative in re.split(r"(?<!\\)\|", rule.hint):
        assert re.match(r"\\[^\w]|[^\\.^$*+?{}\[\]()|]", alternative), alternative


def test_rules_are_looked_up_and_not_compared():
    """There are thousands of look-ups in a text; rules compared by what they hold made them a tenth of its time."""
    rules = span_rules(Options())
    assert rules is span_rules(Options(footnote_start=3))
    assert all(type(rule).__hash__ is object.__hash__ for rule in rules)
    assert _places(rules, None) is _places(rules, None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('say "yes"', "say “yes”"),
        ('"yes" "no"', "“yes” “no”"),
        ('*"a"*"b"', "<em>“a”</em>“b”"),
        ("a\\'b' 'c'", "a'b’ ‘c’"),
        ("('90s) ''", "(‘90s) ‘’"),
        ("so >>a<< it", "so\N{NO-BREAK SPACE}»a«\N{NO-BREAK SPACE}it"),
    ],
)
def test_what_stands_before_a_quotation_mark_decides_what_it_becomes(text, shown):
    assert to_html(text, Options()) == f"<p>{shown}</p>\n"
