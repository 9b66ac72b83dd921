from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "labels.instruments"
    label = "instruments"
