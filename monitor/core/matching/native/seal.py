"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "eeb4d933129ada1b57c6705202b46a1fd4e4f469d81a01cced30bc99a3c51d58"
