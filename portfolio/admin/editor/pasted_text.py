"""Form of a pasted text whose parts are recognised and corrected before drafts are made of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

LONGEST = 300_000  # characters, some fifty thousand words


class PastedTextField(forms.CharField):
    """A long text with its line endings as ``\\n``, which browsers send as ``\\r\\n``.

    Its length is limited by a validator alone: with a ``max_length`` the browser would cut what is pasted in silence.
    """

    widget = forms.Textarea(attrs={"rows": 12})

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(strip=False, validators=[MaxLengthValidator(longest)], **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class PastedTextForm(forms.Form):
    """A subclass has the ``text``. ``parsed_text`` is the one that the kinds in the form belong to."""

    parsed_text = PastedTextField(longest=LONGEST, required=False, widget=forms.HiddenInput)

    @property
    def is_parsed(self) -> bool:
        """Whether the kinds belong to this text: with another they mean nothing."""
        return bool(self.cleaned_data["text"] == self.cleaned_data["parsed_text"])
