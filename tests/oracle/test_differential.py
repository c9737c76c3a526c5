from hypothesis import HealthCheck, given, settings
import os
from monitor.core.matching.matcher import Matcher
from oracle import judge
from oracle.compared import compared, difference
from oracle.made import SOURCES, made_cases, Case_
N=int(os.environ.get("MONITOR_ORACLE_EXAMPLES","300"))
@settings(max_examples=N, deadline=None, suppress_health_check=list(HealthCheck))
@given(made_cases())
def test_made(case: Case_):
    p=compared(Matcher(case.agreement, SOURCES).judge(case.article).to_json())
    o=compared(judge(case.article, case.agreement, SOURCES))
    assert difference(p,o)==[]
