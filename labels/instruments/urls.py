"""The map of the instruments of daily practice."""

from django.urls import path

from labels.instruments.reflections import views as reflections

app_name = "instruments"
urlpatterns = [
    path("reflecties/", reflections.reflections, name="reflections"),
    path("reflecties/nieuw/", reflections.write_reflection, name="write-reflection"),
    path("reflecties/vragen/", reflections.ask_reflection, name="ask-reflection"),
    path("reflecties/vragen/<int:pk>/nee/", reflections.decline_request, name="decline-request"),
    path("reflecties/<int:pk>/", reflections.reflection, name="reflection"),
    path("reflecties/<int:pk>/delen/", reflections.share_reflection, name="share-reflection"),
    path(
        "reflecties/<int:pk>/weggooien/",
        reflections.throw_away_reflection,
        name="throw-away-reflection",
    ),
]
