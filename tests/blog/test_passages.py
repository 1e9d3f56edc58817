"""A pull quote of an interview knows the answer it was taken from."""

from __future__ import annotations

import pytest

from tests import builders

pytestmark = pytest.mark.django_db


def pull_quote(text: str) -> tuple[str, dict[str, str]]:
    return ("pull_quote", {"text": text, "attribution": ""})


@pytest.fixture
def page():
    return builders.interview(
        title="At the sluice",
        body=[
            builders.question_answer(answer="<p>A very long wave.</p><p>It comes twice a day, and never late.</p>"),
            pull_quote("It comes twice a day, and never late."),
            builders.question_answer(
                "Who reads the gauge?", "<ul><li>I do.</li><li>Then the night watch does.</li></ul>"
            ),
            pull_quote("Nobody ever said this."),
        ],
    )


def test_exact_passages_are_told_from_invented_ones(page):
    quotes = [block for block in page.body if block.block_type == "pull_quote"]
    answers = [block for block in page.body if block.block_type == "question_answer"]
    passages = page.passages
    assert passages[quotes[0].id].kind == "exact"
    assert passages[quotes[0].id].anchor == f"answer-{answers[0].id}"
    assert passages[quotes[1].id].kind == "none"
    assert passages[quotes[1].id].anchor == ""


def test_the_page_links_a_pull_quote_to_its_answer(page, client):
    html = client.get(page.url).content.decode()
    anchor = next(found.anchor for found in page.passages.values() if found.anchor)
    assert f'href="#{anchor}"' in html
    assert f'id="{anchor}"' in html
    assert 'data-passage="exact"' in html
    assert 'data-passage="none"' in html
