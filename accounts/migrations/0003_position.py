"""What a leader signs papers as; those of before signed in the chairman's place."""

from django.db import migrations, models

CHOICES = [("chairman", "Chairman"), ("vice_chairman", "Vice chairman")]
HELP = "Of a leader: the papers that the leader publishes are signed with it."


def leaders_are_deputies(apps, schema_editor):
    apps.get_model("accounts", "User").objects.filter(role="leader").update(
        position="vice_chairman"
    )


def field():
    return models.CharField(
        blank=True, choices=CHOICES, default="", help_text=HELP, max_length=20,
        verbose_name="position",
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]
    operations = [
        migrations.AddField("user", "position", field(), preserve_default=False),
        migrations.AddField("historicaluser", "position", field(), preserve_default=False),
        migrations.RunPython(leaders_are_deputies, migrations.RunPython.noop),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(("role", "leader"), ("position", ""), _connector="OR"),
                name="user_position_of_a_leader",
                violation_error_message="Only a leader has a position. Leave this empty.",
            ),
        ),
    ]
