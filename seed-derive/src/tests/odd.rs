//! Nothing that a user writes makes the derive panic: it says what is wrong, in code that parses.

use super::*;
use crate::attribute::Bearer;

fn output(input: &str) -> String {
    match syn::parse_str::<DeriveInput>(input) {
        Ok(input) => {
            let output: TokenStream = crate::seedable(&input);
            let _: File = syn::parse2(output.clone()).unwrap_or_else(|error| panic!("{error} in {output}"));
            output.to_string()
        }
        Err(_) => String::new(),
    }
}

/// `fast` times, or `long` times under `tests/run --long`.
fn rounds(fast: usize, long: usize) -> usize {
    if std::env::var_os("SEED_TESTS_LONG").is_some() { long } else { fast }
}

#[test]
fn what_is_no_attribute_is_a_mistake() {
    for soup in [
        "=",
        ",",
        "unique unique",
        "unique = ",
        "unique = true",
        "unique()",
        "unique(a)",
        "unique(a, a)",
        "unique(id, name)",
        "unique(a, 1)",
        "locale",
        "locale = 1",
        "locale = a::b",
        "locale(EN)",
        "precision = -1",
        "scale = 2.5",
        "scale = 99999999999999999999",
        "weight = 1",
        "range",
        "range =",
        "range = ..",
        "range = ..=",
        "range = 1..",
        "range = 1..=",
        "range()",
        "values = []",
        "values = 1",
        "values = ..",
        "with = ..",
        "with = [], references = a::b",
        "with = [()], references = a::b",
        "with = [(1,)], references = a::b",
        "with = [(1, 2, 3)], references = a::b",
        "with = -1, references = a::b",
        "zipf",
        "zipf = 1",
        "zipf = -1, references = a::b",
        "zipf = .., references = a::b",
        "tree",
        "tree = 1, references = users::id",
        "tree(), references = users::id",
        "tree(roots), references = users::id",
        "tree(1), references = users::id",
        "tree(root = 1), references = users::id",
        "tree(depth = 1, depth = 2), references = users::id",
        "tree(depth = 1, roots = 1), references = users::id",
        "tree(branching = 0..=3), references = users::id",
        "tree(branching = [(1, 0)]), references = users::id",
        "tree(branching = []), references = users::id",
        "tree(depth = 1, branching = []), references = users::id",
        "agree",
        "agree = 1, references = a::b",
        "agree = true",
        "null = nul, null = 1",
        "null = 1e999",
        "references",
        "references = ",
        "references = a",
        "references = a::table",
        "references = 1",
        "references = <A>::b",
        "references()",
        "references(id)",
        "references(id = a::b)",
        "references(id = a::b, id = a::c)",
        "references(id = a::b, name = c)",
        "references(id = a::b, 1)",
        "references(id = a::b, nam = a::c)",
        "references(id = a::b, name = a::c, with = 3, with = 4)",
        "references(id = a::b, name = a::c, tree)",
        "references(id = a::b, name = a::b)",
        "references(with = 3)",
        "differ",
        "differ()",
        "differ(id)",
        "differ(id, name)",
        "differ(id, 1)",
        "after",
        "after = 1",
        "after = missing",
        "max_len = -1",
        "max_len = 99999999999999999999",
        "max_len = 1.5",
        "key",
        "key = 1",
        "key = b\"x\"",
        "skip = 1",
        "crate = a",
        "count = 1",
        "a::b = 1",
        "\"unique\"",
        "1",
        "#",
        "$x",
        "'a",
        "r#unique",
        "value = ",
        "value",
        "fake",
        "generator",
        "unique; skip",
        "{ unique }",
        "(unique)",
        "_",
        "_ = 1",
    ] {
        let on_a_field = output(&format!("struct User {{ id: i32, #[seed({soup})] name: Option<String> }}"));
        assert!(on_a_field.contains("compile_error"), "on a field: {soup}");
        let on_a_struct = output(&format!("#[seed({soup})] struct User {{ id: i32 }}"));
        assert!(
            on_a_struct.contains("compile_error") || soup == "count = 1" || soup == "crate = a",
            "on a struct: {soup}"
        );
        let on_a_variant = output(&format!("enum Role {{ A, #[seed({soup})] B }}"));
        assert!(on_a_variant.contains("compile_error") || soup == "weight = 1", "on a variant: {soup}");
        let on_an_enum = output(&format!("#[seed({soup})] enum Role {{ A, B }}"));
        assert!(on_an_enum.contains("compile_error") || soup == "crate = a", "on an enum: {soup}");
        let on_a_newtype = output(&format!("#[seed({soup})] struct UserId(i32);"));
        assert!(on_a_newtype.contains("compile_error") || soup == "crate = a", "on a newtype: {soup}");
    }
}

#[test]
fn what_is_no_model_is_a_mistake() {
    for input in [
        "struct User;",
        "struct User {}",
        "struct User();",
        "struct User(i32, i32);",
        "enum User {}",
        "enum User { A, B(i32) }",
        "enum User { A { a: i32 } }",
        "enum User { #[seed(weight = 0.0)] A, #[seed(weight = 0)] B }",
        "enum User { A, #[seed(weight = -1)] B }",
        "enum User { A, #[seed(weight = 1, weight = 2)] B }",
        "enum User { A, #[seed(weight = 1..2)] B }",
        "union User { a: i32 }",
        "struct User<'a> { name: &'a str }",
        "struct User { #[seed(skip)] id: i32 }",
        "#[seed] struct User { id: i32 }",
        "#[seed = 1] struct User { id: i32 }",
        "#[seed[count = 1]] struct User { id: i32, #[seed{}] #[seed(uniqe)] a: A }",
        "#[diesel] struct User { id: i32 }",
        "#[diesel(table_name)] struct User { id: i32 }",
        "#[diesel(table_name = 1)] struct User { id: i32 }",
        "#[diesel(primary_key)] struct User { id: i32 }",
        "#[diesel(primary_key(1))] struct User { id: i32 }",
        "#[diesel(belongs_to)] struct User { id: i32 }",
        "#[diesel(belongs_to(A, 1))] struct User { id: i32 }",
        "struct User { #[diesel(column_name)] id: i32 }",
        "struct User { #[diesel(column_name = \"\")] id: i32 }",
        "struct User { #[diesel(column_name = \"a b\")] id: i32 }",
        "struct User { #[diesel(column_name = \"self\")] id: i32 }",
        "struct User { #[diesel(serialize_as)] id: i32 }",
    ] {
        assert!(output(input).contains("compile_error"), "{input}");
    }
}

const ODD_MODELS: &[&str] = &[
    "#[diesel()] struct User { id: i32 }",
    "#[seed()] struct User { #[seed()] id: i32 }",
    "#[diesel(belongs_to(A<B, C>,), table_name = a::b,)] struct User { id: i32 }",
    "#[diesel(check_for_backend(diesel::pg::Pg), treat_none_as_null = true)] struct User { id: i32 }",
    "struct r#fn { r#type: i32, _x: i32, __: i32 }",
    "struct Ünïcode { straße: i32 }",
    "struct A { id: i32 }",
    "struct User<T, const N: usize = 3> where T: Copy { id: [T; N] }",
    "pub(in crate::a) struct User { pub(super) id: ::core::option::Option<(i32,)>, f: fn(i32) -> i32, n: ! }",
    "struct User { #[diesel(column_name = r#type)] a: i32, #[diesel(column_name = \"fn\")] b: i32 }",
    "struct UserId<T: ?Sized>(Box<T>);",
    "#[seed(references(a = x::y::a, r#type = x::y::r#fn,),)] struct User<T> { a: T, r#type: Option<T> }",
    "#[seed(differ(a, b), references(b = x::b, c = x::c))] struct User { #[seed(references = x::a)] a: A, b: A, c: A }",
    "#[seed(unique(a, r#type), unique(b, a,),)] struct User { id: i32, r#type: i32, a: i32, b: i32 }",
    "#[repr(i16)] enum r#fn<const N: usize = 1> { r#type = -1, A() = 4, B {}, #[seed(weight = 2 + 1)] C }",
];

#[test]
fn odd_models_are_models() {
    for input in ODD_MODELS {
        let output = output(input);
        assert!(!output.is_empty() && !output.contains("compile_error"), "{input}: {output}");
    }
}

/// Sequences of words that attributes are made of, and of those that they are not.
#[test]
fn no_sequence_of_words_panics() {
    const OTHERS: &[&str] = &[
        "FR_FR",
        "=",
        "=",
        "=",
        "=",
        ",",
        ",",
        ",",
        "users::id",
        "id",
        "name",
        "row",
        "1",
        "2.5",
        "-1",
        "\"x\"",
        "1..=3",
        "..",
        "[1, 2]",
        "[(1, 2)]",
        "[(0.5, 1..=3), (1, 2)]",
        "()",
        "(a, b)",
        "{ name }",
        "|name| name",
        "!",
        "&",
        "'a",
        "format!(\"{name}{{}}{row:id$}\")",
        "match name { name => row }",
        "name(id)",
        "true",
        "u64::MAX",
        "1e400",
    ];
    let names = [Bearer::Field, Bearer::Struct, Bearer::Variant].map(Bearer::known).concat();
    let words = [&names[..], OTHERS].concat();
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..rounds(500, 60_000) {
        let mut soup = || (0..next(8)).map(|_| words[next(words.len())]).collect::<Vec<_>>().join(" ");
        let (on_struct, on_id, on_name) = (soup(), soup(), soup());
        output(&format!(
            "#[seed({on_struct})] struct User {{ #[seed({on_id})] id: i32, #[seed({on_name})] name: Option<String> }}"
        ));
        output(&format!("#[seed({on_struct})] enum Role {{ #[seed({on_id})] Guest, #[seed({on_name})] Admin }}"));
    }
}

/// Models that are right, with parts of their text left out, doubled and exchanged.
#[test]
fn no_damaged_model_panics() {
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut parsed = 0;
    let inputs = rounds(3_000, 50_000);
    for _ in 0..inputs {
        let mut parts: Vec<&str> =
            ODD_MODELS[next(ODD_MODELS.len())].split_inclusive(|c: char| !c.is_alphanumeric() && c != '_').collect();
        for _ in 0..=next(3) {
            let (one, other) = (next(parts.len()), next(parts.len()));
            match next(3) {
                0 if parts.len() > 1 => drop(parts.remove(one)),
                1 => parts.insert(one, parts[other]),
                _ => parts.swap(one, other),
            }
        }
        let input = parts.concat();
        let output = std::panic::catch_unwind(|| output(&input)).unwrap_or_else(|_| panic!("it panics: {input}"));
        parsed += usize::from(!output.is_empty());
    }
    // The others are refused by Rust itself.
    assert!(parsed * 20 > inputs, "{parsed} of {inputs}");
}
