"""What a picture says by itself to people who cannot see it."""

from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError

from portfolio.blocks.images import FigureBlock
from portfolio.blocks.pictures import ALT_MISSING
from portfolio.models.images import is_file_name
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "stem"), [("IMG_2041", "IMG_2041"), ("hinge", "hinge_a8XkQ2z"), ("My photo 3", "my-photo-3")]
)
def test_name_of_the_file_is_no_alternative_text(title, stem):
    assert is_file_name(title, stem)


@pytest.mark.parametrize(("title", "stem"), [("A hinge, brown with rust", "hinge"), ("Low water", "IMG_2041")])
def test_title_that_somebody_wrote_is_one(title, stem):
    assert not is_file_name(title, stem)


def test_description_says_more_than_any_title():
    image = builders.picture(title="teal", description="The gauge house at low water")
    assert image.default_alt_text == "The gauge house at low water"


def test_picture_without_words_asks_for_them_or_for_decorative():
    image = builders.picture()
    block = FigureBlock()
    raw = {"image": {"image": image.pk, "decorative": False, "alt_text": ""}, "caption": "", "size": "column"}
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(raw))
    assert ALT_MISSING in str(caught.value.block_errors["image"].as_json_data())


@pytest.mark.parametrize("words", [{"alt_text": "Rust"}, {"decorative": True, "alt_text": ""}])
def test_either_is_enough(words):
    image = builders.picture()
    block = FigureBlock()
    raw = {"image": {"image": image.pk, "decorative": False, "alt_text": "", **words}, "caption": "", "size": "column"}
    assert block.clean(block.to_python(raw))["image"].pk == image.pk
