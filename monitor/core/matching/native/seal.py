"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "a4e3f30a9fc1d9cc2be31ebb92704273bbc04edf684aee84fd249f64ab00b9cd"
