"""No document of a source is passed over in silence, and the report says what the source was taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.engines import open_source

PAGE = "---\ntitle: T\n---\nWords.\n"
HEXO = {
    "_config.yml": "title: Tides\n",
    "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
    "source/_posts/ebb.md": "---\ntitle: Ebb\ndate: 2021-05-04\n---\nWater.\n",
    "source/_drafts/flow.md": "---\ntitle: Flow\ndate: 2021-05-04\n---\nWater.\n",
}


def folder(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_texts_that_jekyll_makes_no_page_of_are_told_with_the_reason(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: x\nexclude: [old]\ncollections: [talks]\n",
        "index.md": PAGE,
        "_posts/2021-05-04-ebb.md": PAGE,
        "_posts/undated.md": PAGE,
        "_recipes/soup.md": PAGE,
        "_recipes/stew.md": PAGE,
        "_talks/run.ipynb": "{}",
        "old/a.md": PAGE,
        "_notes.md": PAGE,
        "_layouts/default.html": "{{ content }}",
        "_includes/a.html": "x",
        "demo.html": "<p>Copied",
        "plain.md": "No front matter",
    }
    with open_source(folder(tmp_path, files)) as source:
        told = {problem.message: problem.severity for problem in source.problems if problem.code == "no-page"}
        assert source.read_as == "a Jekyll site, because it has _config.yml"
        assert source.copied == ("demo.html", "plain.md")
    assert told == {
        ".: _notes.md: the name begins with _, so Jekyll makes no page of it": "info",
        "_posts: undated.md: there is no date in the name, so Jekyll makes no page of it": "warning",
        "_recipes: soup.md, stew.md: recipes is no collection of the configuration, so Jekyll makes no page of it": (
            "warning"
        ),
        "_talks: run.ipynb: there is no front matter, so Jekyll makes no page of it": "info",
        "old: a.md: it is excluded by the configuration, so Jekyll makes no page of it": "info",
    }


def test_a_template_of_no_known_format_is_told(tmp_path: Path) -> None:
    files = {"index.md": PAGE, "_config.yml": "title: x\n", "Pump v1.0": PAGE, "css/a.css": PAGE, "LICENSE": "Free.\n"}
    with open_source(folder(tmp_path, files)) as source:
        assert [problem.message.partition(":")[0] for problem in source.problems] == ["Pump v1.0"]
        assert source.copied == ("LICENSE",)


def test_hexo_is_not_taken_for_jekyll_and_its_drafts_stay_drafts(tmp_path: Path) -> None:
    with open_source(folder(tmp_path, HEXO)) as source:
        assert source.kind == "plain"
        assert "Hexo" in source.read_as
        site = source.site_context()
        public = {
            file.path: source.engine.resolve(file, {"date": "2021-05-04"}, site).public
            for file in source.files
            if file.path.startswith("source/")
        }
    assert public == {"source/_drafts/flow.md": False, "source/_posts/ebb.md": True}


@pytest.mark.parametrize(
    ("files", "read_as"),
    [
        ({"mkdocs.yml": "", "docs/index.md": "# A\n"}, "a folder of Markdown, because it has mkdocs.yml of MkDocs"),
        ({"docusaurus.config.js": "", "docs/a.md": PAGE}, "a folder of Markdown, because it has docusaurus.config.js"),
        ({".obsidian/app.json": "{}", "a.md": PAGE}, "a folder of Markdown, because it has .obsidian of Obsidian"),
        ({"a.md": "# A\n", "b.md": PAGE}, "a folder of Markdown, because it is of no generator"),
        ({"_posts/2021-05-04-ebb.md": PAGE}, "a Jekyll site, because it has the folder _posts"),
    ],
)
def test_the_source_says_what_it_was_taken_for(tmp_path: Path, files: dict[str, str], read_as: str) -> None:
    with open_source(folder(tmp_path, files)) as source:
        assert source.read_as.startswith(read_as)
