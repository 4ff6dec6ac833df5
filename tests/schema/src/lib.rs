//! A `schema.rs` and a type of a column in a crate of their own: models live elsewhere.

#![expect(missing_docs, reason = "written as `diesel print-schema` writes it")]

pub mod vector;

diesel::table! {
    authors (id) {
        id -> Integer,
        #[max_length = 30]
        name -> Varchar,
    }
}

diesel::table! {
    books (id) {
        id -> Integer,
        author_id -> Integer,
        #[max_length = 60]
        title -> Varchar,
    }
}

diesel::joinable!(books -> authors (author_id));
diesel::allow_tables_to_appear_in_same_query!(authors, books);
