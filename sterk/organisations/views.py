"""Pages about organisations and the people in them."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sterk import policy
from sterk.accounts.adapter import Adapter
from sterk.accounts.models import User
from sterk.logbook import sentences
from sterk.logbook.models import Entry
from sterk.organisations import actions
from sterk.organisations.forms import (
    ConflictForm,
    InvitationForm,
    OrganisationForm,
    OwnConflictForm,
    ProfileForm,
)
from sterk.organisations.models import Conflict, Invitation, Membership, Organisation
from sterk.policy import Permission, PlatformRole
from sterk.web import telling

PAGE = 25
LINES = 50


def organisations(request):
    """Those that one may see; with a single one of one's own there is nothing to choose."""
    visible = Organisation.objects.visible_to(request.user).order_by("name")
    may_create = policy.may(request.user, Permission.CREATE_ORGANISATION)
    if not may_create and len(only := visible[:2]) == 1:
        return redirect(only[0])
    words = request.GET.get("zoek", "").strip()
    found = visible.matching(words) if words else visible
    page = Paginator(found.with_people(), PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "words": words, "may_create": may_create}
    return render(request, "organisations/organisations.html", context)


def organisation(request, pk):
    """All about one organisation: its facts, its people and who is asked to join."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    invitations = Invitation.objects.none()
    if may_invite := policy.may(request.user, Permission.INVITE_MEMBERS, found):
        invitations = found.invitations.unanswered().order_by("invited_at")
    context = {
        "organisation": found,
        "memberships": found.memberships.by_person(),
        "invitations": invitations,
        "now": timezone.now(),
        "may_edit": policy.may(request.user, Permission.EDIT_ORGANISATION, found),
        "may_invite": may_invite,
        "may_read_logbook": policy.may(request.user, Permission.READ_LOGBOOK, found),
        "may_create": policy.may(request.user, Permission.CREATE_ORGANISATION),
    }
    return render(request, "organisations/organisation.html", context)


def new_organisation(request):
    """The bureau writes down an organisation; its people come by invitation."""
    policy.require(request.user, Permission.CREATE_ORGANISATION)
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        with telling(request, "De organisatie staat erin. Nodig nu iemand uit.", form):
            made = actions.create(by=request.user, **form.cleaned_data)
            return redirect("organisations:invite", made.pk)
    return render(request, "organisations/organisation_form.html", {"form": form})


def edit_organisation(request, pk):
    """An organisation keeps its own facts; name and kind are the bureau's."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, Permission.EDIT_ORGANISATION, found)
    all_facts = policy.may(request.user, Permission.CREATE_ORGANISATION)
    form_class = OrganisationForm if all_facts else ProfileForm
    form = form_class(request.POST or None, initial=vars(found))
    if form.is_valid():
        with telling(request, "De gegevens zijn bewaard.", form):
            actions.edit(found, by=request.user, **form.cleaned_data)
            return redirect(found)
    context = {"form": form, "organisation": found}
    return render(request, "organisations/organisation_form.html", context)


def logbook(request, pk):
    """Who did what here, and who looked."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, Permission.READ_LOGBOOK, found)
    entries = Entry.objects.filter(organisation_pk=found.pk).exclude(deed__in=sentences.KEPT)
    entries = entries.filter(_readable_lines(request.user))
    page = Paginator(entries.order_by("-at", "-pk"), LINES).get_page(request.GET.get("pagina"))
    lines = [
        {"at": entry.at, "by": entry.by_name, "text": sentences.told(entry.deed, entry.details)}
        for entry in page
    ]
    context = {"organisation": found, "page": page, "lines": lines}
    return render(request, "organisations/logbook.html", context)


def _readable_lines(user):
    """The open ones; who follows the reviews for the label reads all, save of an organisation one is tied to."""
    readable = Q(deed__in=sentences.OPEN)
    if policy.may(user, Permission.FOLLOW_REVIEWS):
        readable |= ~Q(organisation_pk__in=Organisation.objects.barred_for(user).values("pk"))
    return readable


def invite(request, pk):
    """Ask somebody to join; who belongs here already can be asked for one more role."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, Permission.INVITE_MEMBERS, found)
    initial = _who_is_known(request, found)
    form = InvitationForm(request.POST or None, roles=found.roles, initial=initial)
    if form.is_valid():
        with telling(request, f"De uitnodiging aan {form.cleaned_data['name']} gaat uit.", form):
            actions.invite(found, by=request.user, **form.cleaned_data)
            return redirect(found)
    return render(request, "organisations/invite.html", {"form": form, "organisation": found})


def _who_is_known(request, organisation):
    pk = request.GET.get("rol", "")
    held = organisation.memberships.current().select_related("person")
    known = held.filter(pk=pk).first() if pk.isdecimal() else None
    return {"name": known.person.name, "email": known.person.email} if known else {}


@require_POST
def withdraw_invitation(request, pk):
    """The link in the mail stops working."""
    mine = Invitation.objects.in_the_hands_of(request.user).select_related("organisation")
    found = get_object_or_404(mine, pk=pk)
    with telling(request, f"De uitnodiging aan {found.name} is ingetrokken."):
        actions.withdraw_invitation(found, by=request.user)
    return redirect(found.organisation or "organisations:staff")


@never_cache
@login_not_required
def invitation(request, secret):
    """Whoever has the link sees who asks them for what, and takes it up."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    found = invitations.with_secret(secret).first()
    if found is None or not found.is_open(timezone.now()):
        return _closed(request, found)
    if request.method == "POST":
        return _take_up(request, found)
    context = {
        "invitation": found,
        "is_mine": request.user.is_authenticated and found.is_for(request.user),
        "has_account": User.objects.with_address(found.email).exists(),
    }
    return render(request, "organisations/invitation.html", context)


def _closed(request, found):
    """The same words for whatever is wrong with it; who took it up earlier just goes on."""
    if found and request.user.is_authenticated and found.accepted_by_id == request.user.pk:
        return redirect("home")
    return render(request, "organisations/invitation_closed.html", status=404)


def _take_up(request, found):
    """Accept, or first become somebody who can: log in, or sign up with this address."""
    back = urlencode({"next": request.path})
    if request.user.is_authenticated:
        with telling(request, "Fijn dat je meedoet."):
            actions.accept_invitation(found, by=request.user)
            return redirect("home")
        return redirect(request.path)
    if User.objects.with_address(found.email).exists():
        return redirect(f"{reverse('account_login')}?{back}")
    Adapter(request).welcome(request, email=found.email, name=found.name)
    return redirect(f"{reverse('account_signup')}?{back}")


def end_membership(request, pk):
    """Asks first what it means, then ends one role of one person."""
    mine = Membership.objects.current().in_the_hands_of(request.user)
    found = get_object_or_404(mine.select_related("person", "organisation"), pk=pk)
    if request.method != "POST":
        return render(request, "organisations/end_membership.html", {"membership": found})
    with telling(request, f"{found.person} is niet meer {found.get_role_display()}."):
        actions.end_membership(found, by=request.user)
    if found.person_id == request.user.pk:
        return redirect("home")
    return redirect(found.organisation or "organisations:staff")


def staff(request):
    """Who works for the label itself."""
    policy.require(request.user, Permission.INVITE_STAFF)
    context = {
        "memberships": Membership.objects.filter(organisation=None).by_person(),
        "invitations": Invitation.objects.unanswered().filter(organisation=None),
        "now": timezone.now(),
    }
    return render(request, "organisations/staff.html", context)


def invite_staff(request):
    """Ask somebody to work for the label."""
    policy.require(request.user, Permission.INVITE_STAFF)
    form = InvitationForm(request.POST or None, roles=list(PlatformRole))
    if form.is_valid():
        with telling(request, f"De uitnodiging aan {form.cleaned_data['name']} gaat uit.", form):
            actions.invite_staff(by=request.user, **form.cleaned_data)
            return redirect("organisations:staff")
    return render(request, "organisations/invite.html", {"form": form})


def conflicts(request):
    """Who must stay away from which organisation: one's own, or all of them."""
    visible = Conflict.objects.visible_to(request.user)
    visible = visible.select_related("person", "organisation").order_by("-recorded_at", "-pk")
    context = {
        "page": Paginator(visible, PAGE).get_page(request.GET.get("pagina")),
        "may_record": _may_record(request.user),
        "may_lift": policy.may(request.user, Permission.RECORD_CONFLICT),
    }
    return render(request, "organisations/conflicts.html", context)


def record_conflict(request):
    """The bureau does so for anybody; who can read others' texts does so for themselves."""
    if not _may_record(request.user):
        policy.require(request.user, Permission.RECORD_CONFLICT)
    for_anybody = policy.may(request.user, Permission.RECORD_CONFLICT)
    form = (ConflictForm if for_anybody else OwnConflictForm)(request.POST or None)
    if form.is_valid():
        facts = {"person": request.user, **form.cleaned_data}
        with telling(request, "Het belang is vastgelegd.", form):
            actions.record_conflict(by=request.user, **facts)
            return redirect("organisations:conflicts")
    return render(request, "organisations/conflict_form.html", {"form": form})


def _may_record(user):
    return user.needs_second_factor or policy.may(user, Permission.RECORD_CONFLICT)


@require_POST
def lift_conflict(request, pk):
    """The bureau says that it is over."""
    found = get_object_or_404(Conflict.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, Permission.RECORD_CONFLICT)
    with telling(request, "Het belang is opgeheven."):
        actions.lift_conflict(found, by=request.user)
    return redirect("organisations:conflicts")
