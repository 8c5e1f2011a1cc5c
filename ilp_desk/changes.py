"""What a service announces after a commit, so that screens can decide whether it concerns them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change feed.

    seq: position in the feed, growing; topic: noun of what changed (person, queue, visit, document, site, staff);
    uid: which one; actor: staff uid; desk: the desk it was done at.
    """

    seq: int
    topic: str
    uid: str
    actor: str
    desk: str
