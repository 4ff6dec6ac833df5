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
use seed_diesel::{Seedable, models, seed};

mod schema {
    // What the generated code could call its own variables.
    diesel::table! {
        names (build) {
            build -> Integer,
            row -> Integer,
            rows -> Integer,
            value -> Text,
            values -> Nullable<Text>,
            index -> Integer,
            column -> Integer,
            #[sql_name = "columns"]
            columns_ -> Integer,
            cells -> Text,
            made -> Integer,
            parents -> Integer,
            out -> Text,
            connection -> Integer,
            serial -> Integer,
            embedded -> Integer,
            given -> Integer,
            #[sql_name = "table"]
            table_ -> Text,
            of -> Integer,
            after -> Integer,
            define -> Integer,
            show -> Text,
            write -> Integer,
            from -> Integer,
            loaders -> Integer,
            seeder -> Integer,
        }
    }

    diesel::table! {
        children (id) {
            id -> Integer,
            parent -> Integer,
            hint -> Text,
            of -> Nullable<Integer>,
        }
    }

    diesel::table! {
        #[sql_name = "type"]
        type_ (id) {
            id -> Integer,
            r#type -> Text,
            r#fn -> Integer,
            r#loop -> Text,
        }
    }

    diesel::table! {
        tagged (id) {
            id -> Integer,
            tag -> Text,
            weight -> Nullable<Integer>,
        }
    }

    diesel::table! {
        olds (id) {
            id -> Integer,
            old -> Integer,
            older -> Integer,
        }
    }

    diesel::table! {
        values (value) {
            value -> Integer,
            row -> Integer,
            rows -> Nullable<Text>,
            column -> Integer,
            cells -> Text,
            made -> Integer,
            build -> Integer,
            index -> Integer,
            out -> Integer,
            connection -> Integer,
            serial -> Integer,
            embedded -> Integer,
            count -> Integer,
            hint -> Text,
            given -> Integer,
            parents -> Integer,
            of -> Integer,
            after -> Integer,
        }
    }
}

const TABLES: &str = r#"
    CREATE TABLE names (
        build INTEGER PRIMARY KEY NOT NULL, row INTEGER NOT NULL, rows INTEGER NOT NULL, value TEXT NOT NULL,
        "values" TEXT, "index" INTEGER NOT NULL, "column" INTEGER NOT NULL, columns INTEGER NOT NULL,
        cells TEXT NOT NULL, made INTEGER NOT NULL, parents INTEGER NOT NULL, out TEXT NOT NULL,
        connection INTEGER NOT NULL, serial INTEGER NOT NULL, embedded INTEGER NOT NULL, given INTEGER NOT NULL,
        "table" TEXT NOT NULL, of INTEGER NOT NULL, after INTEGER NOT NULL, define INTEGER NOT NULL,
        show TEXT NOT NULL, write INTEGER NOT NULL, "from" INTEGER NOT NULL, loaders INTEGER NOT NULL,
        seeder INTEGER NOT NULL
    );
    CREATE TABLE children (
        id INTEGER PRIMARY KEY NOT NULL, parent INTEGER NOT NULL REFERENCES names (build), hint TEXT NOT NULL,
        of INTEGER REFERENCES children (id)
    );
    CREATE TABLE "type" (
        id INTEGER PRIMARY KEY NOT NULL, "type" TEXT NOT NULL, fn INTEGER NOT NULL, loop TEXT NOT NULL
    );
    CREATE TABLE tagged (id INTEGER PRIMARY KEY NOT NULL, tag TEXT NOT NULL, weight INTEGER);
    CREATE TABLE olds (id INTEGER PRIMARY KEY NOT NULL, old INTEGER NOT NULL, older INTEGER NOT NULL);
    CREATE TABLE "values" (
        value INTEGER PRIMARY KEY NOT NULL, row INTEGER NOT NULL, rows TEXT, "column" INTEGER NOT NULL,
        cells TEXT NOT NULL, made INTEGER NOT NULL, build INTEGER NOT NULL, "index" INTEGER NOT NULL,
        out INTEGER NOT NULL, connection INTEGER NOT NULL, serial INTEGER NOT NULL, embedded INTEGER NOT NULL,
        count INTEGER NOT NULL, hint TEXT NOT NULL, given INTEGER NOT NULL, parents INTEGER NOT NULL,
        of INTEGER NOT NULL, after INTEGER NOT NULL
    );
"#;

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

/// A module in which no name means what it usually does.
#[allow(dead_code, non_camel_case_types, unused_macros, clippy::module_inception, reason = "they are only in the way")]
mod shadowed {
    use ::seed_diesel::Seedable;

    use super::schema::{children, names, olds, type_};
    use super::{Int, Text};

    pub(crate) enum Option {}
    pub(crate) enum Result {}
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Vec;
    pub(crate) struct Box;
    pub(crate) struct String;
    pub(crate) struct Arc;
    pub(crate) struct Rc;
    pub(crate) struct Column;
    pub(crate) struct Builder;
    pub(crate) struct TableDef;
    pub(crate) struct ColumnDef;
    pub(crate) struct Parent;
    pub(crate) struct Given;
    pub(crate) struct Error;
    pub(crate) struct Value;
    pub(crate) struct Table;
    pub(crate) struct Load;
    pub(crate) struct Fixture;
    pub(crate) struct ColumnOf;
    pub(crate) struct ChildOf;
    pub(crate) struct PhantomData;
    pub(crate) struct Backend;
    pub(crate) struct QueryFragment;
    pub(crate) trait Clone {}
    pub(crate) trait Copy {}
    pub(crate) trait Debug {}
    pub(crate) trait Display {}
    pub(crate) trait Default {}
    pub(crate) trait From {}
    pub(crate) trait Into {}
    pub(crate) trait AsRef {}
    pub(crate) trait Iterator {}
    pub(crate) trait IntoIterator {}
    pub(crate) trait Extend {}
    pub(crate) trait ToOwned {}
    pub(crate) trait ToString {}
    pub(crate) trait Fn {}
    pub(crate) trait FnOnce {}
    pub(crate) trait Sized {}
    pub(crate) trait Send {}
    pub(crate) trait Sync {}
    pub(crate) trait Any {}
    pub(crate) trait Drop {}
    pub(crate) struct u8;
    pub(crate) struct u32;
    pub(crate) struct u64;
    pub(crate) struct usize;
    pub(crate) struct i32;
    pub(crate) struct i64;
    pub(crate) struct f32;
    pub(crate) struct f64;
    pub(crate) struct bool;
    pub(crate) struct char;
    pub(crate) struct str;
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod alloc {}
    pub(crate) mod diesel {}
    pub(crate) mod chrono {}
    pub(crate) mod fake {}
    pub(crate) mod seed_core {}
    pub(crate) mod seed_derive {}
    pub(crate) mod seed_diesel {}
    pub(crate) mod __private {}
    pub(crate) mod _seed {}
    pub(crate) fn drop() {}
    pub(crate) fn with() {}
    pub(crate) fn constant() {}
    pub(crate) fn weighted() {}
    pub(crate) fn draw_range() {}
    pub(crate) fn related() {}
    pub(crate) fn newtype() {}

    macro_rules! shadow {
        ($dollar:tt: $($name:ident)*) => {
            $(macro_rules! $name {
                ($dollar($dollar anything:tt)*) => { ::core::compile_error!("the user's own macro was called") };
            })*
        };
    }
    shadow!($: assert concat format format_args loaders matches models panic stringify todo unreachable vec write);

    /// A newtype, whose values are those of its field.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, Seedable)]
    pub(crate) struct Label(pub(crate) Text);

    impl<DB> ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB> for Label
    where
        DB: ::diesel::backend::Backend,
        Text: ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut ::diesel::serialize::Output<'b, '_, DB>) -> ::diesel::serialize::Result {
            ::diesel::serialize::ToSql::<::diesel::sql_types::Text, DB>::to_sql(&self.0, out)
        }
    }

    impl<DB> ::diesel::Queryable<::diesel::sql_types::Text, DB> for Label
    where
        DB: ::diesel::backend::Backend,
        Text: ::diesel::deserialize::FromStaticSqlRow<::diesel::sql_types::Text, DB>,
    {
        type Row = Text;

        fn build(text: Text) -> ::diesel::deserialize::Result<Self> {
            ::core::result::Result::Ok(Label(text))
        }
    }

    #[derive(Seedable)]
    #[diesel(table_name = names, primary_key(build))]
    #[seed(count = 5)]
    pub(crate) struct Name {
        pub(crate) build: Int,
        #[seed(value = 7)]
        pub(crate) row: Int,
        #[seed(range = 1..=3)]
        pub(crate) rows: Int,
        #[seed(values = ["a", "b"])]
        pub(crate) value: Text,
        #[seed(null = 0.5, fake = FirstName(EN))]
        pub(crate) values: ::core::option::Option<Text>,
        #[seed(value = made + out.len() as ::core::primitive::i32)]
        pub(crate) index: Int,
        #[seed(range = 20..=29)]
        pub(crate) column: Int,
        // Less would be before it.
        #[diesel(column_name = columns_)]
        #[seed(range = 10..=39, after = column)]
        pub(crate) columns: Int,
        #[seed(value = ::std::format!("{row}/{build}/{value}"))]
        pub(crate) cells: Text,
        #[seed(values = [(1, 1), (2, 3.5)])]
        pub(crate) made: Int,
        #[seed(value = row + 1)]
        pub(crate) parents: Int,
        #[seed(values = [("yes", 9), ("no", 1)])]
        pub(crate) out: Text,
        #[seed(generator = ::seed_diesel::int(40..=49))]
        pub(crate) connection: Int,
        pub(crate) serial: Int,
        pub(crate) embedded: Int,
        pub(crate) given: Int,
        #[diesel(column_name = table_)]
        pub(crate) table: Label,
        pub(crate) of: Int,
        pub(crate) after: Int,
        pub(crate) define: Int,
        #[seed(max_len = 3)]
        pub(crate) show: Text,
        pub(crate) write: Int,
        pub(crate) from: Int,
        pub(crate) loaders: Int,
        pub(crate) seeder: Int,
    }

    read_back!(Name of names {
        build: Int = build, row: Int = row, rows: Int = rows, value: Text = value,
        values: ::core::option::Option<Text> = values, index: Int = index, column: Int = column,
        columns: Int = columns_, cells: Text = cells, made: Int = made, parents: Int = parents, out: Text = out,
        connection: Int = connection, serial: Int = serial, embedded: Int = embedded, given: Int = given,
        table: Label = table_, of: Int = of, after: Int = after, define: Int = define, show: Text = show,
        write: Int = write, from: Int = from, loaders: Int = loaders, seeder: Int = seeder,
    });

    #[derive(Seedable)]
    #[diesel(table_name = children, belongs_to(Name, foreign_key = parent))]
    pub(crate) struct Child {
        pub(crate) id: Int,
        #[seed(with = [(0.5, 2), (0.5, 2)])]
        pub(crate) parent: Int,
        #[seed(value = ::std::format!("child {row} of {parent}"))]
        pub(crate) hint: Text,
        #[seed(references = children::id)]
        pub(crate) of: ::core::option::Option<Int>,
    }

    read_back!(Child of children {
        id: Int = id, parent: Int = parent, hint: Text = hint, of: ::core::option::Option<Int> = of,
    });

    /// Names that are keywords.
    #[derive(Seedable)]
    #[diesel(table_name = type_)]
    #[seed(count = 3)]
    pub(crate) struct r#Type {
        pub(crate) id: Int,
        #[seed(values = ["admin", "guest"])]
        pub(crate) r#type: Text,
        #[seed(value = row as ::core::primitive::i32 * 2)]
        pub(crate) r#fn: Int,
        #[seed(value = ::std::format!("{type}{}", r#fn))]
        pub(crate) r#loop: Text,
    }

    read_back!(Type of type_ { id: Int = id, r#type: Text = r#type, r#fn: Int = r#fn, r#loop: Text = r#loop, });

    #[deprecated]
    pub(crate) type Old = Int;

    #[deprecated]
    pub(crate) fn older() -> Int {
        6
    }

    /// What the user allows on the struct counts for the struct alone, not for the derive's code.
    #[allow(deprecated, reason = "a field's type is")]
    #[derive(Seedable)]
    #[diesel(table_name = olds)]
    #[seed(count = 2)]
    pub(crate) struct Olds {
        pub(crate) id: Int,
        pub(crate) old: Old,
        pub(crate) older: Int,
    }

    read_back!(Olds of olds { id: Int = id, old: Int = old, older: Int = older, });

    /// A model that is itself deprecated, with a deprecated field, in a module that allows nothing.
    #[derive(Seedable)]
    #[diesel(table_name = olds)]
    #[seed(count = 2)]
    #[deprecated]
    pub(crate) struct Deprecated {
        pub(crate) id: Int,
        pub(crate) old: Int,
        #[deprecated]
        #[seed(value = older())]
        pub(crate) older: Int,
    }
}

mod renamed {
    pub(crate) use seed_diesel::*;
}

/// `seed_diesel` under another name, and a type that is the user's choice.
mod generic {
    use super::schema::tagged;

    pub(crate) mod seed_diesel {}

    #[derive(super::Queryable, super::Selectable, super::Seedable)]
    #[diesel(table_name = tagged)]
    #[seed(count = 4, crate = super::renamed)]
    pub(crate) struct Tagged<T, DB = i32> {
        pub(crate) id: i32,
        pub(crate) tag: T,
        #[seed(null = 0.0)]
        pub(crate) weight: Option<DB>,
    }

    #[derive(super::Seedable)]
    #[seed(crate = super::renamed)]
    pub(crate) struct Wrapped<T>(#[allow(dead_code, reason = "it is only made")] T);
}

/// `dsl::*` brings a unit struct into scope for each column: a variable cannot have its name.
mod dsl {
    use super::schema::values;
    #[allow(unused_imports, reason = "the names are to be in the way")]
    use super::schema::values::dsl::*;

    #[derive(super::Seedable)]
    #[diesel(table_name = values, primary_key(value))]
    #[seed(count = 3)]
    pub(crate) struct Values {
        pub(crate) value: i32,
        pub(crate) row: i32,
        pub(crate) rows: Option<String>,
        #[seed(range = 10..=19)]
        pub(crate) column: i32,
        pub(crate) cells: String,
        pub(crate) made: i32,
        pub(crate) build: i32,
        pub(crate) index: i32,
        pub(crate) out: i32,
        pub(crate) connection: i32,
        #[seed(value = 8)]
        pub(crate) serial: i32,
        pub(crate) embedded: i32,
        pub(crate) count: i32,
        pub(crate) hint: String,
        pub(crate) given: i32,
        pub(crate) parents: i32,
        pub(crate) of: i32,
        #[seed(after = column)]
        pub(crate) after: i32,
    }
}

/// Traits of the user's, which every type has, with the names of the methods that are called.
mod methods {
    use super::schema::{olds, tagged};

    #[allow(dead_code, reason = "nobody is to call them")]
    pub(crate) trait Ours: Sized {
        fn map(self) {}
        fn iter(&self) {}
        fn collect(self) {}
        fn extend(&mut self, _: ()) {}
        fn push(&mut self) {}
        fn show(&self) {}
        fn length(&self) {}
        fn draw(&self) {}
        fn value(&self) {}
        fn into(self) {}
        fn clone(&self) {}
        fn as_ref(&self) {}
        fn insert(&self) {}
        fn serial(&self) {}
    }
    impl<T> Ours for T {}

    #[derive(super::Seedable)]
    #[diesel(table_name = tagged)]
    #[seed(count = 2)]
    pub(crate) struct Ourselves {
        pub(crate) id: i32,
        #[seed(fake = FirstName(EN))]
        pub(crate) tag: String,
        pub(crate) weight: Option<i32>,
    }

    #[derive(super::Seedable)]
    #[diesel(table_name = olds)]
    #[seed(count = 2)]
    pub(crate) struct Outer {
        pub(crate) id: i32,
        #[diesel(embed)]
        pub(crate) inner: Inner,
    }

    #[derive(super::Seedable)]
    #[diesel(table_name = olds)]
    pub(crate) struct Inner {
        pub(crate) old: i32,
        pub(crate) older: i32,
    }
}

fn database() -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("a database in memory");
    conn.batch_execute("PRAGMA foreign_keys = ON").expect("the pragma");
    conn.batch_execute(TABLES).expect("the tables");
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
fn a_model_may_be_generic_and_seed_diesel_renamed() {
    use generic::Tagged;
    use renamed::Value;
    use schema::tagged;

    let conn = &mut database();
    let report = seed(conn, models![Tagged<String>]).run().expect("the run");
    assert_eq!(report.rows("tagged"), 4);
    let rows = tagged::table.select(Tagged::<String>::as_select()).load(conn).expect("rows");
    assert!(rows.iter().all(|row| !row.tag.is_empty() && row.id > 0));
    assert!(rows.iter().all(|row| row.weight.is_some()));
    let row = Tagged::<String>::seeder().tag("mine".to_owned()).seed_one(conn).expect("a row");
    assert_eq!(row.tag, "mine");
    assert_eq!(generic::Wrapped::<i32>::KIND, i32::KIND);
}

#[test]
fn columns_may_be_in_scope() {
    use schema::values;

    let conn = &mut database();
    let report = seed(conn, models![dsl::Values]).run().expect("the run");
    assert_eq!(report.rows("values"), 3);
    let rows = values::table.select((values::column, values::serial, values::after)).load::<(i32, i32, i32)>(conn);
    for (column, serial, after) in rows.expect("rows") {
        assert!((10..=19).contains(&column) && serial == 8 && after >= column, "{column} {serial} {after}");
    }
}

#[test]
fn traits_of_the_users_may_have_the_same_methods() {
    let conn = &mut database();
    let report = seed(conn, models![methods::Ourselves, methods::Outer]).run().expect("the run");
    assert_eq!((report.rows("tagged"), report.rows("olds")), (2, 2));
}
