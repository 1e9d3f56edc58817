"""What Jekyll makes of an exported site, beside our pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from pprint import pformat

import pytest
from django.test import Client
from wagtail.models import Page

from benchmarks.round_trip import chosen, exported, made
from tests import builders
from tests.importer.trees import run
from tests.sites.likeness import Jekylls, Visitor
from tests.sites.test_sites import HOSTS, NAMES, SITES, differing

pytestmark = pytest.mark.django_db

RECORD = SITES / "record.sh"


@pytest.fixture(scope="module", autouse=True)
def _jekyll() -> None:
    if shutil.which("jekyll") is None:
        reason = "Jekyll is not installed: apt-get install jekyll ruby-jekyll-redirect-from"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def jekyll(source: Path, out: Path) -> Jekylls:
    done = subprocess.run([str(RECORD), str(source), str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Jekylls.read(out)


SIGNS = "It is 5 * 3 * 2, {{ braces }}, <b>bold</b><i>italic</i> and <code>a_b_c</code>. ~No~ |pipes| $5 and $6"
PICTURE = {"caption": "<p>At <i>night</i></p>", "credit": "", "size": "column", "align": "", "link": "", "title": ""}
LISTING = {"language": "python", "code": "def f(x):\n    return '{{ x }}' # {% raw %}", "title": "", "highlight": ""}

NEW_POSTS = ("Written here: “quotes” & signs", "A talk by the gate")
# An export keeps Liquid that shows other pages. Ours says what these were at the import, until the next one.
LIQUID_LISTS = {"old": {"/fleet"}}


def new_pages() -> None:
    """A post, an interview, a page and two entries of the experience page, written here."""
    picture = builders.picture("navy")
    picture.contextual_alt_text, picture.decorative = "Dark water", False
    builders.post(
        title="Written here: “quotes” & signs",
        slug="written-here",
        date=datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
        tags=["new"],
        body=[
            ("text", f"<p>{SIGNS}</p><ul><li>one</li></ul>"),
            ("heading", {"text": "1. A heading #1", "level": "2", "anchor": ""}),
            ("image", {"image": picture, **PICTURE}),
            ("code", LISTING),
            ("quote", {"text": "<p>The sea has no opinion.</p>", "source": "A heron", "url": ""}),
            ("math", {"tex": r"h = \frac{1}{2}"}),
            ("divider", None),
            ("text", "<p>1986. It began. &lt;tags&gt; -- and... more</p>"),
        ],
    )
    builders.interview(
        title="A talk by the gate",
        slug="a-talk-by-the-gate",
        interviewee_name="Odalys Brackwater",
        body=[
            builders.question_answer("How did it begin?", "<p>With a <b>ladder</b>.</p><p>And low water.</p>"),
            ("pull_quote", {"text": "And low water.", "attribution": ""}),
        ],
    )
    for words in ("Nets", "Ropes"):
        body = [("text", f"<p>{words}, and nothing else.</p>")]
        quay = builders.organisation(f"Quay {words}")
        builders.role(organisation=quay, role="Mender", period_text="2012 - 2014", body=body)
    builders.standard_page(title="Colophon", slug="colophon", body=[("text", "<p>Set by hand.</p>")])


@pytest.mark.parametrize("name", NAMES)
def test_jekyll_says_of_the_exported_site_what_our_pages_say(name: str, tmp_path: Path, client: Client) -> None:
    run(SITES / name)
    refused: list[str] = []
    edited = [edit for edit in chosen(SITES / name, 0) if made(edit, refused)]
    assert (len(edited) > 3, refused) == (True, [])
    new_pages()
    out, report = exported(tmp_path / "out")
    assert report.problems == []
    jekylls, visitor = jekyll(out, tmp_path / "out.jsonl"), Visitor(client, HOSTS, out)
    visitor.base = jekylls.baseurl
    titles = {row["title"] for row in jekylls.documents()}
    assert titles >= {*NEW_POSTS, "Colophon"}
    differences = differing(name, jekylls, visitor)
    assert differences.keys() == LIQUID_LISTS.get(name, set()), pformat(differences, width=200)
    if differences:
        for page in Page.objects.filter(title__in=NEW_POSTS):
            page.delete()  # so that the import of the new documents finds their addresses free
        run(out)
        differences = differing(name, jekylls, Visitor(client, HOSTS, out))
        assert not differences, pformat(differences, width=200)
