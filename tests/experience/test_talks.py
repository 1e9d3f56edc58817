"""Talks: the next one first, iCalendar files, and the front matter of academicpages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from icalendar import Calendar

from experience.models import TalkPage
from tests import builders
from tests.exporter.test_export import changed_lines, export, files
from tests.importer.trees import CONFIG, run, write_tree

pytestmark = pytest.mark.django_db

TALK = """---
title: "Talk 1 on Relevant Topic"
collection: talks
type: "Talk"
permalink: /talks/2012-03-01-talk-1
venue: "UC Harbour, Department of Tides"
date: 2012-03-01
location: "Saltport, Norway"
---

This is a description.
"""
COLLECTION = "collections:\n  talks:\n    output: true\n    permalink: /:collection/:path/\n"


def talk(**fields) -> TalkPage:
    return builders.talk(**{"date": datetime(2022, 5, 6, tzinfo=UTC), **fields})


def days_from_now(days: int) -> datetime:
    return timezone.now().replace(hour=14, minute=30, second=0, microsecond=0) + timedelta(days=days)


def test_upcoming_talks_come_first_and_the_next_one_before_others(client):
    talk(title="Past")
    talk(title="Later", date=days_from_now(30))
    talk(title="Next", date=days_from_now(3))
    talk(title="Undated", date=None)
    html = client.get("/talks/").content.decode()
    places = [html.index(f">{title}</a>") for title in ("Next", "Later", "Past", "Undated")]
    assert places == sorted(places)
    assert "Upcoming" in html


def test_calendar_has_the_talks_to_come(client):
    talk(title="Past")
    page = talk(title="Next", date=days_from_now(3), event="Harbour; days, 2027", place="Saltport")
    whole_days = days_from_now(9).replace(hour=0, minute=0)
    talk(title="Workshop", date=whole_days, ends=whole_days + timedelta(days=1))
    response = client.get("/talks.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Next (Harbour; days, 2027)", "Workshop"]
    assert events[0].decoded("dtstart") == page.date
    assert (events[1].decoded("dtend") - events[1].decoded("dtstart")).days == 2
    one = Calendar.from_ical(client.get(f"/talk-{page.pk}.ics").content).walk("VEVENT")
    assert [str(event["location"]) for event in one] == ["Saltport"]


def test_drafts_are_in_no_calendar(client):
    page = talk(title="Secret", date=days_from_now(3), live=False)
    assert b"Secret" not in client.get("/talks.ics").content
    assert client.get(f"/talk-{page.pk}.ics").status_code == 404


DAYS = [
    (datetime(2022, 5, 6, tzinfo=UTC), None, "6 May 2022"),
    (datetime(2022, 5, 6, tzinfo=UTC), datetime(2022, 5, 8, tzinfo=UTC), "6 – 8 May 2022"),
    (datetime(2022, 5, 30, tzinfo=UTC), datetime(2022, 6, 1, tzinfo=UTC), "30 May – 1 June 2022"),
    (datetime(2022, 12, 30, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC), "30 December 2022 – 1 January 2023"),
    (None, None, ""),
]


@pytest.mark.parametrize(("date", "ends", "shown"), DAYS)
def test_days_are_shown_as_people_write_them(date, ends, shown):
    assert TalkPage(date=date, ends=ends).when == shown


def test_talk_is_on_skill_pages_and_in_no_feed(client):
    talk(title="Tides", skills=["Python"])
    skill = client.get("/skills/python/").content.decode()
    assert "in 1 talk." in " ".join(skill.split())
    assert "/skills/python/feed" not in skill  # where there would be nothing
    assert client.get("/feed.json").json()["items"] == []
    html = client.get("/talks/tides/").content.decode()
    assert '"@type": "Event"' in html
    assert '"startDate": "2022-05-06"' in html


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "in", {"_talks/2012-03-01-talk-1.md": TALK}, CONFIG + COLLECTION)


def test_document_becomes_a_talk_and_comes_back_byte_for_byte(site: Path, tmp_path: Path, client) -> None:
    run(site)
    page = TalkPage.objects.get()
    assert (page.event, page.place, page.kind) == ("UC Harbour, Department of Tides", "Saltport, Norway", "Talk")
    assert client.get("/talks/2012-03-01-talk-1", follow=True).status_code == 200
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(site)


EDITS = [
    ({"place": "online"}, ['location: "Saltport, Norway"'], ['location: "online"']),
    ({"kind": "Panel"}, ['type: "Talk"'], ['type: "Panel"']),
    ({"event": "Days"}, ['venue: "UC Harbour, Department of Tides"'], ['venue: "Days"']),
    ({"date": datetime(2012, 3, 2, tzinfo=UTC)}, ["date: 2012-03-01"], ["date: 2012-03-02"]),
]


@pytest.mark.parametrize(("fields", "gone", "new"), EDITS)
def test_edit_changes_only_its_own_key(site: Path, tmp_path: Path, fields: dict, gone: list, new: list) -> None:
    run(site)
    page = TalkPage.objects.get()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    report = export(tmp_path / "out")
    written = (tmp_path / "out/_talks/2012-03-01-talk-1.md").read_bytes()
    assert changed_lines(TALK.encode(), written) == (gone, new)
    assert report.problems == []
