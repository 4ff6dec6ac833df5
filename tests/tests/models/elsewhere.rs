//! `schema.rs` and the models live in different crates.

use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};
use seed_tests_schema::{authors, books};

use super::database;

const TABLES: &str = "
    CREATE TABLE authors (id INTEGER PRIMARY KEY NOT NULL, name VARCHAR(30) NOT NULL);
    CREATE TABLE books (id INTEGER PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES authors (id),
                        title VARCHAR(60) NOT NULL);
";

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
struct Author {
    id: i32,
    name: String,
}

// There is no `belongs_to`: the parent's model is the one that fills `authors::id`.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
struct Book {
    id: i32,
    #[seed(references = authors::id, with = 2)]
    author_id: i32,
    title: String,
}

#[test]
fn a_reference_finds_the_model_of_its_parent() {
    let mut conn = database(TABLES);
    let report =
        seed(&mut conn, models![Book, Author]).refine::<Author>(|t| t.with(books::author_id, 3)).run().unwrap();
    assert_eq!((report.rows("authors"), report.rows("books")), (10, 30));

    let (names, titles): (Vec<String>, Vec<String>) = (
        authors::table.select(authors::name).load(&mut conn).unwrap(),
        books::table.select(books::title).load(&mut conn).unwrap(),
    );
    assert!(names.iter().all(|name| name.len() <= 30), "{names:?}");
    assert!(titles.iter().all(|title| title.len() <= 60), "{titles:?}");
}

#[test]
fn a_fixture_makes_its_parent() {
    let mut conn = database(TABLES);
    let book = Book::seed_one(&mut conn).unwrap();
    let author: Author = authors::table.find(book.author_id).select(Author::as_select()).first(&mut conn).unwrap();
    assert_eq!(author.id, book.author_id);

    let mine = Book::seeder().author_id(author.id).title("Mine").seed_many(&mut conn, 2).unwrap();
    assert!(mine.iter().all(|book| book.author_id == author.id && book.title == "Mine"));
    assert_eq!(authors::table.count().get_result::<i64>(&mut conn).unwrap(), 1);
}
