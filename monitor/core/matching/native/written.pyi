from collections.abc import Iterator, Sequence

from monitor.core.fault import Fault
from monitor.core.matching.outcomes import Outcomes
from monitor.core.matching.seats import Seats
from monitor.core.matching.written import Stored

def judgements(outcomes: Outcomes, seats: Seats, faults: Sequence[Sequence[Fault]]) -> Iterator[Stored]: ...
