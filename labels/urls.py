"""The map of the house of labels, grouped by chapter."""

from django.urls import path, re_path

from labels.assessments import views as assessments
from labels.evidence import views as evidence
from labels.frameworks import views as frameworks
from labels.improvements import views as improvements
from labels.register import views as register
from labels.registrations import views as registrations

app_name = "labels"
urlpatterns = [
    # frameworks
    path("normen/", frameworks.frameworks, name="frameworks"),
    re_path(r"^normen/(?P<code>[\w.-]+)/$", frameworks.framework, name="framework"),
    re_path(r"^normen/(?P<code>[\w.-]+)/(?P<norm_code>[\w.-]+)/$", frameworks.norm, name="norm"),
    path("meedoen/", frameworks.join, name="join"),
    # improvements
    path("verbeterplan/", improvements.improvements, name="improvements"),
    path("verbeterplan/nieuw/", improvements.plan_improvement, name="plan-improvement"),
    path("verbeterplan/<int:pk>/", improvements.change_improvement, name="change-improvement"),
    path(
        "verbeterplan/<int:pk>/klaar/", improvements.finish_improvement, name="finish-improvement"
    ),
    path(
        "verbeterplan/<int:pk>/schrappen/", improvements.drop_improvement, name="drop-improvement"
    ),
    # evidence
    path("bewijs/", evidence.evidence, name="evidence"),
    path("bewijs/nieuw/", evidence.add_evidence, name="add-evidence"),
    path("bewijs/<int:pk>/", evidence.evidence_item, name="evidence-item"),
    path("bewijs/<int:pk>/bijleggen/", evidence.cite_evidence, name="cite-evidence"),
    path("bewijs/<int:pk>/weghalen/", evidence.uncite_evidence, name="uncite-evidence"),
    path("bewijs/<int:pk>/intrekken/", evidence.withdraw_evidence, name="withdraw-evidence"),
    path("bewijs/<int:pk>/bestand/", assessments.evidence_file, name="evidence-file"),
    # assessments
    path("zelfevaluaties/", assessments.assessments, name="assessments"),
    path("zelfevaluaties/beginnen/", assessments.start_assessment, name="start-assessment"),
    path("zelfevaluaties/<int:pk>/", assessments.assessment, name="assessment"),
    path("zelfevaluaties/<int:pk>/normen/<str:code>/", assessments.answer_norm, name="answer-norm"),
    path(
        "zelfevaluaties/<int:pk>/samenvatting/",
        assessments.describe_assessment,
        name="describe-assessment",
    ),
    path(
        "zelfevaluaties/<int:pk>/indienen/", assessments.submit_assessment, name="submit-assessment"
    ),
    path(
        "zelfevaluaties/<int:pk>/terugleggen/",
        assessments.give_back_assessment,
        name="give-back-assessment",
    ),
    path("zelfevaluaties/<int:pk>/meelezen/", assessments.read_along, name="read-along"),
    path("zelfevaluaties/<int:pk>/ingediend/", assessments.frozen, name="frozen"),
    # registrations
    path("zelfevaluaties/<int:pk>/uitkomst/", registrations.outcome, name="outcome"),
    path(
        "zelfevaluaties/<int:pk>/uitkomst/rapport/",
        registrations.outcome_report,
        name="outcome-report",
    ),
    path(
        "zelfevaluaties/<int:pk>/verbeterplan/inleveren/",
        registrations.hand_in_plan,
        name="hand-in-plan",
    ),
    path("besluiten/", registrations.decisions, name="decisions"),
    path("besluiten/<int:pk>/", registrations.decision, name="decision"),
    path("besluiten/<int:pk>/bevestigen/", registrations.confirm_decision, name="confirm-decision"),
    path("besluiten/<int:pk>/terugsturen/", registrations.reject_decision, name="reject-decision"),
    path("registraties/<int:pk>/", registrations.registration, name="registration"),
    path("registraties/<int:pk>/certificaat/", registrations.certificate, name="certificate"),
    path("maatregelen/<int:pk>/bevestigen/", registrations.confirm_measure, name="confirm-measure"),
    path("maatregelen/<int:pk>/terugsturen/", registrations.reject_measure, name="reject-measure"),
    # register: these addresses stay for ever
    path("register/", register.register, name="register"),
    path("register.json", register.as_json, name="register-json"),
    path("register.csv", register.as_csv, name="register-csv"),
    path("register/<str:number>/", register.entry, name="register-entry"),
]
