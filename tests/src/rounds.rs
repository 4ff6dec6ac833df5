//! How often a test tries to break something.

/// `fast` times, or `long` times under `tests/run --long`, which sets `SEED_TESTS_LONG`.
pub fn rounds(fast: usize, long: usize) -> usize {
    if std::env::var_os("SEED_TESTS_LONG").is_some() { long } else { fast }
}
