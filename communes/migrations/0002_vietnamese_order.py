from django.db import migrations

import communes.alphabet


def fill(apps, schema_editor):
    """Saving computes the key: ``SortKeyField.pre_save``."""
    for name in ("AdministrativeUnit", "Agency"):
        for row in apps.get_model("communes", name).objects.all():
            row.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    """Communes and agencies sort as a Vietnamese dictionary has them, on every database."""

    dependencies = [("communes", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="administrativeunit",
            name="sort_key",
            field=communes.alphabet.SortKeyField(source="short_name"),
        ),
        migrations.AddField(
            model_name="agency",
            name="sort_key",
            field=communes.alphabet.SortKeyField(source="name"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="administrativeunit",
            options={
                "ordering": ["level", "sort_key"],
                "verbose_name": "administrative unit",
                "verbose_name_plural": "administrative units",
            },
        ),
        migrations.AlterModelOptions(
            name="agency",
            options={
                "ordering": ["sort_key"],
                "verbose_name": "agency",
                "verbose_name_plural": "agencies",
            },
        ),
        migrations.AlterModelOptions(
            name="target",
            options={
                "ordering": ["year", "unit__sort_key"],
                "verbose_name": "target",
                "verbose_name_plural": "targets",
            },
        ),
    ]
