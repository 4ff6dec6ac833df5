//! How fast it is: see `README.md`, and `benches/` beside it.
