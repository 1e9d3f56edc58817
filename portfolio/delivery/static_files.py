"""Static files storage: hashed names, compressed files, style sheets without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from portfolio.delivery.static_build import write_stamp

# Only our own style sheets: Wagtail's are minified already.
OWN_FOLDER = "portfolio/css/"
# Strings are matched too, so that nothing inside them is taken for a comment.
COMMENT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)
SPACE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\s*([{};,])\s*|\s+""", re.DOTALL)


def minify_css(css: str) -> str:
    """The style sheet without comments, and without space that says nothing; a quarter smaller."""
    without_comments = COMMENT.sub(lambda match: match[1] or "", css)
    return SPACE.sub(lambda match: match[1] or match[2] or " ", without_comments).strip() + "\n"


class ManifestStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which works before ``collectstatic`` has run.

    Then names have no hash. Commands such as the import render pages too, often before the first ``collectstatic``.
    After it, a file that ``collectstatic`` did not find is an error.
    """

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name, (source, path) in [] if dry_run else list(paths.items()):
            if name.startswith(OWN_FOLDER) and name.endswith(".css"):
                with source.open(path) as file:
                    css = minify_css(file.read().decode())
                self.delete(name)
                self.save(name, ContentFile(css.encode()))
                paths[name] = (self, name)  # read the new file
        yield from super().post_process(paths, dry_run, **options)
        if not dry_run:
            write_stamp(self.location)
