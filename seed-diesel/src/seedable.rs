//! `Seedable` and what else the derive implements.

use diesel::backend::Backend;
use diesel::query_builder::{AsQuery, AstPass};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;
use seed_core::{Builder, MadeRows, TableDef};

use crate::error::Error;
use crate::fixture::{Fixture, Given};
use crate::held::Held;
use crate::probe::PerConnection;
use crate::read::{ReadWith, Reading};
use crate::relations::Relations;

/// A model whose rows can be made: `#[derive(Seedable)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be seeded",
    label = "not `Seedable`",
    note = "add `#[derive(seed_diesel::Seedable)]` to `{Self}`, next to its Diesel derives"
)]
pub trait Seedable: Sized + 'static {
    /// The model itself. What is asked of it is asked only of a model: of another type, the answer
    /// is that it is none.
    #[doc(hidden)]
    type Model: Seedable<Table = Self::Table>;

    /// The table.
    type Table: diesel::Table + 'static;

    /// One typed column for each field that fills one.
    #[doc(hidden)]
    type Columns: Send + Sync + 'static;

    /// The values of one row, in the order of the columns.
    #[doc(hidden)]
    type Row: Send + 'static;

    /// A builder with a method for each field; see [`seeder`](Seedable::seeder).
    type Seeder: From<Given<Self>>;

    /// The name of the table's module in `schema.rs`.
    const TABLE: &'static str;

    #[doc(hidden)]
    fn define() -> TableDef;

    #[doc(hidden)]
    fn columns(build: &mut Builder<'_>) -> Self::Columns;

    #[doc(hidden)]
    fn row(columns: &Self::Columns, row: u64) -> Self::Row;

    #[doc(hidden)]
    fn show(row: &Self::Row) -> Vec<String>;

    #[doc(hidden)]
    fn serial(columns: &Self::Columns) -> Vec<bool>;

    #[doc(hidden)]
    fn made(rows: &dyn Held<Self>, made: &mut MadeRows);

    /// Tells of the model's relations, each with the model of its parent.
    #[doc(hidden)]
    fn parents<R: Relations>(relations: &mut R);

    /// How rows are made as parents of others.
    #[doc(hidden)]
    fn loaders() -> PerConnection;

    /// How rows are read as parents of others.
    #[doc(hidden)]
    fn readers() -> PerConnection;

    /// A fixture with some of its fields given: one method for each field, then
    /// `seed_many(&mut conn, n)` or `seed_one(&mut conn)`.
    ///
    /// A method takes what its field is. Of a `String` and of an `Option` it takes all that turns into it
    /// (`impl Into`): `username("ada")`, `points(None)`, `points(7)`.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::Seedable;
    /// # diesel::table! { users (id) { id -> Integer, username -> Text, points -> Nullable<Integer> } }
    /// #[derive(Queryable, Selectable, Seedable)]
    /// struct User {
    ///     id: i32,
    ///     #[seed(unique)]
    ///     username: String,
    ///     points: Option<i32>,
    /// }
    ///
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::sql_query("CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT UNIQUE, points INTEGER)")
    /// #     .execute(&mut conn).unwrap();
    /// let users = User::seeder().points(7).seed_many(&mut conn, 3).unwrap();
    /// assert_eq!(users.len(), 3);
    /// assert!(users.iter().all(|user| user.points == Some(7)));
    /// assert_eq!(User::seeder().username("ada").seed_one(&mut conn).unwrap().username, "ada");
    /// ```
    fn seeder() -> Self::Seeder {
        Given::default().into()
    }

    /// Inserts so many rows into the database, and gives them back as it holds them.
    ///
    /// Keys that the database counts up come from its own sequences. Parents that a row must have
    /// are made: one for all the rows, or one for each where the foreign key is unique. Nullable
    /// relations stay NULL. A row and its parent have one ancestor where they would in a run (see
    /// [ancestors that agree](derive@crate::Seedable#ancestors-that-agree)), and a parent is made with the
    /// ancestor that is given; one that is given by its key is not read, so give its ancestors as
    /// well. Rows are told apart by the name of the running test, so that tests that
    /// run at the same time do not clash on a unique column, and calls can be repeated.
    ///
    /// # Errors
    ///
    /// What the database refuses, and what cannot be made; see [`Error`]. Nothing is left behind.
    fn seed_many<C: 'static>(connection: &mut C, count: usize) -> Result<Vec<Self>, Error>
    where
        Self: Fixture<C>,
    {
        Given::default().seed_many(connection, count)
    }

    /// As [`seed_many`](Seedable::seed_many), for one row.
    ///
    /// # Errors
    ///
    /// As there.
    fn seed_one<C: 'static>(connection: &mut C) -> Result<Self, Error>
    where
        Self: Fixture<C>,
    {
        Given::default().seed_one(connection)
    }

    /// A query of the model's rows, each with its children: one query for each level, whatever the number
    /// of rows.
    ///
    /// A relation is named by the children's foreign key; several are a tuple. Each row comes with the
    /// `Vec` of its children, or with an `Option` where the foreign key is `unique` or the whole primary
    /// key. What [`RelationDsl`](crate::RelationDsl) says of a relation nests further levels in it, filters and
    /// orders the children. Rows and children come in the order of their primary keys.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// use seed_diesel::{RelationDsl, Seedable};
    ///
    /// # diesel::table! { users (id) { id -> Integer, name -> Text } }
    /// # diesel::table! { profiles (user_id) { user_id -> Integer, title -> Text } }
    /// # diesel::table! { sessions (id) { id -> Integer, user_id -> Integer, duration -> Integer } }
    /// # diesel::table! { scores (id) { id -> Integer, session_id -> Integer, points -> Integer } }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # struct User { id: i32, name: String }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # #[diesel(primary_key(user_id))]
    /// # struct Profile { #[seed(references = users::id)] user_id: i32, title: String }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # struct Session { id: i32, #[seed(references = users::id)] user_id: i32, duration: i32 }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # struct Score { id: i32, #[seed(references = sessions::id)] session_id: i32, points: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
    /// #     CREATE TABLE profiles (user_id INTEGER PRIMARY KEY, title TEXT);
    /// #     CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER, duration INTEGER);
    /// #     CREATE TABLE scores (id INTEGER PRIMARY KEY, session_id INTEGER, points INTEGER);
    /// #     INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');
    /// #     INSERT INTO profiles VALUES (2, 'Admiral');
    /// #     INSERT INTO sessions VALUES (1, 1, 60), (2, 2, 90), (3, 1, 7200);
    /// #     INSERT INTO scores VALUES (1, 3, 500), (2, 3, 700);").unwrap();
    /// # fn read(conn: &mut SqliteConnection) -> QueryResult<()> {
    /// let users: Vec<(User, Vec<Session>)> = User::with(sessions::user_id).load(conn)?;
    /// let durations: Vec<i32> = users[0].1.iter().map(|session| session.duration).collect();
    /// assert_eq!((users[0].0.name.as_str(), durations), ("Ada", vec![60, 7_200]));
    ///
    /// let users: Vec<(User, (Option<Profile>, Vec<Session>))> =
    ///     User::with((profiles::user_id, sessions::user_id)).load(conn)?;
    /// assert!(users[0].1.0.is_none() && users[1].1.0.is_some());
    ///
    /// // Three levels, three queries.
    /// let long = sessions::user_id.filter(sessions::duration.gt(3_600));
    /// let best = scores::session_id.order(scores::points.desc());
    /// let (ada, sessions): (User, Vec<(Session, Vec<Score>)>) =
    ///     User::with(long.with(best)).filter(users::name.eq("Ada")).first(conn)?;
    /// assert_eq!((ada.id, sessions.len(), sessions[0].1[0].points), (1, 1, 700));
    /// # Ok(())
    /// # }
    /// # read(&mut conn).unwrap();
    /// ```
    ///
    /// A self reference gives each row those that reference it. A foreign key of several columns is named by a
    /// field that is part of no other. A foreign key in an embedded struct gives that struct, not the model
    /// around it. The other way, a child comes with its [`parent`](crate::RelationDsl::parent).
    fn with<R, K, L>(relations: R) -> Reading<Self, <Self::Table as AsQuery>::Query, L>
    where
        Self::Table: Default,
        R: ReadWith<Self, K, ReadAlong = L>,
    {
        Reading::new(Self::Table::default().as_query(), relations.relations())
    }
}

/// A model whose rows a backend takes: each field's type has a `ToSql` for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be seeded into `{DB}`",
    label = "not a model",
    note = "add `#[derive(seed_diesel::Seedable)]` to `{Self}`, next to its Diesel derives"
)]
pub trait Load<DB: Backend>: Seedable {
    /// Writes the table's name.
    #[doc(hidden)]
    fn table<'b>(out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Writes the cells of a row, in the order of the columns.
    #[doc(hidden)]
    fn write<'b, W: CellWriter<'b, DB>>(row: &'b Self::Row, cells: &mut W) -> QueryResult<()>;
}

/// Takes the cells of a row, each with its column's SQL type.
#[doc(hidden)]
pub trait CellWriter<'b, DB: Backend> {
    /// The next cell.
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>;
}

/// A column that a model fills, with the type of its values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no column of a `Seedable` model",
    label = "no model fills this column",
    note = "add `#[derive(seed_diesel::Seedable)]` to the model of its table, and see that the model has a field for the \
            column, without `#[seed(skip)]`"
)]
pub trait ColumnOf<M: Seedable>: diesel::Column {
    /// The type of the field, without its `Option`.
    type Value: Clone + Send + Sync + 'static;

    /// The value of a row; `None` is NULL.
    #[doc(hidden)]
    fn get(row: &M) -> Option<&Self::Value>;
}

/// A foreign key of the model `M`, asked whether it references the table `Parent`: what `with` counts
/// by, and `zipf` draws for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no reference to `{Parent}`",
    label = "not a foreign key that references `{Parent}`",
    note = "a relation points from child to parent: `with` goes where the parent is, and names the child's foreign key, as \
            in `refine::<User>(|t| t.with(posts::author_id, 3))`",
    note = "that is a field with `#[seed(references = users::id)]`, or of a model with `#[diesel(belongs_to(User))]`; \
            of a composite foreign key, a field that is part of no other"
)]
pub trait ChildOf<M: Seedable, Parent>: diesel::Column {}
