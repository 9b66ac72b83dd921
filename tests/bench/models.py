"""The tables of the bare site: what a first tutorial would make of norms, answers and evidence."""

from django.db import models


class Norm(models.Model):
    """A norm with its words."""

    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.TextField()

    def __str__(self):
        return self.code


class Answer(models.Model):
    """What one organisation says about it."""

    norm = models.ForeignKey(Norm, models.CASCADE)
    assessment = models.IntegerField(db_index=True)
    score = models.CharField(max_length=12)
    text = models.TextField()
    version = models.IntegerField(default=0)

    def __str__(self):
        return f"{self.assessment} {self.norm_id}"


class Evidence(models.Model):
    """A file that goes with an answer."""

    answer = models.ForeignKey(Answer, models.CASCADE)
    name = models.CharField(max_length=200)
    size = models.IntegerField()

    def __str__(self):
        return self.name


class LogLine(models.Model):
    """One line per save."""

    at = models.DateTimeField(auto_now_add=True)
    what = models.TextField()

    def __str__(self):
        return self.what


BARE = [Norm, Answer, Evidence, LogLine]
