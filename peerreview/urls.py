"""The map of the house of peerreview, grouped by chapter."""

from django.urls import path

from peerreview.agreement import views as agreement
from peerreview.following import views as following
from peerreview.panels import views as panels
from peerreview.reviews import views as reviews
from peerreview.rounds import views as rounds

app_name = "peerreview"
urlpatterns = [
    # rounds
    path("rondes/", rounds.rounds, name="rounds"),
    path("rondes/nieuw/", rounds.new_round, name="new-round"),
    path("rondes/<int:pk>/", following.round_, name="round"),
    path("rondes/<int:pk>/aanmelden/", rounds.sign_up, name="sign-up"),
    path("rondes/deelname/<int:pk>/uit/", rounds.take_out, name="take-out"),
    # panels
    path("rondes/deelname/<int:pk>/team/", following.panel, name="panel"),
    path("rondes/deelname/<int:pk>/team/plaatsen/", panels.place, name="place"),
    path(
        "rondes/deelname/<int:pk>/team/<int:member_pk>/voorzitter/",
        panels.make_lead,
        name="make-lead",
    ),
    path("rondes/deelname/<int:pk>/team/<int:member_pk>/uit/", panels.let_go, name="let-go"),
    path("rondes/deelname/<int:pk>/toetsing/", following.start_review, name="start-review"),
    path("rondes/deelname/<int:pk>/toetsing/erbij/", following.join_review, name="join-review"),
    path(
        "rondes/deelname/<int:pk>/toetsing/<int:member_pk>/uit/",
        following.leave_review,
        name="leave-review",
    ),
    path("rondes/hertoetsing/<int:pk>/", following.look_again, name="look-again"),
    # reviews: alone
    path("toetsingen/", reviews.reviews, name="reviews"),
    path("toetsingen/<int:pk>/", reviews.review, name="review"),
    path("toetsingen/<int:pk>/normen/<str:code>/", reviews.norm, name="review-norm"),
    path(
        "toetsingen/<int:pk>/bewijs/<int:evidence_pk>/",
        reviews.evidence_file,
        name="review-evidence-file",
    ),
    path("toetsingen/<int:pk>/inleveren/", reviews.hand_in_scores, name="hand-in-scores"),
    path("toetsingen/<int:pk>/rapport/", reviews.review_report, name="review-report"),
    path("zelfevaluaties/<int:pk>/toetsteam/", reviews.assessment_panel, name="assessment-panel"),
    # reviews: together
    path("toetsingen/<int:pk>/overeenstemming/", agreement.agreement, name="agreement"),
    path("toetsingen/<int:pk>/overeenstemming/<str:code>/", agreement.agree, name="agree"),
    path("toetsingen/<int:pk>/bevindingen/", agreement.findings, name="findings"),
    path(
        "toetsingen/<int:pk>/bevindingen/<int:finding_pk>/weg/",
        agreement.scrap_finding,
        name="scrap-finding",
    ),
    path("toetsingen/<int:pk>/samenvatting/", agreement.summary, name="summary"),
    path("toetsingen/<int:pk>/afronden/", agreement.finish_review, name="finish-review"),
    path("toetsingen/<int:pk>/advies/", agreement.advise, name="advise"),
]
