//! One parent with children of every kind, for a key of any type.

use seed_tests::{Database, Engine};

/// Declares the tables, the models and the test of a family whose parents have keys of a type: what CREATE TABLE says of it,
/// Diesel's type, and the type of the field.
macro_rules! family {
    ($name:ident, $ddl:literal, [$(#[$meta:meta])* $sql:ident], [$($rust:tt)+]) => {
        mod $name {
            use seed_diesel::{Seedable, models, seed};

            use super::Db;

            mod schema {
                diesel::table! { owners (id) { $(#[$meta])* id -> $sql, } }
                diesel::table! { notes (id) { id -> Integer, $(#[$meta])* owner_id -> $sql, } }
                diesel::table! { wishes (id) { id -> Integer, $(#[$meta])* owner_id -> Nullable<$sql>, } }
                diesel::table! { lines (id) { id -> Integer, $(#[$meta])* owner_id -> $sql, } }
                diesel::table! { seals (id) { id -> Integer, $(#[$meta])* owner_id -> $sql, } }
                diesel::table! { profiles (owner_id) { $(#[$meta])* owner_id -> $sql, } }
                diesel::table! { photos (owner_id) { $(#[$meta])* owner_id -> $sql, } }
            }
            use schema::{lines, notes, owners, photos, profiles, seals, wishes};

            #[derive(Seedable)]
            #[seed(count = 60)]
            struct Owner {
                id: $($rust)+,
            }

            #[derive(Seedable)]
            #[seed(count = 600)]
            struct Note {
                id: i32,
                #[seed(references = owners::id)]
                owner_id: $($rust)+,
            }

            #[derive(Seedable)]
            #[seed(count = 600)]
            #[diesel(table_name = wishes)]
            struct Wish {
                id: i32,
                #[seed(references = owners::id, null = 0.5)]
                owner_id: Option<$($rust)+>,
            }

            #[derive(Seedable)]
            struct Line {
                id: i32,
                #[seed(references = owners::id, with = 2..=4)]
                owner_id: $($rust)+,
            }

            #[derive(Seedable)]
            #[seed(count = 45)]
            struct Seal {
                id: i32,
                #[seed(references = owners::id, unique)]
                owner_id: $($rust)+,
            }

            #[derive(Seedable)]
            #[seed(count = 40)]
            #[diesel(primary_key(owner_id))]
            struct Profile {
                #[seed(references = owners::id)]
                owner_id: $($rust)+,
            }

            /// A grandchild of the owner, whose key it has.
            #[derive(Seedable)]
            #[seed(count = 30)]
            #[diesel(primary_key(owner_id))]
            struct Photo {
                #[seed(references = profiles::owner_id)]
                owner_id: $($rust)+,
            }

            #[test]
            fn children_of_every_kind_have_parents() {
                let mut db = Db::with(&crate::families::tables($ddl, Db::ENGINE));
                seed(&mut db.conn, models![Photo, Line, Seal, Wish, Owner, Profile, Note]).run().unwrap();
                crate::families::audit(&mut db);
            }
        }
    };
}

/// The tables of a family with keys of this type.
pub(crate) fn tables(key: &str, engine: &str) -> String {
    // A key of bytes has a length on MySQL.
    let key = if engine == "mysql" && key == "BYTEA" { "VARBINARY(16)" } else { key };
    let children = [
        ("notes", "id SERIAL PRIMARY KEY, owner_id KEY NOT NULL", "owners (id)"),
        ("wishes", "id SERIAL PRIMARY KEY, owner_id KEY", "owners (id)"),
        ("lines", "id SERIAL PRIMARY KEY, owner_id KEY NOT NULL", "owners (id)"),
        ("seals", "id SERIAL PRIMARY KEY, owner_id KEY NOT NULL UNIQUE", "owners (id)"),
        ("profiles", "owner_id KEY NOT NULL PRIMARY KEY", "owners (id)"),
        ("photos", "owner_id KEY NOT NULL PRIMARY KEY", "profiles (owner_id)"),
    ];
    // `lines` is a word of MySQL, and stands in quotes.
    let of_child = |(name, columns, parent): &(&str, &str, &str)| {
        let columns = columns.replace("owner_id KEY", &format!("owner_id {key}"));
        format!("CREATE TABLE \"{name}\" ({columns}, FOREIGN KEY (owner_id) REFERENCES {parent});\n")
    };
    let children: String = children.iter().map(of_child).collect();
    format!("CREATE TABLE owners (id {key} NOT NULL PRIMARY KEY);\n{children}")
}

#[track_caller]
pub(crate) fn audit<C: Engine>(db: &mut Database<C>) {
    for (child, parent) in [
        ("notes", "owners (id)"),
        ("wishes", "owners (id)"),
        ("lines", "owners (id)"),
        ("seals", "owners (id)"),
        ("profiles", "owners (id)"),
        ("photos", "profiles (owner_id)"),
    ] {
        let (parent, key) = parent.trim_end_matches(')').split_once(" (").expect("a table and its key");
        let orphans = format!(
            "SELECT count(*) FROM \"{child}\" AS child WHERE owner_id IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {parent}.{key} = child.owner_id)"
        );
        assert_eq!(db.number(&orphans), 0, "orphans in `{child}`");
    }
    // Rows, and the parents that they have.
    for (child, rows, parents) in
        [("notes", 600, 60), ("wishes", 600, 60), ("seals", 45, 45), ("profiles", 40, 40), ("photos", 30, 30)]
    {
        assert_eq!(db.number(&format!("SELECT count(*) FROM \"{child}\"")), rows, "rows of `{child}`");
        let used = db.number(&format!("SELECT count(DISTINCT owner_id) FROM \"{child}\""));
        assert_eq!(used, parents, "parents of `{child}`");
    }
    assert_eq!(db.number("SELECT count(DISTINCT id) FROM owners"), 60);
    let null = db.number("SELECT count(*) FROM wishes WHERE owner_id IS NULL");
    assert!((250..=350).contains(&null), "{null} of 600");

    let mut owners_with = |lines: i64| {
        db.number(&format!(
            "SELECT count(*) FROM owners WHERE (SELECT count(*) FROM \"lines\" WHERE owner_id = owners.id) = {lines}"
        ))
    };
    let [two, three, four] = [owners_with(2), owners_with(3), owners_with(4)];
    assert_eq!(two + three + four, 60);
    assert!([two, three, four].iter().all(|owners| (10..=30).contains(owners)), "{two}, {three} and {four} of 60");
}
