"""The map of the house of labels, grouped by chapter."""

from django.urls import path, re_path

from labels.frameworks import views as frameworks
from labels.register import views as register
from labels.registrations import views as registrations

app_name = "labels"
urlpatterns = [
    # frameworks
    path("normen/", frameworks.frameworks, name="frameworks"),
    re_path(r"^normen/(?P<code>[\w.-]+)/$", frameworks.framework, name="framework"),
    re_path(r"^normen/(?P<code>[\w.-]+)/(?P<norm_code>[\w.-]+)/$", frameworks.norm, name="norm"),
    path("meedoen/", frameworks.join, name="join"),
    # registrations
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
