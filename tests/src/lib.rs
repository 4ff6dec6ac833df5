//! What the tests share: a database of its own for each test, on the servers of `tests/run`.
