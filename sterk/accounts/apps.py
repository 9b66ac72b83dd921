from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sterk.accounts"
    label = "accounts"
