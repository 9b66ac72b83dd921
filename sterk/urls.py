"""The front door."""

from django.urls import include, path

from sterk.home import views as home

urlpatterns = [
    path("", home.front, name="home"),
    path("account/", include("allauth.urls")),
    path("", include("labels.urls")),
    path("", include("peerreview.urls")),
]
