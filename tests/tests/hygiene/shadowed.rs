//! A module in which no name means what it usually does.

#![allow(dead_code, non_camel_case_types, unused_macros, clippy::module_inception, reason = "they are only in the way")]

use ::seed_diesel::Seedable;

use super::schema::{children, names, olds, relations, type_};
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
pub(crate) struct RelationDef;
pub(crate) struct Tree;
pub(crate) struct Composite;
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
pub(crate) fn pair() {}
pub(crate) fn parent() {}
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

/// An enum, whose variants are called as nothing should be.
#[derive(Seedable)]
#[repr(i16)]
pub(crate) enum Rank {
    #[seed(weight = 0.5)]
    Some,
    r#type = 7,
    #[deprecated]
    Ok(),
    None {},
}

#[derive(Seedable)]
#[diesel(table_name = names, primary_key(build))]
#[seed(count = 5, unique(rows, column), unique(serial, embedded, given), locale = FR_FR)]
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
    #[seed(max_len = 3, locale = EN)]
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

/// Relations of all kinds.
#[derive(Seedable)]
#[diesel(table_name = relations)]
#[seed(count = 20, references(and = names::build, relation = names::serial, agree = true), differ(pair, and))]
pub(crate) struct Relation {
    pub(crate) id: Int,
    pub(crate) and: Int,
    pub(crate) relation: Int,
    #[seed(references = names::build, zipf = 1)]
    pub(crate) pair: Int,
    #[seed(references = names::build, agree = false)]
    pub(crate) differ: Int,
    #[seed(references = relations::id, tree(roots = 0.5, branching = [(1, 1), (1, 2..=3)]))]
    pub(crate) tree: ::core::option::Option<Int>,
}

read_back!(Relation of relations {
    id: Int = id, and: Int = and, relation: Int = relation, pair: Int = pair, differ: Int = differ,
    tree: ::core::option::Option<Int> = tree,
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
