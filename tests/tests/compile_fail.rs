//! What must not compile, and what the compiler says of it.
//!
//! One mistake a file, a folder for each question. A changed message is blessed by
//! `TRYBUILD=overwrite cargo test -p seed-tests --test compile_fail`, and then read: it underlines
//! the user's own token, says what is wrong and what to write, and comes alone.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
