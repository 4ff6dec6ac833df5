//! The code of the README: compiled and run here, and compared with what stands there.

mod schema {
    diesel::table! {
        users (id) {
            id -> Integer,
            created_at -> Timestamp,
            #[max_length = 20]
            username -> Varchar,
            date_of_birth -> Date,
        }
    }

    diesel::table! {
        sessions (id) {
            id -> Integer,
            user_id -> Integer,
            created_at -> Timestamp,
            duration -> Integer,
        }
    }

    diesel::table! {
        employees (id) {
            id -> Integer,
            manager_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        projects (id) {
            id -> Integer,
            lead_id -> Integer,
        }
    }

    diesel::table! {
        members (project_id, employee_id) {
            project_id -> Integer,
            employee_id -> Integer,
        }
    }

    diesel::table! {
        tasks (id) {
            id -> Integer,
            project_id -> Integer,
            doer_id -> Integer,
            lead_id -> Integer,
        }
    }

    diesel::table! {
        orders (id) {
            id -> Integer,
            shop_id -> Integer,
            #[max_length = 12]
            number -> Varchar,
            customer_name -> Text,
            customer_email -> Text,
            city -> Text,
            total -> Double,
            ordered_at -> Timestamp,
            shipped_at -> Nullable<Timestamp>,
            status -> Text,
        }
    }
}

mod model {
    // src/models.rs, a module of src/lib.rs beside src/schema.rs
    use chrono::{NaiveDate, NaiveDateTime};
    use diesel::prelude::*;
    use seed_diesel::Seedable;

    use crate::schema::{sessions, users};

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = users)]
    #[seed(count = 12)]
    pub struct User {
        pub id: i32,
        pub created_at: NaiveDateTime,
        #[seed(unique)]
        pub username: String,
        #[seed(range = "1960-01-01"..="2007-12-31")]
        pub date_of_birth: NaiveDate,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations, Seedable)]
    #[diesel(table_name = sessions, belongs_to(User))]
    pub struct Session {
        pub id: i32,
        #[seed(references = users::id, with = 5)]
        pub user_id: i32,
        pub created_at: NaiveDateTime,
        #[seed(range = 60..=7_200)]
        pub duration: i32,
    }

    #[test]
    fn the_models_seed_what_they_say() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        diesel::connection::SimpleConnection::batch_execute(
            &mut conn,
            "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, created_at TIMESTAMP NOT NULL, \
                                 username VARCHAR(20) UNIQUE NOT NULL, date_of_birth DATE NOT NULL); \
             CREATE TABLE sessions (id INTEGER PRIMARY KEY NOT NULL, user_id INTEGER NOT NULL REFERENCES users (id), \
                                    created_at TIMESTAMP NOT NULL, duration INTEGER NOT NULL);",
        )
        .unwrap();
        seed_diesel::seed(&mut conn, seed_diesel::models![User, Session]).run().unwrap();
        let users: Vec<User> = users::table.load(&mut conn).unwrap();
        assert_eq!(users.len(), 12);
        for user in &users {
            assert_eq!(Session::belonging_to(user).count().get_result(&mut conn), Ok(5));
            assert!(("1960-01-01".parse().unwrap()..="2007-12-31".parse().unwrap()).contains(&user.date_of_birth));
        }
    }
}

mod every_column {
    use chrono::NaiveDateTime;
    use diesel::deserialize::FromSqlRow;
    use diesel::expression::AsExpression;
    use diesel::prelude::*;
    use seed_diesel::Seedable;
    use seed_diesel::generators::*;

    use crate::schema::orders;

    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sqlite::{Sqlite, SqliteValue};

    #[rustfmt::skip] // The comments stand as they do in the README.
    mod orders_of_a_shop {
        use super::*;

    #[derive(Queryable, Selectable, Seedable)]
    #[diesel(table_name = orders)]
    #[seed(count = 500, unique(shop_id, number), locale = FR_FR)]
    pub struct Order {
        pub id: i32,
        #[seed(values = [1, 2, 3])]
        pub shop_id: i32,
        #[seed(generator = pattern("FR-####"))]
        pub number: String,
        pub customer_name: String, // these three are one person in one French town
        pub customer_email: String,
        pub city: String,
        #[seed(generator = log_normal(40.0, 1.8).within(1.0..=900.0))]
        pub total: f64,
        #[seed(generator = business_hours("2025-01-01"..="2025-12-31"))]
        pub ordered_at: NaiveDateTime,
        pub shipped_at: Option<NaiveDateTime>, // never before `ordered_at`
        pub status: Status,
    }
    }
    use orders_of_a_shop::Order;

    #[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow, Seedable)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub enum Status {
        #[seed(weight = 8)]
        Shipped,
        Cancelled,
    }

    impl ToSql<diesel::sql_types::Text, Sqlite> for Status {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            let text = if *self == Status::Shipped { "shipped" } else { "cancelled" };
            ToSql::<diesel::sql_types::Text, Sqlite>::to_sql(text, out)
        }
    }

    impl FromSql<diesel::sql_types::Text, Sqlite> for Status {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            let text = <String as FromSql<diesel::sql_types::Text, Sqlite>>::from_sql(value)?;
            Ok(if text == "shipped" { Status::Shipped } else { Status::Cancelled })
        }
    }

    #[test]
    fn every_column_holds_what_it_says() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        diesel::connection::SimpleConnection::batch_execute(
            &mut conn,
            "CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, shop_id INTEGER NOT NULL, number VARCHAR(12) NOT NULL, \
                                  customer_name TEXT NOT NULL, customer_email TEXT NOT NULL, city TEXT NOT NULL, \
                                  total DOUBLE NOT NULL, ordered_at TIMESTAMP NOT NULL, shipped_at TIMESTAMP, \
                                  status TEXT NOT NULL, UNIQUE (shop_id, number))",
        )
        .unwrap();
        seed_diesel::seed(&mut conn, seed_diesel::models![Order]).run().unwrap();
        let orders: Vec<Order> = orders::table.load(&mut conn).unwrap();
        assert_eq!(orders.len(), 500);
        for order in &orders {
            assert!(order.number.starts_with("FR-") && order.number.len() == 7, "{}", order.number);
            assert!((1.0..=900.0).contains(&order.total) && (1..=3).contains(&order.shop_id));
            assert!(order.shipped_at.is_none_or(|shipped| shipped >= order.ordered_at));
            assert!(order.customer_email.contains("@example."), "{}", order.customer_email);
            assert!(!order.customer_name.is_empty() && !order.city.is_empty() && order.id > 0);
        }
        let shipped = orders.iter().filter(|order| order.status == Status::Shipped).count();
        assert!((400..=480).contains(&shipped), "{shipped} of 500");
    }
}

mod binary {
    use game as my_app;

    // src/bin/seed.rs
    use diesel::SqliteConnection;
    use my_app::models::*;

    seed_diesel::main!(SqliteConnection: User, Session);

    #[test]
    fn the_binary_has_a_main() {
        // To run it would read this program's arguments; the example's own tests run one.
        let _: fn() -> std::process::ExitCode = main;
    }
}

mod code {
    use diesel::SqliteConnection;
    use game::models::{Level, Score, Session, User, UserProfile};
    use game::schema::{scores, sessions, user_profiles};

    use seed_diesel::{int, models, seed};

    #[test]
    fn the_builder_gives_three_hundred_scores() -> Result<(), seed_diesel::Error> {
        let db = seed_tests::Database::<SqliteConnection>::game();
        let mut conn = db.connect();
        let report = seed(&mut conn, models![User, UserProfile, Level, Session, Score])
            .seed(42)
            .refine::<User>(|t| t.count(12).with(user_profiles::user_id, 1).with(sessions::user_id, 5))
            .refine::<Session>(|t| t.with(scores::session_id, 5).column(sessions::duration, int(60..=7_200)))
            .refine::<Level>(|t| t.count(5))
            .run()?;
        assert_eq!(report.rows("scores"), 300);
        Ok(())
    }
}

mod relations {
    use diesel::prelude::*;
    use seed_diesel::Seedable;

    use crate::schema::{employees, members, projects, tasks};

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = employees)]
    #[seed(count = 200)]
    pub struct Employee {
        pub id: i32,
        #[seed(references = employees::id, tree(roots = 0.02, branching = 1..=8))]
        pub manager_id: Option<i32>, // an earlier row, or nobody
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = projects)]
    #[seed(count = 40)]
    pub struct Project {
        pub id: i32,
        #[seed(references = employees::id, zipf = 1.1)]
        pub lead_id: i32, // a few lead many projects
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = members, primary_key(project_id, employee_id))]
    pub struct Member {
        #[seed(references = projects::id, with = [(0.6, 1..=3), (0.3, 5..=7), (0.1, 8..=10)])]
        pub project_id: i32,
        #[seed(references = employees::id)]
        pub employee_id: i32, // nobody twice in a project
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    #[diesel(table_name = tasks)]
    #[seed(count = 1_000, references(project_id = members::project_id, doer_id = members::employee_id))]
    pub struct Task {
        pub id: i32,
        pub project_id: i32,
        pub doer_id: i32, // a member of the project
        #[seed(references = employees::id)]
        pub lead_id: i32, // who leads the project: two ways to one row agree
    }

    #[test]
    fn what_is_said_of_the_rows_is_true() {
        let mut db = seed_tests::Sqlite::with(
            "CREATE TABLE employees (id INTEGER PRIMARY KEY, manager_id INTEGER REFERENCES employees (id));
             CREATE TABLE projects (id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL REFERENCES employees (id));
             CREATE TABLE members (project_id INTEGER NOT NULL REFERENCES projects (id),
                employee_id INTEGER NOT NULL REFERENCES employees (id), PRIMARY KEY (project_id, employee_id));
             CREATE TABLE tasks (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, doer_id INTEGER NOT NULL,
                lead_id INTEGER NOT NULL REFERENCES employees (id),
                FOREIGN KEY (project_id, doer_id) REFERENCES members (project_id, employee_id));",
        );
        let models = seed_diesel::models![Task, Member, Project, Employee];
        let report = seed_diesel::seed(&mut db.conn, models).run().unwrap();
        assert_eq!((report.rows("employees"), report.rows("projects"), report.rows("tasks")), (200, 40, 1_000));
        assert_eq!(db.number("SELECT count(*) FROM employees WHERE manager_id IS NULL"), 4);
        assert_eq!(db.number("SELECT count(*) FROM employees WHERE manager_id >= id"), 0);
        let most = "SELECT max(projects) FROM (SELECT count(*) AS projects FROM projects GROUP BY lead_id) AS leads";
        assert!(db.number(most) >= 5);
        let of_another = "SELECT count(*) FROM tasks JOIN projects ON projects.id = project_id \
                          WHERE tasks.lead_id <> projects.lead_id";
        assert_eq!(db.number(of_another), 0);
    }
}

mod reads {
    use diesel::prelude::*;
    use game::models::{Level, Score, Session, User, UserProfile};
    use game::schema::{scores, sessions, user_profiles, users};
    use seed_diesel::{RelationDsl, Seedable};

    #[test]
    fn a_user_is_read_with_all_that_it_has() -> Result<(), Box<dyn std::error::Error>> {
        let db = seed_tests::Database::<SqliteConnection>::game();
        let mut conn = db.connect();
        seed_diesel::seed(&mut conn, seed_diesel::models![User, UserProfile, Level, Session, Score]).run()?;
        User::seeder().username("ada").seed_one(&mut conn)?;
        let users: Vec<(User, Vec<Session>)> = User::with(sessions::user_id).load(&mut conn)?;

        let (ada, (profiles, sessions)) =
            User::with((user_profiles::user_id, sessions::user_id.with(scores::session_id)))
                .filter(users::username.eq("ada"))
                .first(&mut conn)?; // of `sessions`, each is a (Session, Vec<Score>)
        assert_eq!(users.iter().map(|(_, sessions)| sessions.len()).sum::<usize>(), 60);
        let scores = |(_, scores): &(Session, Vec<Score>)| scores.len();
        assert_eq!((ada.username.as_str(), profiles.len(), sessions.iter().map(scores).sum()), ("ada", 0, 0_usize));
        Ok(())
    }
}

mod test {
    use diesel::SqliteConnection;
    use game::models::{Session, User};
    use seed_diesel::Seedable as _;

    #[test]
    #[rustfmt::skip] // The comments stand as they do in the README.
    fn a_test_takes_the_rows_that_it_needs() {
        let db = seed_tests::Database::<SqliteConnection>::game();
        let mut conn = db.connect();
        let users = User::seed_many(&mut conn, 3).unwrap();                  // Vec<User>, as the database holds them
        let mine = Session::seeder().user_id(users[0].id).seed_many(&mut conn, 2).unwrap();
        let other = Session::seed_one(&mut conn).unwrap();                   // makes the user it needs
        assert_eq!(users.len(), 3);
        assert!(mine.iter().all(|session| session.user_id == users[0].id));
        assert!(users.iter().all(|user| user.id != other.user_id));
    }
}

#[test]
fn every_block_of_rust_stands_in_this_file() {
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let here = lines(include_str!("readme.rs"));
    let readme = include_str!("../../README.md");
    let blocks: Vec<&str> =
        readme.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    assert_eq!(blocks.len(), 7, "a model, relations, every column, the binary, the builder, a test, a read");
    for part in blocks.iter().flat_map(|block| block.split("\n\n")) {
        assert!(here.contains(&lines(part)), "this part of the README is not compiled here:\n{part}");
    }
}
