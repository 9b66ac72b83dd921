from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "sterk.reports"
    label = "reports"
