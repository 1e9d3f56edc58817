# Written for Django 5.2

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("experience", "0009_kind_of_skill"),
    ]

    operations = [
        migrations.AlterField(
            model_name="experiencepage",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Choose one, or make a new one in the chooser. May stay empty where there is a role.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="experience.organisation",
            ),
        ),
    ]
