"""Norm sets: what is asked, and the rules that come with it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone


class RouteCode(models.TextChoices):
    """How an organisation is reviewed (toetsingsvariant)."""

    PEER = "peer", "intercollegiale adviesmeting"
    EXTERNAL = "external", "externe audit"
    COMBINED = "combined", "combinatietoets"


class Judgement(models.TextChoices):
    """What somebody finds of one norm (oordeel). The organisation itself has the first three."""

    MET = "met", "voldoet"
    PARTLY_MET = "partly_met", "voldoet deels"
    NOT_MET = "not_met", "voldoet niet"
    UNDETERMINED = "undetermined", "niet vastgesteld"


OWN_JUDGEMENTS = Judgement.choices[:3]


class FrameworkQuerySet(models.QuerySet):
    """Questions about many frameworks."""

    def answerable(self, on):
        """Those that list norms and are in force on this day, the newest first."""
        in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        listing = Exists(Norm.objects.filter(framework=OuterRef("pk")))
        return self.filter(in_force, listing).order_by("-valid_from", "code")

    def used_by(self, organisations):
        """Those that one of these organisations judges itself against, or did; the newest first."""
        used = self.filter(assessments__organisation__in=organisations).distinct()
        return used.order_by("-valid_from", "code")

    def public(self):
        """Those that anybody may read about: without a date it is only a reminder that one will come."""
        return self.filter(valid_from__isnull=False)


class Framework(models.Model):
    """One published version of the norm set, with its own rules (normenkader).

    It never changes once it is here: what was judged against it must read the same for ever. A framework without norms
    is a title for old certificates and cannot be answered.
    """

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField("titel", max_length=200)
    notice = models.TextField("kanttekening", blank=True)
    official = models.BooleanField("officiële tekst", default=False)
    valid_from = models.DateField("geldig vanaf", null=True)
    valid_until = models.DateField("geldig tot en met", null=True)
    norm_count = models.PositiveSmallIntegerField("aantal normen", null=True)
    scale = models.JSONField(default=list)  # [{code: a judgement, label, help}], best first
    plan_required_for = models.JSONField(default=list)  # judgements
    blocking_judgements = models.JSONField(default=list)  # judgements
    max_partly_met = models.PositiveSmallIntegerField(null=True)
    repair_term_weeks = models.PositiveSmallIntegerField(null=True)
    interview_groups = models.JSONField(default=list)  # [{code, label}]
    work_types = models.JSONField(default=list)  # [{code, label}]
    sizes = models.JSONField(default=list)  # [{code, label, fte_from, fte_below}]
    always_at_hand = models.JSONField(default=list)  # questions that fit every conversation
    evidence_notice = models.TextField(blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of what the file says about it
    published_at = models.DateTimeField(default=timezone.now)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="framework_ends_after_it_begins",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("labels:framework", args=[self.code])


def words_of(choices):
    """The words for each code in a list to choose from."""
    return {choice["code"]: choice["label"] for choice in choices}


class Part(models.Model):
    """What every ordered part of a framework has: a code, a title, a place."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="%(class)ss")
    code = models.CharField(max_length=20)
    title = models.CharField("titel", max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["order"]

    def __str__(self):
        return self.title


class Theme(Part):
    """A group of norms (groep): vakmanschap, dienstverlening, bestuur."""

    short_title = models.CharField(max_length=60)
    value = models.TextField("waarde", blank=True)
    norm_count = models.PositiveSmallIntegerField("aantal normen", null=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(name="theme_code_once", fields=["framework", "code"])
        ]


class Cluster(Part):
    """Norms of one group that belong together (cluster)."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="clusters")

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(name="cluster_code_once", fields=["framework", "code"])
        ]


class Competence(Part):
    """One of the ten competences, the second axis of a report (competentie)."""

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(name="competence_code_once", fields=["framework", "code"])
        ]


class Norm(Part):
    """One requirement (norm). ``title`` is its subject in a few words, ``statement`` the norm itself."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="norms")
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="norms")
    competences = models.ManyToManyField(Competence, related_name="norms")
    statement = models.TextField("norm")
    guiding_questions = models.JSONField(default=list)  # [{to: [interview group codes], text}]
    evidence_examples = models.JSONField(default=list)  # [text]
    interview_with = models.JSONField(default=list)  # interview group codes
    accents = models.JSONField(default=list)  # [{work_type | size, text}]
    key = models.BooleanField("kernnorm", default=False)
    na_allowed = models.BooleanField("kan niet van toepassing zijn", default=False)
    official = models.BooleanField("officiële tekst", default=False)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(name="norm_code_once", fields=["framework", "code"])]

    def __str__(self):
        return f"{self.code} {self.title}"

    def questions_by_group(self):
        """The guiding questions as (for whom, questions), in the order in which one speaks with them."""
        words = words_of(self.framework.interview_groups)
        return [
            (words[group], [each["text"] for each in self.guiding_questions if group in each["to"]])
            for group in self.interview_with
        ]

    def accents_by_name(self):
        """The accents as (for which work type or size, text)."""
        words = words_of(self.framework.work_types) | words_of(self.framework.sizes)
        return [
            (words[each.get("work_type") or each["size"]], each["text"]) for each in self.accents
        ]


class Lens(Part):
    """A view across the groups with a page of its own in the report (dwarsdoorsnede)."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="lenses")
    question = models.TextField("vraag")
    norms = models.ManyToManyField(Norm, related_name="seen_through")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(name="lens_code_once", fields=["framework", "code"])]


class RouteQuerySet(models.QuerySet["Route"]):
    """Questions about many routes."""

    def yielding(self, what):
        """Those that yield this (a ``Route.Yield``), as a list: a handful, and JSON is asked in Python."""
        return [route for route in self if route.gives(what)]


class Route(models.Model):
    """What one way of reviewing asks and yields under this framework (toetsingsvariant)."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="routes")
    code = models.CharField(max_length=10, choices=RouteCode)
    title = models.CharField("titel", max_length=100)
    public_title = models.CharField(max_length=100)
    public_explanation = models.TextField()
    reviewers = models.JSONField()  # some of: "peer", "auditor"
    judged_per = models.CharField(max_length=10, default="norm")
    yields = models.JSONField()  # see Yield
    validity_months = models.PositiveSmallIntegerField()

    class Yield(models.TextChoices):
        """What a route may yield."""

        LEARNING_REPORT = "learning_report", "leerrapport"
        REVIEW_REPORT = "review_report", "toetsingsrapport"
        ADVICE = "advice", "advies"
        DECISION = "decision", "besluit"
        CERTIFICATE = "certificate", "certificaat"
        REGISTER = "register", "register"

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="route_once", fields=["framework", "code"]),
            models.CheckConstraint(name="route_code", condition=Q(code__in=RouteCode.values)),
        ]

    def __str__(self):
        return self.title

    def gives(self, what):
        """Whether this route yields this (a ``Route.Yield``)."""
        return what in self.yields
