"""The command line, one file per noun: parse, call a job, print. `main.py` joins them."""
