from django.db import migrations, models

import portfolio.models.site.settings


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0009_account_of_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="formula_macros",
            field=models.TextField(
                blank=True,
                help_text="TeX definitions that every formula can use, one a line, like this: \\newcommand{\\R}{\\mathbb{R}}",
                max_length=20000,
                validators=[portfolio.models.site.settings.validate_formula_macros],
                verbose_name="macros of formulas",
            ),
        ),
    ]
