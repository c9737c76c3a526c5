"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "24096703f3f5880da5f0919adce38d9aad843dac22fde6d7784b4c02afcc502f"
