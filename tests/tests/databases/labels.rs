//! The variants of an enum beside the labels that the database's enum has, before the first row.

use std::io::Write;

use diesel::mysql::Mysql;
use diesel::pg::Pg;
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::SqlType;
use diesel::sqlite::Sqlite;
use seed_diesel::{Error, Seedable, models, seed};

use super::Db;

#[derive(SqlType, QueryId)]
#[diesel(postgres_type(name = "user_role"), mysql_type(name = "Enum"), sqlite_type(name = "Text"))]
pub struct UserRole;

diesel::table! {
    use diesel::sql_types::{Integer, Nullable};
    use super::UserRole;

    users (id) { id -> Integer, role -> UserRole, former -> Nullable<UserRole> }
}

#[derive(Debug, Clone, Copy, PartialEq, Seedable)]
pub enum Role {
    Admin,
    Reader,
    Moderator,
    #[seed(weight = 0)]
    Founder,
}

impl Role {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Reader => "reader",
            Role::Moderator => "moderator's",
            Role::Founder => "founder",
        }
    }
}

impl ToSql<UserRole, Pg> for Role {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.label().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<UserRole, Mysql> for Role {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
        out.write_all(self.label().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<UserRole, Sqlite> for Role {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.label());
        Ok(IsNull::No)
    }
}

#[derive(Seedable)]
struct User {
    id: i32,
    role: Role,
    #[seed(values = [(Role::Reader, 1.0), (Role::Admin, 0.0), (Role::Founder, 0.001)])]
    former: Option<Role>,
}

fn with_labels(labels: &str) -> Db {
    let (before, kind) = match Db::ENGINE {
        "postgres" => (format!("CREATE TYPE user_role AS ENUM ({labels});"), "user_role".to_owned()),
        "mysql" => (String::new(), format!("ENUM ({labels})")),
        _ => (String::new(), "TEXT".to_owned()),
    };
    Db::with(&format!("{before} CREATE TABLE users (id SERIAL PRIMARY KEY, role {kind} NOT NULL, former {kind})"))
}

#[test]
fn variants_that_the_database_has_no_label_for_are_told_together() {
    let mut db = with_labels("'reader', 'admin'");
    let run = seed(&mut db.conn, models![User]).refine::<User>(|t| t.count(1)).run();
    if Db::ENGINE == "sqlite" {
        // It has no enums.
        run.unwrap();
        return;
    }
    let error = run.unwrap_err();
    assert!(matches!(error, Error::Plan(_)), "{error}");
    let (of, advice) = match Db::ENGINE {
        "postgres" => {
            ("the database's enum `user_role`", "add it with `ALTER TYPE user_role ADD VALUE 'moderator''s'`, or")
        }
        _ => ("the column's ENUM", "add it to the column's type with `ALTER TABLE `users` MODIFY …`, or"),
    };
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    let start = format!("`users.role`: {of} has no label `moderator's` (it has `reader`, `admin`); {advice}");
    assert!(lines[0].contains(&start), "{error}");
    assert!(lines[1].contains(&format!("`users.former`: {of} has no label `founder` (it has")), "{error}");
    assert_eq!((lines.len(), db.number("SELECT count(*) FROM users")), (2, 0));
}

#[test]
fn more_labels_than_variants_are_no_mistake_nor_are_variants_that_are_never_made() {
    // Of two columns, one may have a founder.
    let mut db = with_labels("'moderator''s', 'admin', 'reader', 'founder', 'ghost'");
    seed(&mut db.conn, models![User]).refine::<User>(|t| t.count(200)).run().unwrap();
    assert!(db.number("SELECT count(*) FROM users WHERE role = 'moderator''s'") > 0);
    let mut db = with_labels("'moderator''s', 'admin', 'reader'");
    let refined = |t: seed_diesel::Refine<User>| t.column(users::former, seed_diesel::values([Role::Reader]));
    seed(&mut db.conn, models![User]).refine::<User>(refined).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM users WHERE former <> 'reader'"), 0);
}
