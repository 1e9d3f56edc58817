"""Give the field of images that says which renditions exist a name that says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("portfolio", "0010_formula_macros")]

    operations: ClassVar = [
        migrations.RenameField(model_name="customimage", old_name="made", new_name="rendition_index")
    ]
