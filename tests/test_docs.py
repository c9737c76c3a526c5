"""The guides say everything: each command and option, each key of the files, each setting; and every link leads somewhere."""
