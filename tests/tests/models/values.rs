//! What attributes say of values, as it comes out.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

use super::database;

mod expressions {
    use super::*;

    diesel::table! {
        users (id) {
            id -> Integer,
            login -> Text,
            email -> Text,
            first_name -> Text,
            nick -> Nullable<Text>,
            greeting -> Nullable<Text>,
            slug -> Text,
            row -> BigInt,
            after -> BigInt,
        }
    }

    const TABLE: &str = "
        CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, login TEXT NOT NULL, email TEXT NOT NULL,
                            first_name TEXT NOT NULL, nick TEXT, greeting TEXT, slug TEXT NOT NULL, row BIGINT NOT NULL,
                            after BIGINT NOT NULL)
    ";

    fn slug(text: &str) -> String {
        text.replace([' ', '@', '.'], "-")
    }

    #[derive(Queryable, Selectable, Seedable)]
    struct User {
        id: i32,
        // Whatever the order of the fields, each follows from those that it mentions.
        #[seed(value = email.split('@').next().unwrap_or_default().to_owned())]
        login: String,
        #[seed(value = format!("{first_name}{}@example.org", id * 10).to_lowercase())]
        email: String,
        #[seed(fake = FirstName(FR_FR))]
        first_name: String,
        #[seed(null = 0.5)]
        nick: Option<String>,
        // A `?` and a `return` leave the expression, and nothing else.
        #[seed(value = {
            if row == 0 {
                return Some(format!("{:?}", Kept { nick: 1 }));
            }
            let nick = nick?;
            Some(format!("Hi, {nick}!"))
        })]
        greeting: Option<String>,
        // A function may be called as the field is.
        #[seed(value = slug(&[login].map(|slug| slug + "!").concat()))]
        slug: String,
        // A field of this name stands above the index.
        #[seed(range = 100..=200)]
        row: i64,
        #[seed(value = match i64::from(id) { id if id > row => id, _ => row + 1 })]
        after: i64,
    }

    #[derive(Debug)]
    #[expect(dead_code, reason = "it is only shown")]
    struct Kept {
        nick: i32,
    }

    #[test]
    fn an_expression_sees_the_other_fields_of_its_row() {
        let mut conn = database(TABLE);
        seed(&mut conn, models![User]).refine::<User>(|t| t.count(50)).run().unwrap();
        let users: Vec<User> = users::table.select(User::as_select()).order(users::id).load(&mut conn).unwrap();
        for user in &users {
            assert_eq!(user.email, format!("{}{}@example.org", user.first_name.to_lowercase(), user.id * 10));
            assert_eq!(Some(user.login.as_str()), user.email.strip_suffix("@example.org"));
            assert_eq!(user.slug, slug(&format!("{}!", user.login)));
            assert!((100..=200).contains(&user.row) && user.after == user.row + 1);
            let greeting = user.nick.as_ref().map(|nick| format!("Hi, {nick}!"));
            assert_eq!(user.greeting, greeting);
        }
        assert!(users.iter().any(|user| user.nick.is_none()) && users.iter().any(|user| user.nick.is_some()));
    }
}

mod weights {
    use super::*;

    diesel::table! { users (id) { id -> Integer, role -> Text, level -> Integer, plan -> Text } }
    diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }

    const LEVELS: [i32; 3] = [10, 20, 30];
    const HALF: f64 = 0.5;

    #[derive(Queryable, Selectable, Seedable)]
    #[seed(count = 400)]
    struct User {
        id: i32,
        #[seed(values = [("admin", 1), ("user", 8.5), ("nobody", 0)])]
        role: String,
        #[seed(values = LEVELS)]
        level: i32,
        #[seed(values = [("free".to_owned(), HALF), ("paid".to_owned(), HALF + 0.0)])]
        plan: String,
    }

    #[derive(Queryable, Selectable, Seedable)]
    struct Post {
        id: i32,
        #[seed(references = users::id, with = [(0.6, 1..=3), (0.3, 5..=7), (0.1, 0)])]
        author_id: i32,
    }

    fn counts<T: Ord>(values: Vec<T>) -> BTreeMap<T, usize> {
        let mut counts = BTreeMap::new();
        values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        counts
    }

    #[test]
    fn weights_say_how_often() {
        let mut conn = database(
            "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, role TEXT NOT NULL, level INTEGER NOT NULL, plan TEXT NOT NULL);
             CREATE TABLE posts (id INTEGER PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES users (id));",
        );
        seed(&mut conn, models![User, Post]).run().unwrap();
        let roles = counts::<String>(users::table.select(users::role).load(&mut conn).unwrap());
        assert!((20..=65).contains(&roles["admin"]) && roles["admin"] + roles["user"] == 400, "{roles:?}");
        let levels = counts::<i32>(users::table.select(users::level).load(&mut conn).unwrap());
        assert_eq!(levels.keys().collect::<Vec<_>>(), [&10, &20, &30]);
        let plans = counts::<String>(users::table.select(users::plan).load(&mut conn).unwrap());
        assert!((160..=240).contains(&plans["free"]), "{plans:?}");

        let children = counts(
            counts::<i32>(posts::table.select(posts::author_id).load(&mut conn).unwrap()).into_values().collect(),
        );
        assert!(children.keys().all(|children| matches!(children, 1..=3 | 5..=7)), "{children:?}");
        let with_children: usize = children.values().sum();
        assert!((340..=380).contains(&with_children), "one in ten has none: {with_children}");
        let _ = |post: Post, user: User| (post.id, post.author_id, user.id, user.role, user.level, user.plan);
    }
}

mod defaults {
    use super::*;

    diesel::table! {
        users (id) { id -> Integer, created_at -> Timestamp, points -> Integer, bio -> Nullable<Text>, length -> Integer }
    }

    #[derive(Queryable, Selectable, Seedable)]
    struct User {
        #[seed(skip)]
        id: i32,
        #[seed(skip)]
        created_at: NaiveDateTime,
        #[seed(skip)]
        points: i32,
        #[seed(null = 1)]
        bio: Option<String>,
        #[diesel(select_expression = users::points + 1_i32)]
        length: i32,
    }

    #[test]
    fn a_skipped_column_is_left_to_the_database() {
        let mut conn = database(
            "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, created_at TIMESTAMP NOT NULL DEFAULT '2024-02-29 12:00:00',
                                 points INTEGER NOT NULL DEFAULT 7, bio TEXT, length INTEGER NOT NULL DEFAULT 0)",
        );
        seed(&mut conn, models![User]).run().unwrap();
        let mut users: Vec<User> = users::table.select(User::as_select()).load(&mut conn).unwrap();
        users.push(User::seeder().bio(None).seed_one(&mut conn).unwrap());
        assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), (1..=11).collect::<Vec<_>>());
        let noon = NaiveDate::from_ymd_opt(2024, 2, 29).and_then(|day| day.and_hms_opt(12, 0, 0)).unwrap();
        assert!(
            users
                .iter()
                .all(|user| user.created_at == noon && user.points == 7 && user.length == 8 && user.bio.is_none())
        );
    }
}
