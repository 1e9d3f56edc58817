from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.fields import StreamField

from blog.models import BlogPage
from portfolio.blocks.stream_field import BlockField


class Vocabulary(StreamBlock):
    line = CharBlock()


class LargerVocabulary(Vocabulary):
    other = CharBlock()


def test_a_migration_holds_no_block_definitions():
    _, path, args, kwargs = BlockField(Vocabulary(), blank=True, help_text="Words.").deconstruct()
    assert path == "wagtail.fields.StreamField"
    assert args == [[]]
    assert kwargs == {"blank": True, "help_text": "Words.", "block_lookup": {}}


def test_another_block_makes_no_migration():
    assert BlockField(Vocabulary()).deconstruct() == BlockField(LargerVocabulary()).deconstruct()
    assert StreamField(Vocabulary()).deconstruct() != StreamField(LargerVocabulary()).deconstruct()


def test_another_block_in_a_page_body_is_no_change_to_the_autodetector():
    before = ProjectState()
    after = ProjectState()
    before.add_model(ModelState.from_model(BlogPage))
    state = ModelState.from_model(BlogPage)
    state.fields["body"] = BlockField(LargerVocabulary(), blank=True)
    after.add_model(state)
    changes = MigrationAutodetector(before, after)._detect_changes()
    assert changes == {}


def test_every_body_of_the_project_is_such_a_field():
    models = [model for name in ("portfolio", "blog", "experience") for model in apps.get_app_config(name).get_models()]
    fields = [field for model in models for field in model._meta.local_fields if isinstance(field, StreamField)]
    assert fields
    assert [field for field in fields if not isinstance(field, BlockField)] == []
