//! What the derive writes is code in the user's own module, and means the same whatever the names
//! there mean, and whichever lints the user's crate forbids.

#![deny(warnings)]
#![deny(
    deprecated,
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    unreachable_pub,
    unused_imports,
    unused_qualifications,
    unused_results,
    rust_2018_idioms,
    clippy::all
)]
#![forbid(unsafe_code)]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{RelationDsl, Seedable, models, seed};

type Int = i32;
type Text = String;

/// What Diesel's derives do, which do not outlive another `diesel` or `Result`.
macro_rules! read_back {
    ($model:ident of $table:ident { $($field:ident: $ty:ty = $column:ident,)* }) => {
        impl<ST, DB: ::diesel::backend::Backend> ::diesel::Queryable<ST, DB> for $model
        where
            ($($ty,)*): ::diesel::deserialize::FromStaticSqlRow<ST, DB>,
        {
            type Row = ($($ty,)*);

            fn build(($($field,)*): Self::Row) -> ::diesel::deserialize::Result<Self> {
                ::core::result::Result::Ok($model { $($field,)* })
            }
        }

        impl<DB: ::diesel::backend::Backend> ::diesel::Selectable<DB> for $model {
            type SelectExpression = ($($table::$column,)*);

            fn construct_selection() -> Self::SelectExpression {
                ($($table::$column,)*)
            }
        }
    };
}

#[path = "hygiene/dsl.rs"]
mod dsl;
#[path = "hygiene/generic.rs"]
mod generic;
#[path = "hygiene/methods.rs"]
mod methods;
#[path = "hygiene/schema.rs"]
mod schema;
#[path = "hygiene/shadowed.rs"]
mod shadowed;

mod renamed {
    pub(crate) use seed_diesel::*;
}

fn database() -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("a database in memory");
    conn.batch_execute("PRAGMA foreign_keys = ON").expect("the pragma");
    conn.batch_execute(schema::TABLES).expect("the tables");
    conn
}

#[test]
fn no_name_of_the_users_gets_into_the_code() {
    use schema::{children, names};
    use shadowed::{Child, Name};

    let conn = &mut database();
    let report = seed(conn, models![Child, Name]).seed(7).run().expect("the run");
    assert_eq!((report.rows("names"), report.rows("children")), (5, 10));

    for (at, name) in names::table.order(names::build).load::<Name>(conn).expect("names").into_iter().enumerate() {
        assert_eq!(name.build, at as i32 + 1);
        assert_eq!((name.row, name.parents), (7, 8));
        assert_eq!(name.index, name.made + name.out.len() as i32);
        assert_eq!(name.cells, format!("7/{}/{}", name.build, name.value));
        assert!((1..=3).contains(&name.rows) && (1..=2).contains(&name.made), "{}, {}", name.rows, name.made);
        assert!(["a", "b"].contains(&&*name.value) && ["yes", "no"].contains(&&*name.out));
        assert!((20..=29).contains(&name.column) && name.columns >= name.column, "{} {}", name.column, name.columns);
        assert!((40..=49).contains(&name.connection));
        assert!(name.show.len() <= 3 && !name.table.0.is_empty(), "{} {:?}", name.show, name.table);
    }
    let children = children::table.order(children::id).load::<Child>(conn).expect("children");
    for (at, child) in children.into_iter().enumerate() {
        assert_eq!(child.hint, format!("child {at} of {}", child.parent));
    }
}

#[test]
fn no_name_gets_into_relations() {
    use schema::{names, relations};
    use shadowed::{Name, Relation};

    let conn = &mut database();
    let report = seed(conn, models![Relation, Name]).run().expect("the run");
    assert_eq!((report.rows("names"), report.rows("relations")), (5, 20));
    let names: Vec<(i32, i32)> = names::table.select((names::build, names::serial)).load(conn).expect("names");
    let relations = relations::table.load::<Relation>(conn).expect("relations");
    assert!(relations.iter().all(|row| names.contains(&(row.and, row.relation)) && row.pair != row.and));
    assert!(relations.iter().any(|row| row.differ == row.and));
    assert_eq!(relations.iter().filter(|row| row.tree.is_none()).count(), 10);
    assert!(relations.iter().all(|row| row.tree.is_none_or(|tree| tree < row.id)));
}

#[test]
fn variants_may_be_called_anything() {
    use seed_diesel::{Hint, Kind, Value};
    use shadowed::Rank;

    assert_eq!(Rank::KIND, Kind::Enum);
    let ranks = Rank::infer(&Hint::new("users", "rank"));
    let ranks = ranks.domain().expect("variants can be counted");
    assert_eq!(ranks.size(), 4);
    assert!(matches!(ranks.nth(0), Rank::Some) && matches!(ranks.nth(3), Rank::None {}));
}

#[test]
fn no_name_gets_into_fixtures() {
    use shadowed::{Child, Label, Name};

    let conn = &mut database();
    let children = Child::seed_many(conn, 2).expect("children");
    assert_eq!(children[0].parent, children[1].parent);
    let names = Name::seeder()
        .row(3)
        .value("c".to_owned())
        .values("given".to_owned())
        .table(Label("label".to_owned()))
        .connection(41)
        .from(1)
        .given(2)
        .seed_many(conn, 2)
        .expect("names");
    assert_eq!(names.len(), 2);
    for name in names {
        assert_eq!((name.row, name.parents, name.connection, name.from, name.given), (3, 4, 41, 1, 2));
        assert_eq!((name.values.as_deref(), &*name.table.0), (Some("given"), "label"));
        // The key is the database's own, which no expression can know ahead.
        assert!(name.cells.starts_with("3/") && name.cells.ends_with("/c"), "{}", name.cells);
    }
}

#[test]
fn names_may_be_keywords() {
    use schema::type_;
    use shadowed::Type;

    let conn = &mut database();
    let report = seed(conn, models![Type]).run().expect("the run");
    assert_eq!(report.rows("type_"), 3);
    for (at, row) in type_::table.order(type_::id).load::<Type>(conn).expect("types").into_iter().enumerate() {
        assert!(["admin", "guest"].contains(&&*row.r#type));
        assert_eq!(row.r#fn, at as i32 * 2);
        assert_eq!(row.r#loop, format!("{}{}", row.r#type, row.r#fn));
    }
    let row = Type::seeder().r#type("root".to_owned()).r#fn(5).seed_one(conn).expect("a type");
    assert_eq!((row.r#type, row.r#fn, row.r#loop), ("root".to_owned(), 5, "root5".to_owned()));
}

#[test]
fn what_is_deprecated_may_be_seeded() {
    use schema::olds;
    use shadowed::Olds;

    let conn = &mut database();
    let report = seed(conn, models![Olds]).run().expect("the run");
    assert_eq!(report.rows("olds"), 2);
    #[expect(deprecated, reason = "the model is")]
    let report = seed(conn, models![shadowed::Deprecated]).reset().run().expect("the run");
    assert_eq!(report.rows("olds"), 2);
    let older: Vec<i32> = olds::table.select(olds::older).filter(olds::older.eq(6)).load(conn).expect("olds");
    assert!(older.len() >= 2);
    assert_eq!(Olds::seed_many(conn, 3).expect("olds").len(), 3);
}

#[test]
fn no_name_gets_into_what_is_read_along() {
    use schema::children;
    use shadowed::{Child, Name};

    let conn = &mut database();
    let report = seed(conn, models![Child, Name]).run().expect("the run");
    assert_eq!(report.rows("children"), 10);
    let names = Name::with(children::parent.with(children::of)).load(conn).expect("names");
    assert_eq!(names.len(), 5);
    for (name, children) in names {
        assert_eq!(children.len(), 2);
        assert!(children.iter().all(|(child, _)| child.parent == name.build));
        assert!(children.iter().all(|(child, younger)| younger.iter().all(|of| of.of == Some(child.id))));
    }
}
