"""People, and what each of them is in a programme, a country or a fund."""

from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from programmes.history import History


class Role(models.TextChoices):
    FOCAL_POINT = "focal_point", _("agency focal point")
    RCO = "rco", _("RCO staff")
    SECRETARIAT = "secretariat", _("Secretariat")
    READER = "reader", _("reader")
    ADMINISTRATOR = "administrator", _("administrator")


#: Which scope each role is granted for; exactly these columns of a membership are filled.
SCOPES = {
    Role.FOCAL_POINT: frozenset({"programme", "agency"}),
    Role.RCO: frozenset({"country"}),
    Role.SECRETARIAT: frozenset({"fund"}),
    Role.READER: frozenset({"programme"}),
    Role.ADMINISTRATOR: frozenset(),
}
SCOPE_COLUMNS = ("programme", "agency", "country", "fund")


class UserManager(BaseUserManager):
    """Accounts are made by invitation: there is no public sign-up."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        user = self.create_user(email, password, **fields)
        Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user


class User(AbstractBaseUser):
    """A person who signs in by e-mail. What they may do comes from their memberships alone."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("As the history and the sheets show it."))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("es", "Español"), ("en", "English")],
        blank=True,
        help_text=_("Blank until the person chooses one: the browser decides."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: the person can no longer sign in; their history stays.")
    )
    joined_at = models.DateTimeField(_("account made at"), default=timezone.now, editable=False)

    objects = UserManager()
    history = History(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    @cached_property
    def current_memberships(self):
        """The memberships that have not ended: read once a request."""
        return list(self.memberships.filter(ended_at__isnull=True).select_related("agency", "country", "fund"))

    @property
    def is_administrator(self):
        return self.is_active and any(held.role == Role.ADMINISTRATOR for held in self.current_memberships)

    # Django's admin asks these; the memberships answer, so there is no second table of rights.
    is_staff = is_superuser = is_administrator

    def has_perm(self, permission, instance=None):
        return self.is_administrator

    def has_perms(self, permissions, instance=None):
        return self.is_administrator

    def has_module_perms(self, app_label):
        return self.is_administrator


def _scope_matches_role():
    """One alternative a role: its scope's columns filled, the others empty."""
    alternatives = [
        models.Q(role=role.value, **{f"{column}__isnull": column not in filled for column in SCOPE_COLUMNS})
        for role, filled in SCOPES.items()
    ]
    return reduce(or_, alternatives)


class ScopedRole(models.Model):
    """A role with its scope: a programme and agency, a country, a fund, or a programme."""

    role = models.CharField(_("role"), max_length=20, choices=Role)
    programme = models.ForeignKey(
        "Programme",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("programme"),
        help_text=_("For focal points and readers."),
    )
    agency = models.ForeignKey(
        "Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("agency"),
        help_text=_("For focal points: the agency they speak for."),
    )
    country = models.ForeignKey(
        "Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("country"),
        help_text=_("For RCO staff."),
    )
    fund = models.ForeignKey(
        "Fund",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("fund"),
        help_text=_("For the Secretariat."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=_scope_matches_role(),
                name="%(class)s_scope_matches_role",
                violation_error_message=_(
                    "The scope does not fit the role: a focal point needs a programme and an agency, RCO staff a "
                    "country, the Secretariat a fund, a reader a programme, an administrator none."
                ),
            )
        ]

    def __str__(self):
        return " · ".join(map(str, [self.get_role_display(), *self.scope.values()]))

    @property
    def scope(self):
        """The scope's columns that are filled: ``{"programme": …, "agency": …}``."""
        return {column: getattr(self, column) for column in SCOPE_COLUMNS if getattr(self, f"{column}_id")}

    def scope_in(self, language):
        """The scope as people of a language call it: MDGF-2097 · OMT."""
        names = [found.acronym(language) if column == "agency" else found for column, found in self.scope.items()]
        return " · ".join(map(str, names))

    def described_in(self, language):
        return " · ".join(filter(None, [str(self.get_role_display()), self.scope_in(language)]))


class Membership(ScopedRole):
    """One role of one person, with its scope: a programme and agency, a country, a fund, or a programme."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(
        _("ended at"), null=True, blank=True, help_text=_("Blank while it holds; nothing is deleted.")
    )

    history = History()

    class Meta(ScopedRole.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
