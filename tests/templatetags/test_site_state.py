"""Parts that are the same for a version of the site."""

from __future__ import annotations

import pytest
from django.utils.safestring import SafeString

from portfolio.templatetags.site_state import without_indent


@pytest.mark.parametrize(
    ("html", "sent"),
    [
        ("<ul>\n\n    <li>a\n     b</li>\n  </ul>\n", "<ul>\n<li>a\nb</li>\n</ul>\n"),
        ("<pre>\n    a\n\n    b</pre>", "<pre>\n    a\n\n    b</pre>"),
        ('<span class="tex">a\n  b</span>', '<span class="tex">a\n  b</span>'),
    ],
)
def test_indentation_is_not_sent_where_it_means_nothing(html: str, sent: str) -> None:
    shorter = without_indent(SafeString(html))
    assert (shorter, type(shorter)) == (sent, SafeString)
