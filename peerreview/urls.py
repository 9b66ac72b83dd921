"""The map of the house of peerreview."""

app_name = "peerreview"
urlpatterns = []
