"""The map of organisations and their people."""

from django.urls import path

from sterk.organisations import views

app_name = "organisations"
urlpatterns = [
    path("organisaties/", views.organisations, name="organisations"),
    path("organisaties/nieuw/", views.new_organisation, name="new-organisation"),
    path("organisaties/<int:pk>/", views.organisation, name="organisation"),
    path("organisaties/<int:pk>/wijzigen/", views.edit_organisation, name="edit-organisation"),
    path("organisaties/<int:pk>/logboek/", views.logbook, name="logbook"),
    path("organisaties/<int:pk>/uitnodigen/", views.invite, name="invite"),
    path(
        "uitnodigingen/<int:pk>/intrekken/",
        views.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path("uitnodiging/<str:secret>/", views.invitation, name="invitation"),
    path("rollen/<int:pk>/beeindigen/", views.end_membership, name="end-membership"),
    path("label/medewerkers/", views.staff, name="staff"),
    path("label/medewerkers/uitnodigen/", views.invite_staff, name="invite-staff"),
    path("belangen/", views.conflicts, name="conflicts"),
    path("belangen/vastleggen/", views.record_conflict, name="record-conflict"),
    path("belangen/<int:pk>/opheffen/", views.lift_conflict, name="lift-conflict"),
]
