//! Names: of keywords, of columns that are called otherwise, of `seed_diesel` itself.

use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

use super::database;

mod raw {
    use super::*;

    diesel::table! {
        #[sql_name = "match"]
        r#match (id) {
            id -> Integer,
            #[sql_name = "type"]
            r#type -> Text,
            #[max_length = 5]
            r#fn -> Varchar,
            r#loop -> Text,
        }
    }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = r#match)]
    struct Match {
        id: i32,
        #[seed(values = ["cup", "league"])]
        r#type: String,
        r#fn: String,
        #[seed(value = format!("{type} {}{row}", r#fn.len()))]
        r#loop: String,
    }

    #[test]
    fn keywords_are_names() {
        let mut conn = database(
            r#"CREATE TABLE "match" (id INTEGER PRIMARY KEY NOT NULL, "type" TEXT NOT NULL, "fn" VARCHAR(5) NOT NULL,
                                     "loop" TEXT NOT NULL)"#,
        );
        assert_eq!(seed(&mut conn, models![Match]).run().unwrap().rows("match"), 10);
        let rows: Vec<Match> = r#match::table.select(Match::as_select()).order(r#match::id).load(&mut conn).unwrap();
        for (row, one) in rows.iter().enumerate() {
            assert!(one.r#fn.len() <= 5);
            assert_eq!(one.r#loop, format!("{} {}{row}", one.r#type, one.r#fn.len()));
        }
        let given = Match::seeder().r#type("friendly").r#fn("x").seed_one(&mut conn).unwrap();
        assert!(given.r#loop.starts_with("friendly 1"));
    }
}

mod columns {
    use super::*;

    diesel::table! { users (key) { key -> Integer, r#type -> Text, boss -> Nullable<Integer> } }

    #[derive(Queryable, Selectable, Identifiable, Associations, Seedable)]
    #[diesel(primary_key(key), belongs_to(User, foreign_key = boss))]
    struct User {
        #[diesel(column_name = key)]
        id: i32,
        #[diesel(column_name = "type")]
        #[seed(values = ["a", "b"])]
        kind: String,
        #[diesel(column_name = "boss")]
        manager: Option<i32>,
    }

    #[test]
    fn a_field_is_called_otherwise_than_its_column() {
        let mut conn = database(
            r#"CREATE TABLE users (key INTEGER PRIMARY KEY NOT NULL, "type" TEXT NOT NULL, boss INTEGER REFERENCES users (key))"#,
        );
        seed(&mut conn, models![User])
            .refine::<User>(|t| t.column(users::r#type, seed_diesel::values(["c"])))
            .run()
            .unwrap();
        let users: Vec<User> = users::table.select(User::as_select()).load(&mut conn).unwrap();
        assert!(users.iter().all(|user| user.kind == "c" && user.manager.is_none_or(|manager| manager < user.id)));
        let user = User::seeder().kind("mine").manager(3).seed_one(&mut conn).unwrap();
        assert_eq!((user.id, user.kind.as_str(), user.manager), (11, "mine", Some(3)));
    }
}

mod reexported {
    mod framework {
        pub(super) use ::seed_diesel as seeding;
    }
    use framework::seeding;

    // The crate's own name means nothing here.
    mod seed_diesel {}

    diesel::table! { users (id) { id -> Integer, level -> Integer } }

    #[derive(Debug, Clone, diesel::expression::AsExpression, seeding::Seedable)]
    #[diesel(sql_type = diesel::sql_types::Integer)]
    #[seed(crate = framework::seeding)]
    struct Level(i32);

    impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Integer, DB> for Level
    where
        i32: diesel::serialize::ToSql<diesel::sql_types::Integer, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
            self.0.to_sql(out)
        }
    }

    #[derive(seeding::Seedable)]
    #[seed(crate = framework::seeding, count = 3)]
    struct User {
        id: i32,
        level: Level,
    }

    #[test]
    fn the_crate_is_found_where_it_is_reexported() {
        use seeding::{models, seed};

        let mut conn = super::database("CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, level INTEGER NOT NULL)");
        assert_eq!(seed(&mut conn, models![User]).run().unwrap().rows("users"), 3);
        let _ = |user: User| (user.id, user.level.0);
    }
}

mod two_models_of_one_table {
    use super::*;

    diesel::table! { users (id) { id -> Integer, name -> Text } }
    diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }

    #[derive(Queryable, Selectable, Seedable)]
    struct User {
        id: i32,
        name: String,
    }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = users)]
    struct Guest {
        id: i32,
        #[seed(value = "guest".to_owned())]
        name: String,
    }

    // `references` alone could not tell which model it is.
    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(belongs_to(Guest, foreign_key = author_id))]
    struct Post {
        id: i32,
        #[seed(references = users::id, with = 2)]
        author_id: i32,
    }

    #[test]
    fn belongs_to_says_which_one_is_the_parent() {
        let mut conn = database(
            "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL);
             CREATE TABLE posts (id INTEGER PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES users (id));",
        );
        assert_eq!(seed(&mut conn, models![User, Post]).run().unwrap().rows("posts"), 20);
        let post = Post::seed_one(&mut conn).unwrap();
        let author: User = users::table.find(post.author_id).select(User::as_select()).first(&mut conn).unwrap();
        assert_eq!((post.id, author.id, author.name.as_str()), (21, 11, "guest"));
        assert_eq!(Guest::seed_one(&mut conn).unwrap().name, "guest");
    }
}
