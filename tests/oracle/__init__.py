"""A second, slow and obvious implementation of the matching contract: the judge of the fast one.

Written from `../shared/design/matching.md` and nothing else; each function names the section it follows, and
`README.md` says what was decided where the contract does not. Nothing here is fast, and nothing here may
import `monitor.core.matching` or `monitor.core.significance`: two makers, one contract.
"""

from oracle.stories import judge_together
from oracle.verdicts import judge

__all__ = ["judge", "judge_together"]
