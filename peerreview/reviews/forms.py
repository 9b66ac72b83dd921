"""What a reviewer is asked, alone."""

from django import forms

from labels.frameworks.models import Judgement

JUDGEMENTS = [
    (Judgement.MET, "Voldoet"),
    (Judgement.PARTLY_MET, "Voldoet deels"),
    (Judgement.NOT_MET, "Voldoet niet"),
    (Judgement.UNDETERMINED, "Kon niet worden vastgesteld"),
]
UNSEEN = "Je hebt te weinig gezien of gehoord om iets te vinden."


def hints(framework):
    """What each judgement means, in the words of the framework, for the component ``choices``."""
    return {
        **{step["code"]: step["help"] for step in framework.scale},
        Judgement.UNDETERMINED.value: UNSEEN,
    }


class ScoreForm(forms.Form):
    """What one reviewer finds of one norm."""

    score = forms.ChoiceField(
        label="Wat vind jij?", choices=JUDGEMENTS, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Jouw aantekening",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Waar zag of hoorde je dit? Schrijf geen namen van inwoners op.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note.readers = (
        "Alleen jij, tot je je scores inlevert. Daarna ook de collega’s in je toetsteam die zelf "
        "hebben ingeleverd. De organisatie, het bureau en de beheercommissie lezen dit nooit."
    )


def rebased(form, version):
    """The same form with everything typed kept, now as an edit of the newer ``version`` that somebody else saved."""
    data = form.data.copy()
    data[form.add_prefix("version")] = version
    return type(form)(data, prefix=form.prefix, auto_id=form.auto_id)
