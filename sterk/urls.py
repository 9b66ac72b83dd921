"""The front door."""

from django.urls import include, path

from sterk.home import views as home

urlpatterns = [
    path("", home.front, name="home"),
    path("privacy/", home.privacy, name="privacy"),
    path("toegankelijkheid/", home.accessibility, name="accessibility"),
    path("onderdelen/", home.gallery, name="gallery"),
    path("healthz", home.healthz, name="healthz"),
    path("account/", include("sterk.accounts.urls")),
    path("", include("sterk.organisations.urls")),
    path("rapporten/", include("sterk.reports.urls")),
    path("", include("labels.urls")),
    path("", include("labels.instruments.urls")),
    path("", include("peerreview.urls")),
]
