"""Authors: the public profile of an account, and whether an account is the owner's."""

from __future__ import annotations

from typing import Any

from wagtail.models import Site

from portfolio.models.people import Person
from portfolio.models.site.settings import SiteSettings


def author_for(user: Any) -> Person | None:
    """The author of what ``user`` writes: their public profile; None for the owner.

    An entry without authors is the owner's. A profile that is not stored yet is left to the caller, who stores it with
    what the account saves first.
    """
    if user is None or not user.is_authenticated:
        return None
    if profile := Person.objects.filter(user=user).first():
        return profile
    if is_owner(user):
        return None
    return new_profile(user)


def is_owner(user: Any) -> bool:
    """Whether the account has the owner's name, or is an administrator's without a name of its own."""
    name = user.get_full_name().strip()
    if not name:
        return user.is_superuser
    owners = SiteSettings.objects.filter(site__in=Site.objects.all()).values_list("owner_name", flat=True)
    return name.casefold() in {owner.strip().casefold() for owner in owners}


def new_profile(user: Any) -> Person:
    """The person of the same name who has no account yet, else a new one. Neither is stored."""
    name = user.get_full_name().strip() or user.get_username().partition("@")[0]
    person = Person.objects.filter(name__iexact=name, user=None).first() or Person(name=name)
    person.user = user
    return person
