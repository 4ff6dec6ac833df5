//! Types of fields: newtypes, generics, embedded structs, and what only one database knows.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::Sqlite;
use seed_diesel::{Models, Seedable, models, seed};

use super::database;

/// Stores a newtype as its field is stored.
macro_rules! stored_as_its_field {
    ($($newtype:ident($inner:ty) is $sql:ty),*) => {$(
        impl<DB: Backend> ToSql<$sql, DB> for $newtype
        where
            $inner: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<$sql, DB> for $newtype
        where
            $inner: FromSql<$sql, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                <$inner>::from_sql(bytes).map($newtype)
            }
        }
    )*};
}

/// The macro knows names, not types: to it, the column is not nullable. Its values are those of an `Option`.
mod an_alias_of_an_option {
    use super::*;

    diesel::table! { users (id) { id -> Integer, bio -> Nullable<Text> } }

    type Bio = Option<String>;

    #[derive(Queryable, Selectable, Seedable)]
    #[seed(count = 200)]
    struct User {
        id: i32,
        bio: Bio,
    }

    #[test]
    fn an_alias_of_an_option_is_null_as_often_as_an_option() {
        let mut conn = database("CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, bio TEXT)");
        seed(&mut conn, models![User]).run().unwrap();
        let users: Vec<User> = users::table.order(users::id).load(&mut conn).unwrap();
        let null = users.iter().filter(|user| user.bio.is_none()).count();
        assert!((8..=35).contains(&null) && users[0].id == 1, "{null} of 200");
    }
}

mod keys {
    use super::*;

    diesel::table! { users (id) { id -> Integer } }
    diesel::table! { countries (code) { code -> Text } }
    diesel::table! { homes (id) { id -> Integer, user_id -> Integer, country -> Nullable<Text> } }

    const TABLES: &str = "
        CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL);
        CREATE TABLE countries (code TEXT PRIMARY KEY NOT NULL);
        CREATE TABLE homes (id INTEGER PRIMARY KEY NOT NULL, user_id INTEGER NOT NULL UNIQUE REFERENCES users (id),
                            country TEXT REFERENCES countries (code));
    ";

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow, Seedable)]
    #[diesel(sql_type = Integer)]
    struct UserId(i32);

    #[derive(Debug, Clone, PartialEq, Eq, Hash, AsExpression, FromSqlRow, Seedable)]
    #[diesel(sql_type = Text)]
    struct Code(String);

    stored_as_its_field!(UserId(i32) is Integer, Code(String) is Text);

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    struct User {
        id: UserId,
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = countries, primary_key(code))]
    struct Country {
        code: Code,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations, Seedable)]
    #[diesel(belongs_to(User), belongs_to(Country, foreign_key = country))]
    struct Home {
        id: i32,
        #[seed(unique)]
        user_id: UserId,
        #[seed(null = 0.0)]
        country: Option<Code>,
    }

    #[test]
    fn newtypes_are_keys_and_foreign_keys() {
        let mut conn = database(TABLES);
        seed(&mut conn, models![Home, Country, User]).run().unwrap();
        let ids: Vec<UserId> = users::table.select(users::id).order(users::id).load(&mut conn).unwrap();
        assert_eq!(ids, (1..=10).map(UserId).collect::<Vec<_>>());
        let codes: Vec<Code> = countries::table.select(countries::code).load(&mut conn).unwrap();
        let homes: Vec<Home> = homes::table.select(Home::as_select()).load(&mut conn).unwrap();
        assert!(homes.iter().all(|home| codes.contains(home.country.as_ref().unwrap())));
    }

    #[test]
    fn a_newtype_of_text_is_cut_as_text_is() {
        let mut code = Code("Ålesund".to_owned());
        seed_diesel::Value::fit(&mut code, 2);
        assert_eq!(code.0, "Ål");
    }

    #[test]
    fn a_fixture_has_newtypes_given_and_made() {
        let mut conn = database(TABLES);
        let country = Country::seeder().code(Code("NZ".to_owned())).seed_one(&mut conn).unwrap();
        let homes = Home::seeder().country(country.code.clone()).seed_many(&mut conn, 3).unwrap();
        assert!(homes.iter().all(|home| home.country.as_ref() == Some(&country.code)));
        let users: Vec<UserId> = users::table.select(users::id).load(&mut conn).unwrap();
        assert_eq!(users.len(), 3);
        assert_eq!(Home::seeder().country(None).seed_one(&mut conn).unwrap().country, None);
        assert_ne!(homes[0].id, homes[1].id);
    }
}

mod generics {
    use super::*;

    diesel::table! { tags (id) { id -> Integer, name -> Text, weight -> Nullable<Integer> } }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = tags)]
    struct Tag<Name, W = i32> {
        id: i32,
        name: Name,
        #[seed(null = 0)]
        weight: Option<W>,
    }

    #[derive(Debug, Clone, AsExpression, FromSqlRow, Seedable)]
    #[diesel(sql_type = Text)]
    struct Wrapped<T: std::fmt::Debug>(T);

    impl<DB: Backend> ToSql<Text, DB> for Wrapped<String>
    where
        String: ToSql<Text, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    #[test]
    fn a_type_parameter_is_a_type() {
        let mut conn =
            database("CREATE TABLE tags (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, weight INTEGER)");
        seed(&mut conn, models![Tag<Wrapped<String>>]).run().unwrap();
        let named: Vec<(String, Option<i32>)> = tags::table.select((tags::name, tags::weight)).load(&mut conn).unwrap();
        assert!(named.iter().all(|(name, weight)| !name.is_empty() && weight.is_some()));

        let tag = Tag::<String, i32>::seeder().name("mine".to_owned()).seed_one(&mut conn).unwrap();
        assert_eq!(tag.name, "mine");
        assert!(tag.weight.is_some() && tag.id == 11);
    }
}

mod embedded {
    use super::*;

    diesel::table! {
        users (id) { id -> Integer, country_id -> Integer, street -> Text, city -> Text, note -> Nullable<Text> }
    }
    diesel::table! { countries (id) { id -> Integer } }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = countries)]
    struct Country {
        id: i32,
    }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = users)]
    struct Address {
        #[seed(references = countries::id)]
        country_id: i32,
        #[diesel(embed)]
        place: Place,
    }

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = users)]
    struct Place {
        #[seed(value = format!("{} Main Street", row + 1))]
        street: String,
        #[seed(values = ["Rome", "Oslo"], key = "town")]
        city: String,
    }

    #[derive(Queryable, Selectable, Seedable)]
    struct User {
        id: i32,
        #[diesel(embed)]
        address: Address,
        note: Option<String>,
    }

    #[test]
    fn an_embedded_struct_fills_columns_and_has_relations() {
        let mut conn = database(
            "CREATE TABLE countries (id INTEGER PRIMARY KEY NOT NULL);
             CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, country_id INTEGER NOT NULL REFERENCES countries (id),
                                 street TEXT NOT NULL, city TEXT NOT NULL, note TEXT);",
        );
        seed(&mut conn, models![User, Country])
            .refine::<Country>(|t| t.count(3))
            .refine::<User>(|t| t.count(4).column(users::city, seed_diesel::values(["Bonn"])))
            .run()
            .unwrap();
        let users: Vec<User> = users::table.select(User::as_select()).order(users::id).load(&mut conn).unwrap();
        let streets: Vec<&str> = users.iter().map(|user| user.address.place.street.as_str()).collect();
        assert_eq!(streets, ["1 Main Street", "2 Main Street", "3 Main Street", "4 Main Street"]);
        assert!(users.iter().all(|user| user.address.place.city == "Bonn" && user.address.country_id <= 3));

        let user = User::seeder().note("new".to_owned()).seed_one(&mut conn).unwrap();
        assert_eq!((user.id, user.address.country_id, user.note.as_deref()), (5, 4, Some("new")));
        assert!(["Rome", "Oslo"].contains(&user.address.place.city.as_str()));
    }
}

mod of_one_database {
    use super::*;

    diesel::table! { notes (id) { id -> Integer, words -> Array<Text>, seen -> Array<Nullable<Integer>> } }
    diesel::table! { users (id) { id -> Integer } }

    // A type that `Value` knows nothing of, and a faker that makes it.
    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(check_for_backend(Pg))]
    struct Note {
        id: i32,
        #[seed(fake = Words(EN, 2..5))]
        words: Vec<String>,
        #[seed(generator = seed_diesel::values([vec![Some(1), None], vec![]]))]
        seen: Vec<Option<i32>>,
    }

    #[derive(Queryable, Selectable, Seedable)]
    struct User {
        id: i32,
    }

    #[test]
    fn a_model_of_postgresql_stands_beside_one_of_sqlite() {
        let of_postgresql: Models<Pg> = models![Note, User];
        let of_sqlite: Models<Sqlite> = models![User];
        assert_eq!((of_postgresql.len(), of_sqlite.len()), (2, 1));
        let mut conn = database("CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL)");
        assert_eq!(seed(&mut conn, of_sqlite).run().unwrap().rows("users"), 10);
        assert_eq!(Note::TABLE, "notes");
    }
}

mod stored_otherwise {
    use super::*;

    diesel::table! { items (id) { id -> Integer, price -> Integer, discount -> Nullable<Integer> } }

    /// What the program holds: no type of the database.
    #[derive(Debug, Clone, PartialEq)]
    struct Euros(f64);

    #[derive(Debug, AsExpression)]
    #[diesel(sql_type = Integer)]
    struct Cents(i32);

    impl<DB: Backend> ToSql<Integer, DB> for Cents
    where
        i32: ToSql<Integer, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl From<Euros> for Cents {
        fn from(euros: Euros) -> Cents {
            Cents((euros.0 * 100.0).round() as i32)
        }
    }

    #[derive(Insertable, Seedable)]
    struct Item {
        id: i32,
        #[diesel(serialize_as = Cents)]
        #[seed(value = Euros(f64::from(id) + 0.5))]
        price: Euros,
        #[diesel(skip_insertion)]
        #[expect(dead_code, reason = "it is left to the database")]
        discount: Option<i32>,
    }

    #[test]
    fn a_field_is_stored_as_diesel_stores_it() {
        let mut conn = database(
            "CREATE TABLE items (id INTEGER PRIMARY KEY NOT NULL, price INTEGER NOT NULL, discount INTEGER DEFAULT 7)",
        );
        seed(&mut conn, models![Item]).refine::<Item>(|t| t.count(2)).run().unwrap();
        let item = Item { id: 3, price: Euros(3.5), discount: None };
        diesel::insert_into(items::table).values(item).execute(&mut conn).unwrap();
        let items: Vec<(i32, Option<i32>)> =
            items::table.select((items::price, items::discount)).load(&mut conn).unwrap();
        assert_eq!(items, [(150, Some(7)), (250, Some(7)), (350, Some(7))]);
    }
}

mod deprecated {
    #![deny(warnings)]

    use super::*;

    diesel::table! { users (id) { id -> Integer, points -> Integer } }

    #[allow(deprecated, reason = "Diesel's derives would warn")]
    mod model {
        use super::*;

        #[deprecated = "use `i64`"]
        pub(super) type Points = i32;

        #[derive(Queryable, Selectable, Seedable)]
        #[diesel(table_name = super::users)]
        pub(super) struct User {
            pub(super) id: i32,
            #[seed(range = 1..=3)]
            pub(super) points: Points,
        }
    }

    #[test]
    fn a_deprecated_type_is_a_type() {
        let mut conn = database("CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, points INTEGER NOT NULL)");
        let user = model::User::seed_one(&mut conn).unwrap();
        assert!(user.id == 1 && (1..=3).contains(&user.points));
    }
}
