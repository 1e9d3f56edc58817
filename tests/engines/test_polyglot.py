"""Sites of jekyll-polyglot: translations share an address below a folder for each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from portfolio.engines import open_source
from portfolio.models import StandardPage
from tests.importer.trees import run, write_tree

CONFIG = (
    "title: Low water\nurl: https://low.example\nlanguages: [en, fr, de]\ndefault_lang: en\n"
    "plugins: [jekyll-polyglot]\nparallel_localization: false\nexclude_from_localization: [legal]\npermalink: pretty\n"
)
FILES = {
    "about.md": "---\ntitle: About\nlang: en\npermalink: /about/\n---\nWe measure. [Rules](/legal/)\n",
    "about.fr.md": "---\ntitle: Notre travail\nlang: fr\npermalink: /about/\n---\nVoir [la table](/table/).\n",
    "table.md": "---\ntitle: Table\n---\nHeights. [About](/about/)\n",
    "legal/index.md": "---\ntitle: Legal\n---\nRules.\n",
    "hinweis.md": "---\ntitle: Hinweis\nlang: de\n---\nAchtung.\n",
    "_posts/2021-05-04-ebb.md": "---\ntitle: Ebb\nlang: en\n---\nIt falls.\n",
    "_posts/fr/2021-05-04-ebb.md": "---\ntitle: Jusant\nlang: fr\n---\nElle baisse.\n",
}
# What the plugin writes for each document, and for which text.
ADDRESSES = {
    "/about/": "About", "/de/about/": "About", "/fr/about/": "Notre travail",
    "/table/": "Table", "/fr/table/": "Table", "/de/table/": "Table", "/legal/": "Legal",
    "/hinweis/": "Hinweis", "/fr/hinweis/": "Hinweis", "/de/hinweis/": "Hinweis",
    "/2021/05/04/ebb/": "Ebb", "/de/2021/05/04/ebb/": "Ebb", "/fr/2021/05/04/ebb/": "Jusant",
}  # fmt: skip


@pytest.mark.django_db
def test_each_language_has_its_addresses(tmp_path: Path, client: Client) -> None:
    report = run(write_tree(tmp_path, FILES, CONFIG))
    assert [row.path for row in report.documents if row.outcome != "created"] == []
    titles = {address: client.get(address, follow=True).context["page"].title for address in ADDRESSES}
    assert titles == ADDRESSES
    french = StandardPage.objects.get(title="Notre travail")
    table = StandardPage.objects.get(title="Table")
    assert (french.language, french.url) == ("fr", "/fr/about/")
    assert f'id="{table.pk}"' in french.body[0].value.source
    assert [other.language for other in _translations(french)] == ["en"]


def _translations(page: StandardPage) -> list:
    from portfolio.content.translations import translations_of

    return translations_of(page)


@pytest.mark.parametrize("config", ["languages: [en, fr]\n", "default_lang: en\n", "languages: en\ndefault_lang: en\n"])
def test_other_sites_have_no_language_folders(config: str, tmp_path: Path) -> None:
    with open_source(write_tree(tmp_path, FILES, config)) as source:
        addresses = {entry.url for entry in source.site_context().entries}
    assert not any(address.startswith("/fr/") for address in addresses)
