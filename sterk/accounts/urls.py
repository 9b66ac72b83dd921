"""The pages of one's own account: allauth's, and the one that is ours."""

from django.urls import include, path

from sterk.accounts import views

urlpatterns = [
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("", include("allauth.urls")),
]
