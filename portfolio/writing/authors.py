"""Who wrote a page that is just being begun."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from portfolio.models import Person
from portfolio.page_form import PageForm


class EntryForm(PageForm):
    """A new entry is by the person who is signed in, where the site has a person of that name.

    Nobody ticked means the owner, so for the owner nothing is ticked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "authors" in self.fields and not self.initial.get("authors"):
            self.initial["authors"] = persons_of(self.for_user)


def persons_of(user: AbstractBaseUser | None) -> list[Person]:
    name = user.get_full_name().strip() if user is not None else ""
    return list(Person.objects.filter(name__iexact=name)[:1]) if name else []
