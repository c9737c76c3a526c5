"""How unlikely a number of articles is, when so many are usual.

Articles come in bursts, so their number varies more than chance alone would have it (Poisson): it is taken as
negative binomial with mean `mu` and variance `mu + spread * mu**2`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, lgamma, log, log1p


def none_at_all(means: Iterable[float], spread: float) -> float:
    """The probability that nothing comes in several stretches, by their means; `spread` > 0.

    >>> round(none_at_all([3.0], 0.0001), 4)  # next to no spread: Poisson's exp(-3)
    0.0498
    """
    return exp(-sum(log1p(spread * mu) / spread for mu in means))


def at_least(number: int, mean: float, spread: float) -> float:
    """The probability that so many or more come; `spread` > 0. Where none ever came (`mean` 0), none will.

    >>> round(at_least(1, 3.0, 0.0001), 4), at_least(0, 3.0, 0.5), at_least(20, 0.0, 0.5)
    (0.9502, 1.0, 0.0)
    """
    if mean <= 0:
        return float(number <= 0)
    size = 1 / spread
    share = log(mean) - log(mean + size)
    none = -size * log1p(spread * mean)
    fewer = sum(exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) + none + k * share) for k in range(number))
    return max(1 - fewer, 0.0)
