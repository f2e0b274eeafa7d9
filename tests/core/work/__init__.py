"""Jobs that leave notes in a file, for the tests of the worker."""
