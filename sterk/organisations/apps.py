from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "sterk.organisations"
    label = "organisations"
