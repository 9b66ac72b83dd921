"""The map of the house of labels."""

app_name = "labels"
urlpatterns = []
