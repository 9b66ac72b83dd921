"""The map of reports; the documents themselves are fetched on the pages of what they are about."""

from django.urls import path

from sterk.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("<int:pk>/opnieuw/", views.remake_report, name="remake-report"),
]
