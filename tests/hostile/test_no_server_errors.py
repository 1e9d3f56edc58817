"""Whatever is stored: no address answers with a server error.

The addresses come from the URLconf and the stored values from the models' fields, so that what is new is tried without
anybody thinking of it.
"""

from __future__ import annotations

from itertools import cycle

import pytest
from wagtail.models import Page

from tests import builders
from tests.hostile.request_recorder import RequestRecorder, public_addresses
from tests.hostile.site import KINDS, HostileSite, spoil_settings
from tests.hostile.values import PROFILES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore"),  # what is deprecated or not closed is the matter of other tests
]

EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"


@pytest.fixture(scope="module")
def site(module_content: None) -> HostileSite:
    return HostileSite()


@pytest.mark.parametrize("zone", [EAST, WEST])
def test_whatever_is_stored_every_public_address_answers(site: HostileSite, zone: str) -> None:
    spoil_settings(next(iter(PROFILES)), zone)
    asked = RequestRecorder()
    for addresses_of_route in public_addresses(site).values():
        for address in addresses_of_route:
            asked(address)
    asked("/no-such-page-anywhere/")
    asked("/search/", "q=bell")
    asked("/search/", "type=post")
    asked.verdict()


@pytest.mark.parametrize("zone", [EAST, WEST])
def test_whatever_the_settings_are_every_list_answers(site: HostileSite, zone: str) -> None:
    """The settings and the pages above all others with every profile; of the other pages those of the same profile."""
    asked, pages = RequestRecorder(), site.pages
    for number, name in enumerate(PROFILES):
        spoil_settings(name, zone)
        Page.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
        same_profile = pages[number * KINDS : (number + 1) * KINDS]
        assert Page.objects.filter(pk__in=[page.pk for page in same_profile]).update(live=True) == KINDS
        for addresses_of_route in public_addresses(site, profile=number).values():
            asked(addresses_of_route[0])
    asked.verdict()


def test_the_admin_shows_whatever_is_stored(site: HostileSite) -> None:
    asked = RequestRecorder(site.things.administrator)
    places = cycle(["history/", "view_draft/", "revisions/compare/live...latest/"])
    for page in [*site.pages, *site.empty_drafts, builders.home(), builders.blog_index()]:
        for place in ("edit/", next(places)):
            asked(f"/admin/pages/{page.pk}/{place}")
    asked.verdict()
