"""Static files before and after they are collected: their names, their weight, how long they may be kept."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
import tinycss2
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

from portfolio.delivery.static_files import ManifestStaticFiles, minify_css

SOURCES = Path(__file__).parents[2] / "portfolio" / "static"
FILES = ("portfolio/css/site.css", "portfolio/js/site.js", "portfolio/img/mark.svg")
PLAIN = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def test_before_files_are_collected_they_have_their_plain_names(tmp_path: Path) -> None:
    files = ManifestStaticFiles(location=tmp_path, base_url="/static/")
    assert files.url("portfolio/img/third-party.svg") == "/static/portfolio/img/third-party.svg"


def test_once_they_are_collected_a_file_that_is_not_among_them_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").write_text('{"version": "1.1", "paths": {"a.css": "a.1f.css"}, "hash": ""}')
    files = ManifestStaticFiles(location=tmp_path, base_url="/static/")
    assert files.url("a.css") == "/static/a.1f.css"
    with pytest.raises(ValueError, match=r"b\.css"):
        files.url("b.css")


@pytest.fixture
def visitor(settings, tmp_path) -> Client:
    """Somebody who comes to a site whose files were collected as `make serve` does, its own only."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "portfolio.delivery.static_files.ManifestStaticFiles"},
    }
    settings.STATIC_ROOT = str(tmp_path)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [SOURCES]
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client()


def fetch(visitor: Client, file: str, encoding: str):
    return visitor.get(staticfiles_storage.url(file), headers={"Accept-Encoding": encoding})


def test_they_come_compressed_and_may_be_kept_for_ever(visitor):
    for file in FILES:
        plain = fetch(visitor, file, "").getvalue()
        sizes = {}
        for encoding, unpacked in PLAIN.items():
            response = fetch(visitor, file, encoding)
            body = response.getvalue()
            assert response.headers.get("Content-Encoding", "") == encoding
            assert unpacked(body) == plain
            assert "immutable" in response.headers["Cache-Control"]
            assert response.headers["Vary"] == "Accept-Encoding"
            sizes[encoding] = len(body)
        assert sizes["br"] <= sizes["gzip"] < sizes[""], file


def test_the_style_sheet_fits_the_first_round_trip_with_a_page(visitor):
    assert len(fetch(visitor, FILES[0], "br").getvalue()) < 9_000, "a post of 5 kB beside it leaves nothing of 14 kB"


def test_remarks_stay_at_home_and_rules_do_not_change():
    css = 'a { content: "/* no remark */"; }\n\n/* one\n  two */\n  b::before { content: "\\"/*"; } /* three */\n'
    assert minify_css(css) == 'a{content: "/* no remark */";}b::before{content: "\\"/*";}\n'
    sheet = (SOURCES / FILES[0]).read_text(encoding="utf-8")
    assert rules(minify_css(sheet)) == rules(sheet)


def rules(css: str) -> str:
    """The sheet as a parser reads it, remarks and white space aside."""
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    return "".join(tinycss2.serialize(tokens).replace("/**/", "").split())


def test_collecting_again_changes_nothing(visitor):
    before = staticfiles_storage.url(FILES[0])
    call_command("collectstatic", interactive=False, verbosity=0)
    assert staticfiles_storage.url(FILES[0]) == before


NAMED = re.compile(r"""(?:\bstatic\(|\{% (?:versioned_)?static )["']([\w./-]+)["']""")


def test_every_static_file_that_is_named_exists() -> None:
    """Without a manifest, as in the other tests, a name that is wrong is noticed by nobody."""
    root = SOURCES.parents[1]
    files = [path for name in ("portfolio", "blog", "experience", "templates") for path in (root / name).rglob("*")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html")]
    names = {name for text in texts for name in NAMED.findall(text)}
    assert len(names) > 8
    assert {name for name in names if finders.find(name) is None} == set()
