"""Talks as iCalendar files (RFC 5545): one talk, and all that are to come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from experience.models import TalkPage
from experience.works.talk_list import upcoming_of
from portfolio.blocks.rich_text.stored_rich_text import key_in
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.markdown.characters import without_controls
from portfolio.models import SiteSettings
from portfolio.models.visibility import public

if TYPE_CHECKING:
    from datetime import datetime

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Portfolio//Talks//EN"


@require_safe
@short_cache
def upcoming_talks(request: HttpRequest) -> HttpResponse:
    """Every public talk that is not over: an address to subscribe to."""
    owner = SiteSettings.for_request(request).owner_name
    talks = upcoming_of(TalkPage.objects.published().defer("body"))
    name = gettext("Talks of %(name)s") % {"name": owner} if owner else gettext("Talks")
    return HttpResponse(calendar_of(talks, name), content_type=CONTENT_TYPE)


@require_safe
@short_cache
def talk_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    if key_in(pk) is None:  # a number too large for a column is an error to SQLite
        raise Http404
    talk = get_object_or_404(public(TalkPage.objects.live().filter(alias_of=None)).defer("body"), pk=pk)
    if talk.date is None:
        raise Http404("The talk has no date")
    headers = {"Content-Disposition": f'attachment; filename="talk-{talk.pk}.ics"'}
    return HttpResponse(calendar_of([talk]), content_type=CONTENT_TYPE, headers=headers)


def calendar_of(talks: Iterable[TalkPage], name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for talk in talks:
        calendar.add_component(event_of(talk))
    return calendar.to_ical()


def event_of(talk: TalkPage) -> Event:
    event = Event()
    changed: datetime = talk.last_published_at or talk.date
    event.add("uid", f"urn:uuid:{talk.translation_key}")
    event.add("dtstamp", changed)
    event.add("summary", without_controls(f"{talk.title} ({talk.event})" if talk.event else talk.title))
    event.add("dtstart", timezone.localdate(talk.date) if talk.begins_at_midnight else talk.date)
    event.add("dtend", talk.end_for_calendar)
    if talk.place:
        event.add("location", without_controls(talk.place))
    if talk.summary or talk.abstract:
        event.add("description", without_controls(talk.summary or talk.abstract))
    if talk.full_url:
        event.add("url", talk.full_url)
    return event
