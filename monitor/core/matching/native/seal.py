"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "580e4d9e577bf9a912877b8d0247d52a502cbdcfee786054c08275ca1ee1635c"
