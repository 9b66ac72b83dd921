from django.apps import AppConfig


class LogbookConfig(AppConfig):
    name = "sterk.logbook"
    label = "logbook"
