"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "016e4ea222f1b014d3b553b761b23fc0ef3285bced3bb766783935f036513e88"
