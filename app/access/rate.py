"""How often something may be tried: a sliding window in memory, one for each process."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `times` within `window`."""

    times: int
    window: timedelta


class RateLimit:
    """Counts tries by key. It protects this process's time; guessing is stopped by the lock-out, which the graph remembers."""

    def __init__(self, most_keys: int = 10_000) -> None:
        self._most = most_keys
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._turn = threading.Lock()

    def wait(self, key: str, rate: Rate, now: datetime) -> int:
        """Count a try; 0 when it is allowed, else the seconds to wait. A refused try is not counted."""
        with self._turn:
            tries = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while tries and tries[0] <= now - rate.window:
                tries.popleft()
            if len(tries) >= rate.times:
                left = tries[0] + rate.window - now
                return max(1, -(-left // timedelta(seconds=1)))
            tries.append(now)
            while len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return 0
