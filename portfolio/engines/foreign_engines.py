"""Foreign engines: recognise generators whose sites are read as folders of Markdown, for the report."""

from __future__ import annotations

from pathlib import Path

from portfolio.documents.document import Problem, Severity

# Glob pattern, in the top folder, of a file or folder that only this generator has.
MARKS = (
    ("source/_posts", "Hexo"),
    ("scaffolds/post.md", "Hexo"),
    ("astro.config.*", "Astro"),
    ("mkdocs.y*ml", "MkDocs"),
    ("pelicanconf.py", "Pelican"),
    ("docusaurus.config.*", "Docusaurus"),
    ("gatsby-config.*", "Gatsby"),
    ("next.config.*", "Next.js"),
    ("nuxt.config.*", "Nuxt"),
    ("svelte.config.*", "SvelteKit"),
    (".eleventy.js", "Eleventy"),
    ("eleventy.config.*", "Eleventy"),
    (".vitepress", "VitePress"),
    (".vuepress", "VuePress"),
    ("book.toml", "mdBook"),
    ("_quarto.yml", "Quarto"),
    ("conf.py", "Sphinx or Nikola"),
    ("config.rb", "Middleman"),
    (".obsidian", "Obsidian"),
    ("logseq", "Logseq"),
    ("content/.obsidian", "Obsidian"),
    ("docs/.vitepress", "VitePress"),
    ("docs/.vuepress", "VuePress"),
    ("docs/_sidebar.md", "Docsify"),
)


def foreign_engine(root: Path) -> tuple[str, str]:
    """Return the path of the recognised file and the name of the generator; ("", "") if there is none."""
    for pattern, name in MARKS:
        path = next(iter(sorted(root.glob(pattern))), None)
        if path is not None:
            return path.relative_to(root).as_posix(), name
    return "", ""


def is_hexo(root: Path) -> bool:
    """Whether the folder is a Hexo site, whose configuration has the name of Jekyll's."""
    return foreign_engine(root)[1] == "Hexo" and not (root / "_posts").is_dir() and not (root / "_layouts").is_dir()


def engine_problem(root: Path) -> tuple[Problem, ...]:
    """Return a note that templates, plugins and settings of the generator are not read."""
    mark, name = foreign_engine(root)
    if not mark:
        return ()
    message = f"{mark}: this is a folder of {name}; its Markdown is read, its templates, plugins and settings are not"
    return (Problem(Severity.INFO, "foreign-engine", message),)
