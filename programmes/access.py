"""Who may do what: one table. ``visible_to`` on the querysets is its other half.

``may`` answers, ``require`` refuses with the name of the missing right. A stranger
never gets this far: the queryset does not show them the programme (404).
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models.people import Role


class Right(TextChoices):
    SEE_WORKSPACE = "see_workspace", gettext_lazy("see the workspace")
    CREATE_PROGRAMME = "create_programme", gettext_lazy("create a programme")
    RECORD_REVISION = "record_revision", gettext_lazy("record a revision")
    EDIT_SECTIONS = "edit_sections", gettext_lazy("edit sections, results, parties and areas")
    ASSESS_STATUS = "assess_status", gettext_lazy("assess the status")
    RECORD_DISBURSEMENT = "record_disbursement", gettext_lazy("record disbursements")
    RECORD_MISSION = "record_mission", gettext_lazy("record missions")
    UPLOAD_BENEFICIARIES = "upload_beneficiaries", gettext_lazy("upload and withdraw beneficiary figures")
    SET_AGREED_FIGURE = "set_agreed_figure", gettext_lazy("set the agreed figure")
    REPORT_FINANCES = "report_finances", gettext_lazy("report what was committed and spent")
    SUBMIT_SHEET = "submit_sheet", gettext_lazy("submit a sheet")
    ISSUE_SHEET = "issue_sheet", gettext_lazy("send back, issue or withdraw a sheet")
    DOWNLOAD_ISSUED = "download_issued", gettext_lazy("download issued sheets")
    INVITE_PEOPLE = "invite_people", gettext_lazy("invite people and grant scopes")
    KEEP_REFERENCE_DATA = "keep_reference_data", gettext_lazy("keep reference data and templates")


class Limit(TextChoices):
    """What narrows a right within the scope of the role that has it."""

    NONE = "none"
    OWN_AGENCY = "own_agency"
    WITH_REASON = "with_reason"


_FREE, _OWN, _REASON = Limit.NONE, Limit.OWN_AGENCY, Limit.WITH_REASON
_FP, _RCO, _SEC, _READER, _ADMIN = Role.FOCAL_POINT, Role.RCO, Role.SECRETARIAT, Role.READER, Role.ADMINISTRATOR

#: The roles table: right → role → what narrows it. A role that is not named does not have the right.
ALLOWED = {
    Right.SEE_WORKSPACE: {_FP: _FREE, _RCO: _FREE, _SEC: _FREE, _ADMIN: _FREE},
    Right.CREATE_PROGRAMME: {_RCO: _FREE, _SEC: _FREE, _ADMIN: _FREE},
    Right.RECORD_REVISION: {_RCO: _FREE, _SEC: _REASON, _ADMIN: _REASON},
    Right.EDIT_SECTIONS: {_RCO: _FREE},
    Right.ASSESS_STATUS: {_RCO: _FREE, _SEC: _REASON},
    Right.RECORD_DISBURSEMENT: {_RCO: _FREE, _SEC: _REASON},
    Right.RECORD_MISSION: {_RCO: _FREE, _SEC: _REASON},
    Right.UPLOAD_BENEFICIARIES: {_FP: _OWN, _RCO: _FREE},
    Right.SET_AGREED_FIGURE: {_RCO: _FREE},
    Right.REPORT_FINANCES: {_FP: _OWN, _RCO: _FREE},
    Right.SUBMIT_SHEET: {_RCO: _FREE},
    Right.ISSUE_SHEET: {_SEC: _FREE},
    Right.DOWNLOAD_ISSUED: {_FP: _FREE, _RCO: _FREE, _SEC: _FREE, _READER: _FREE, _ADMIN: _FREE},
    Right.INVITE_PEOPLE: {_RCO: _FREE, _SEC: _FREE, _ADMIN: _FREE},
    Right.KEEP_REFERENCE_DATA: {_ADMIN: _FREE},
}

#: Who may make whom what: role of the granting person → role granted → what of the granted scope must be their own
#: country or fund. ``None``: anywhere. A role that is not named may not be granted.
GRANTABLE = {
    _FP: {},
    _RCO: {_FP: "programme__country", _READER: "programme__country"},
    _SEC: {
        _FP: "programme__fund",
        _READER: "programme__fund",
        _RCO: "country__programmes__fund",
        _SEC: "fund",
    },
    _READER: {},
    _ADMIN: dict.fromkeys(Role),
}
_OWN_SCOPE = {_RCO: "country_id", _SEC: "fund_id", _ADMIN: "pk"}


class MissingRight(PermissionDenied):
    """A member of the programme lacks one right: the page says which."""

    def __init__(self, right, agency=None, *, in_programme=True):
        self.right = right
        if in_programme:
            message = _("You are not allowed to %(right)s in this programme.") % {"right": right.label}
        else:
            message = _("You are not allowed to %(right)s.") % {"right": right.label}
        if agency is not None:
            message = _("You are not allowed to %(right)s for %(agency)s.") % {"right": right.label, "agency": agency}
        super().__init__(message)


def covers(membership, programme):
    """Whether a membership's scope includes the programme."""
    match membership.role:
        case Role.ADMINISTRATOR:
            return True
        case Role.SECRETARIAT:
            return membership.fund_id == programme.fund_id
        case Role.RCO:
            return membership.country_id == programme.country_id
        case _:
            return membership.programme_id == programme.pk


def limits(user, right, programme=None):
    """The memberships that give a right, each with what narrows it."""
    if not user.is_authenticated or not user.is_active:
        return []
    allowed = ALLOWED[right]
    return [
        (membership, allowed[membership.role])
        for membership in user.current_memberships
        if membership.role in allowed and (programme is None or covers(membership, programme))
    ]


def may(user, right, programme=None, agency=None, *, any_agency=False):
    """Whether the person has the right in the programme, for this agency (``None``: the programme as a whole).

    ``any_agency`` asks whether they have it for at least one agency.
    """
    return any(
        limit != Limit.OWN_AGENCY or any_agency or (agency is not None and membership.agency_id == agency.pk)
        for membership, limit in limits(user, right, programme)
    )


def must_give_reason(user, right, programme):
    """Whether the right is theirs only together with a reason that is written down."""
    held = limits(user, right, programme)
    return bool(held) and all(limit == Limit.WITH_REASON for _membership, limit in held)


def own_agencies(user, right, programme):
    """The agencies to which the right is limited; ``None`` when it is not limited."""
    held = limits(user, right, programme)
    if any(limit != Limit.OWN_AGENCY for _membership, limit in held):
        return None
    return [membership.agency for membership, _limit in held]


def require(user, right, programme=None, agency=None, *, any_agency=False):
    """Refuse with the name of the missing right."""
    if not may(user, right, programme, agency, any_agency=any_agency):
        raise MissingRight(right, agency, in_programme=programme is not None)


def _grants(user):
    """Every role that the person may grant, with the path into its scope and the value that must stand there."""
    for membership, _limit in limits(user, Right.INVITE_PEOPLE):
        for role, path in GRANTABLE[membership.role].items():
            yield role, path, getattr(membership, _OWN_SCOPE[membership.role])


def grantable_roles(user):
    """The roles that this person may grant to somebody, in the order of the roles."""
    granted = {role for role, _path, _own in _grants(user)}
    return [role for role in Role if role in granted]


def grantable(user):
    """As a condition on memberships or invitations: those this person may grant, and so end or revoke."""
    allowed = Q(pk__in=[])
    for role, path, own in _grants(user):
        allowed |= Q(role=role) & (Q() if path is None else Q(**{path: own}))
    return allowed


def grantable_scopes(user, column):
    """As a condition on programmes, countries or funds: those for which this person may grant a role."""
    allowed = Q(pk__in=[])
    for _role, path, own in _grants(user):
        if path is None:
            return Q()
        first, _separator, further = path.partition("__")
        if first == column:
            allowed |= Q(**{further or "pk": own})
    return allowed


def may_grant(user, role, scope):
    """Whether the person may make somebody this in the scope: ``{"programme": …, "agency": …}``."""
    return any(
        granted == role and (path is None or _lies_within(scope, path, own)) for granted, path, own in _grants(user)
    )


def _lies_within(scope, path, own):
    column, _separator, further = path.partition("__")
    if column not in scope:
        return False
    held = scope[column]
    return type(held)._default_manager.filter(pk=held.pk).filter(**{further or "pk": own}).exists()


def require_grant(user, role, scope):
    """Refuse with the missing right and what it was to be granted for."""
    if not may_grant(user, role, scope):
        raise MissingRight(Right.INVITE_PEOPLE, " · ".join(map(str, [role.label, *scope.values()])))
