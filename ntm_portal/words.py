"""Words of libraries that their own Vietnamese catalogues lack: named here, so that ours has them."""

from django.utils.translation import gettext_noop as _

REST_FRAMEWORK = (
    _("This field may not be null."),
    _("This field is required."),
    _("This field may not be blank."),
    _("A valid integer is required."),
    _("Must be a valid boolean."),
    _("Not a valid string."),
    _("Null characters are not allowed."),
    _("Not found."),
    _("No data provided"),
    _("Authentication credentials were not provided."),
    _("You do not have permission to perform this action."),
    _('Expected a dictionary of items but got type "{input_type}".'),
    _("Invalid data. Expected a dictionary, but got {datatype}."),
    _("Ensure this value is greater than or equal to {min_value}."),
    _("Ensure this value is less than or equal to {max_value}."),
    _('Unsupported media type "{media_type}" in request.'),
    _('Method "{method}" not allowed.'),
    _("JSON parse error - {exc}"),
    _("CSRF Failed: {reason}"),
    _("Select a valid choice. {value} is not one of the available choices."),
)
ADMINISTRATION = (
    _("Skip to main content"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    _("Reset password"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Import"),
    _("Export"),
)
