"""The life of a message, on one page."""

from sterk.jobs import JobState
from sterk.lifecycle import Move

START = Move("message.start", frozenset({JobState.QUEUED}), JobState.RUNNING)
DELIVER = Move("message.deliver", frozenset({JobState.RUNNING}), JobState.DONE)
WAIT = Move(
    "message.wait", frozenset({JobState.RUNNING}), JobState.QUEUED
)  # refused before acceptance
FAIL = Move("message.fail", frozenset({JobState.RUNNING}), JobState.FAILED)
