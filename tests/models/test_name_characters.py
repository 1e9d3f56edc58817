"""Names hold no characters that turn the text around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from blog.models import Category
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069"])
def test_name_that_turns_text_around_is_refused(sign: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(sign):04X} after “Tid”"):
        Category(name=f"Tid{sign}es").clean()


def test_marks_of_direction_are_allowed() -> None:
    Category(name="Tides\u200e (HW)\u200f").clean()


def test_import_leaves_them_out_of_names(tmp_path: Path) -> None:
    text = post("Words.\n").replace("---\n", '---\ncategories: ["Tid\\u202Ees"]\n', 1)
    report = run(write_tree(tmp_path, {"_posts/2021-05-04-tides.md": text}))
    assert [category.name for category in Category.objects.all()] == ["Tides"]
    assert "control-character" in [problem.code for row in report.documents for problem in row.problems]
