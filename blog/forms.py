"""The form of an entry: who wrote it, what stands for an empty summary, and the date of one that is scheduled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.text import Truncator

from portfolio.markdown.text import visible_text
from portfolio.models import Person
from portfolio.validation.page_form import PageForm

MOST_WORDS = 24  # of the text that stands for an empty summary


class EntryForm(PageForm):
    """A new entry is by the person who is signed in, where the site has a person of that name.

    Nobody ticked means the owner, so for the owner nothing is ticked. An entry that is scheduled to be published for
    the first time is dated by its hour, or it would appear somewhere below what was published while it waited.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "authors" in self.fields and not self.initial.get("authors"):
            self.initial["authors"] = persons_of(self.for_user)
        if "summary" in self.fields and self.instance.excerpt and not self.instance.summary:
            beginning = Truncator(visible_text(self.instance.excerpt)).words(MOST_WORDS, truncate=" …")
            self.fields["summary"].help_text += f" At present they show: “{beginning}”"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "date" in self.fields and data.get("date") and not self.instance.first_published_at:
            data["date"] = scheduled_date(data["date"], data.get("go_live_at"), self.instance.go_live_at)
        return data

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the open form shows the date that was stored."""
        updates = super().get_field_updates_for_resave()
        if date := self.cleaned_data.get("date"):
            shown = self["date"].field.widget.format_value(self["date"].field.prepare_value(date))
            if shown != self["date"].data:
                updates.append((self.add_prefix("date"), shown))
        return updates


def scheduled_date(date: datetime, go_live_at: datetime | None, before: datetime | None) -> datetime:
    """The date of an entry that was never public; ``before`` is the hour it was scheduled for until now.

    A date that was taken from the schedule follows it: to another hour, or to now when the schedule is dropped.
    """
    if go_live_at is not None and (date < go_live_at or date == before):
        return go_live_at
    if go_live_at is None and before is not None and date == before:
        return timezone.now()
    return date


def persons_of(user: AbstractBaseUser | None) -> list[Person]:
    name = user.get_full_name().strip() if user is not None else ""
    return list(Person.objects.filter(name__iexact=name)[:1]) if name else []
