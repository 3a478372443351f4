"""The audit events of the demo world: what is made up at its beginning, and what was done since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from console.demo.runners import Runner, timestamp

LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    at: datetime
    description: str
    name: str
    subject_id: str
    subject_name: str
    subject_type: str = "AGENT"


def first_events(runners: Sequence[Runner], now: datetime, seed: int) -> list[AuditEvent]:
    """Oldest first: the first runners were created once, and someone signs in every day."""
    random = Random(seed)
    events = [
        AuditEvent(
            now - timedelta(days=random.randint(3, 80), minutes=random.randint(0, 1439)),
            "Agent created",
            "agent_created",
            runner.id,
            runner.name,
        )
        for runner in runners[:24]
    ]
    events += [
        AuditEvent(
            now - timedelta(days=day, minutes=random.randint(0, 600)),
            "User logged in",
            "hub_user_login",
            f"user-{random.randint(1, 5)}",
            "data-platform",
            "USER",
        )
        for day in range(60)
    ]
    return sorted(events, key=lambda event: event.at)


def events_between(
    events: Sequence[AuditEvent], start: datetime, end: datetime, now: datetime
) -> list[dict[str, object]]:
    """Newest first, at most ninety days back."""
    oldest = max(start, now - LOOK_BACK)
    return [
        _body(event, number)
        for number, event in reversed(list(enumerate(events)))
        if oldest <= event.at <= end
    ]


def _body(event: AuditEvent, number: int) -> dict[str, object]:
    return {
        "eventId": str(UUID(int=(0xDE30 << 112) + number, version=4)),
        "actorEmail": "data-platform@example.com",
        "actorId": "data-platform",
        "additionalInfo": {"ip": "192.0.2.10"},
        "eventDescription": event.description,
        "eventName": event.name,
        "eventSource": "agent-manager" if event.subject_type == "AGENT" else "hub",
        "eventSubjectId": event.subject_id,
        "eventSubjectName": event.subject_name,
        "eventSubjectType": event.subject_type,
        "eventTimestamp": timestamp(event.at),
        "eventType": "LOGIN" if event.subject_type == "USER" else "AGENT",
    }
