"""What the hits of a sitting come to, case by case (twin of `matching/sitting.py`)."""

from libc.stdint cimport int64_t, uint8_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells, flags, numbers
from monitor.core.matching.native.places cimport Place, rows_of
from monitor.core.matching.native.scopes cimport BODY, PARTS


def standing(int64_t lead_words, hits, sheet, articles, bint derived):
    """Of each case whether a hit is in the headline, whether in the lead, and how many; derived ones or not."""
    cdef Py_ssize_t row
    cdef int64_t case
    cdef const int64_t* cases = numbers(hits.cases)
    cdef const Place* place = rows_of(hits.places)
    cdef const uint8_t* is_derived = flags(hits.derived)
    cdef const int64_t* parts = numbers(sheet.firsts)
    cdef const int64_t* of_case = numbers(articles)
    headlines, leads = np.zeros(len(articles), np.bool_), np.zeros(len(articles), np.bool_)
    counts = np.zeros(len(articles), np.int64)
    cdef uint8_t* headline = <uint8_t*>cells(headlines)
    cdef uint8_t* lead = <uint8_t*>cells(leads)
    cdef int64_t* count = <int64_t*>cells(counts)
    for row in range(len(hits.cases)):
        if is_derived[row] and not derived:
            continue
        case = cases[row]
        count[case] += 1
        if place[row].field == 0:
            headline[case] = True
        elif place[row].field != BODY or place[row].first - parts[of_case[case] * PARTS + BODY] < lead_words:
            lead[case] = True
    return headlines, leads, counts
