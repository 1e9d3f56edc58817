"""Texts that are pasted into the forms of interviews and work histories."""

from __future__ import annotations

import pytest

from portfolio.admin.editor.pasted_text import PastedTextField, PastedTextForm


class ShortForm(PastedTextForm):
    text = PastedTextField(longest=5)


@pytest.mark.parametrize(
    ("text", "is_valid"), [("a\nb\nc", True), ("a\r\nb\r\nc", True), ("a\nb\nc\n", False), ("", False)]
)
def test_line_endings_of_browsers_do_not_count(text: str, is_valid: bool) -> None:
    assert ShortForm({"text": text}).is_valid() is is_valid


def test_the_browser_cuts_nothing() -> None:
    assert "maxlength" not in str(ShortForm()["text"])


def test_kinds_belong_to_the_same_text_whatever_its_line_endings() -> None:
    for parsed, is_parsed in (("a\nb", True), ("a\r\nb", True), ("a b", False)):
        form = ShortForm({"text": "a\r\nb", "parsed_text": parsed})
        assert form.is_valid()
        assert form.is_parsed is is_parsed
