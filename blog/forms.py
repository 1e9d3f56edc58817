"""The form of an entry: who wrote it, what stands for an empty summary, and the date of one that is scheduled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from blog.new_choices import ExtendableChecklist
from portfolio.markdown.text import visible_text
from portfolio.models import Person
from portfolio.models.authors import author_for
from portfolio.validation.date_range import this_second, whole_second
from portfolio.validation.page_form import PageForm

MOST_WORDS = 24  # of the text that stands for an empty summary


WRITER = "writer"  # the choice of somebody whose public profile is not stored yet


class AuthorsField(forms.ModelMultipleChoiceField):
    """The people ticked. ``writer`` is who is signed in, whose profile may not be stored: then they have no key."""

    writer: Person | None = None

    @classmethod
    def like(cls, field: forms.ModelMultipleChoiceField) -> AuthorsField:
        same = ("required", "widget", "label", "initial", "help_text")
        return cls(field.queryset, **{name: getattr(field, name) for name in same})

    def clean(self, value: Any) -> list[Person]:
        keys = list(value or [])
        people = list(super().clean([key for key in keys if key != WRITER]))
        if WRITER in keys and self.writer is not None and self.writer not in people:
            people.append(self.writer)
        return people


class EntryForm(PageForm):
    """A new entry is by the person who is signed in.

    Nobody ticked means the owner, so for the owner nothing is ticked. An entry is dated by its first publication,
    unless somebody enters another date: the date of the first draft would put it below what was published since.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, ExtendableChecklist):
                field.widget.user = self.for_user
        if "date" in self.fields:
            self.fields["date"].required = False
            if self.is_automatic_date and not self.instance.first_published_at:
                self.initial["date"] = None
                empty = "Leave it empty for the moment of publication. Time zone:"
                self.fields["date"].help_text = self.fields["date"].help_text.replace("Time zone:", empty)
        if "authors" in self.fields:
            self.offer_writer()
        if "summary" in self.fields and self.instance.excerpt and not self.instance.summary:
            beginning = Truncator(visible_text(self.instance.excerpt)).words(MOST_WORDS, truncate=" …")
            self.fields["summary"].help_text += f" At present they show: “{beginning}”"

    def offer_writer(self) -> None:
        """Tick who is signed in on a new entry, also somebody whose profile is not stored before the entry is."""
        field = self.fields["authors"] = AuthorsField.like(self.fields["authors"])
        field.writer = author_for(self.for_user)
        if self.instance.pk is None and field.writer is not None:
            if field.writer.pk is None:
                field.choices = [*field.choices, (WRITER, str(field.writer))]
            if not self.initial.get("authors"):
                self.initial["authors"] = [field.writer.pk or WRITER]

    @property
    def is_automatic_date(self) -> bool:
        return self.instance.pk is None or self.instance.date_is_automatic

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        writer = self.fields["authors"].writer if "authors" in self.fields else None
        if writer is not None and writer in (data.get("authors") or ()):
            self.instance.writer = writer
        if "date" in self.fields and "date" not in self.errors:
            if not data.get("date"):
                data["date"] = self.automatic_date()
                self.instance.date_is_automatic = True
            elif self.is_edited_date:
                self.instance.date_is_automatic = False
            if not self.instance.first_published_at:
                data["date"] = scheduled_date(data["date"], data.get("go_live_at"), self.instance.go_live_at)
        return data

    def automatic_date(self) -> datetime:
        """The date of the preview and of the list of drafts, until the publication decides."""
        return whole_second(self.instance.first_published_at or timezone.now())

    @property
    def is_edited_date(self) -> bool:
        """Whether the field holds another date than it was opened with; it shows no seconds."""
        return self["date"].data != self.shown(self.initial.get("date"))

    def shown(self, date: datetime | None) -> str:
        field = self["date"].field
        return field.widget.format_value(field.prepare_value(date)) or ""

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the open form shows the date that was stored, if somebody or the schedule set it."""
        updates = super().get_field_updates_for_resave()
        date = self.cleaned_data.get("date")
        if date and self["date"].data and self.shown(date) != self["date"].data:
            updates.append((self.add_prefix("date"), self.shown(date)))
        return updates


def scheduled_date(date: datetime, go_live_at: datetime | None, before: datetime | None) -> datetime:
    """The date of an entry that was never public; ``before`` is the hour it was scheduled for until now.

    A date that was taken from the schedule follows it: to another hour, or to now when the schedule is dropped.
    """
    if go_live_at is not None and (date < go_live_at or date == before):
        return go_live_at
    if go_live_at is None and before is not None and date == before:
        return this_second()
    return date
