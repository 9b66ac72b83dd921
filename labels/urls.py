"""The map of the house of labels, grouped by chapter."""

app_name = "labels"
urlpatterns = []
