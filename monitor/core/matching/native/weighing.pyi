from monitor.core.matching.columns.asked import Asked
from monitor.core.matching.columns.stands import Stands
from monitor.core.matching.columns.terms import Unapproved
from monitor.core.matching.seats import Seats
from monitor.core.matching.weighing import Scans, Weighed

def weighed(asked: Asked, stands: Stands, seats: Seats, scans: Scans) -> tuple[Weighed, Unapproved]: ...
