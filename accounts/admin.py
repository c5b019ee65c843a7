"""Administration of the people. Only the role administrator enters (``accounts.permissions``)."""

from allauth.account.admin import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import forget_old_addresses
from accounts.admin_forms import UserAddForm, UserEditForm
from accounts.models import User
from accounts.user_import import UserResource
from communes.admin import ExcelMixin, HistoryAdmin

admin.site.site_header = _("NTM Portal: administration")
admin.site.site_title = _("NTM Portal")
admin.site.index_title = _("Reference data and accounts")
# Roles decide here, not groups; and a person's address is the one in the account.
admin.site.unregister([Group, EmailAddress])


@admin.register(User)
class UserAdmin(ExcelMixin, HistoryAdmin, DjangoUserAdmin):
    resource_classes = [UserResource]
    form = UserEditForm
    add_form = UserAddForm
    list_display = [
        "username",
        "full_name",
        "role",
        "position",
        "unit",
        "agency",
        "is_active",
        "last_login",
    ]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "full_name", "email", "unit__name", "agency__name"]
    list_select_related = ["unit", "agency"]
    autocomplete_fields = ["agency"]
    filter_horizontal: list[str] = []
    readonly_fields = ["last_login", "date_joined"]
    _person = (_("Person"), {"fields": ["full_name", "email"]})
    _duty = (_("Role and what it is for"), {"fields": ["role", "position", "unit", "agency"]})
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        _person,
        _duty,
        (_("Account"), {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        _person,
        _duty,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None):
        """Nobody locks themselves out by taking their own role away."""
        fields = super().get_readonly_fields(request, obj)
        return (
            [*fields, "role", "position", "unit", "agency", "is_active"]
            if obj == request.user
            else fields
        )

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """An account is switched off: what the person decided must keep its name."""
        return False

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        forget_old_addresses(obj)
