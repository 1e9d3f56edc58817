"""How long roles took: both ends of a period are counted in the same way."""

from __future__ import annotations

from datetime import date

import pytest

from experience.duration import total_months, total_time
from experience.models import ExperiencePage

# A page looks up its content type when it is made.
pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def role(period: str) -> ExperiencePage:
    page = ExperiencePage(period_text=period)
    assert page.read_period()
    return page


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 7, 1), TODAY, date(2026, 12, 31)])
@pytest.mark.parametrize("start", range(2015, 2026))
def test_now_is_counted_as_the_current_year_when_a_year_is_all_that_is_known(start, today):
    years = 2026 - start
    assert total_months([role(f"{start}-Now")], today) == years * 12
    assert total_months([role(f"{start} - 2026")], today) == years * 12
    assert total_months([role(f"{start - 7} - {2026 - 7}")], today) == years * 12


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2022-Now", "4 years"),
        ("since 2022", "4 years"),
        ("2019 - 2022", "3 years"),
        ("2019", "1 year"),
        ("2019 - 2020", "1 year"),
        ("2024 - 2030", "2 years"),
        ("Sep 2021 – Mar 2023", "1 year 7 months"),
        ("Nov 2025 - now", "1 year 1 month"),
        ("Sep 2019 - 2022", "3 years"),
        ("2019 - Mar 2022", "3 years"),
        ("2019 - Mar 2019", "3 months"),
        ("Oct 2019 - 2019", "3 months"),
        ("2026 - now", "11 months"),
        ("2026", "11 months"),
        ("May 2018", "1 month"),
        ("3 May 2021 - 5 May 2021", "1 month"),
        ("2027 - now", ""),
        ("until 2020", ""),
    ],
)
def test_a_period_takes_what_lies_between_its_ends(period, told):
    assert total_time([role(period)], TODAY) == told


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (("2019 - 2022", "2022-Now"), "7 years"),
        (("2019 - 2022", "2021 - 2024"), "5 years"),
        (("2018 - 2019", "2019"), "2 years"),
        (("2019", "2020"), "2 years"),
        (("2022 - now", "Mar 2024 - now"), "4 years"),
    ],
)
def test_roles_together_add_up_as_each_by_itself_does(periods, told):
    assert total_time([role(period) for period in periods], TODAY) == told
