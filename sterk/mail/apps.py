from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "sterk.mail"
    label = "mail"
