"""The life of a report, on one page."""

from sterk.jobs import JobState
from sterk.lifecycle import Move

START = Move("report.start", frozenset({JobState.QUEUED, JobState.RUNNING}), JobState.RUNNING)
DELIVER = Move("report.deliver", frozenset({JobState.RUNNING}), JobState.DONE)
WAIT = Move("report.wait", frozenset({JobState.RUNNING}), JobState.QUEUED)
FAIL = Move("report.fail", frozenset({JobState.RUNNING}), JobState.FAILED)
ASK_AGAIN = Move("report.ask_again", frozenset({JobState.FAILED}), JobState.QUEUED)
