from collections.abc import Sequence

from monitor.core.matching.outcomes import Outcomes
from monitor.core.matching.seats import Seats
from monitor.core.matching.tables import Column
from monitor.core.matching.written import Envelope, Stored

def judgements(
    outcomes: Outcomes, seats: Seats, envelopes: Sequence[Envelope], aliases: dict[int, str], cases: Column
) -> list[Stored]: ...
