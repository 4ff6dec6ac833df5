//! The game's own tests: each makes the rows it needs, in a transaction that is rolled back.

use std::collections::HashSet;
use std::error::Error;

use diesel::Connection as _;
use diesel::prelude::*;
use game::Connection;
use game::models::*;
use game::schema::{levels, scores, sessions, user_profiles, users};
use seed_diesel::{RelationDsl, Seedable};

type Outcome = Result<(), Box<dyn Error>>;

#[test]
fn newest_session_first() -> Outcome {
    let mut conn = test_connection();
    let users = User::seed_many(&mut conn, 3)?;
    let mine = Session::seeder().user_id(users[0].id).seed_many(&mut conn, 2)?;
    let other = Session::seed_one(&mut conn)?;

    let found = Session::belonging_to(&users[0])
        .order(sessions::created_at.desc())
        .select(Session::as_select())
        .load(&mut conn)?;

    assert_eq!(found.len(), 2);
    assert!(found[0].created_at >= found[1].created_at);
    assert!(mine.iter().all(|session| found.contains(session)));
    assert!(!found.contains(&other));
    Ok(())
}

#[test]
fn a_score_makes_its_session_level_and_user() -> Outcome {
    let mut conn = test_connection();
    let score = Score::seed_one(&mut conn)?;

    let (session, level, user) = scores::table
        .inner_join(levels::table)
        .inner_join(sessions::table.inner_join(users::table))
        .filter(scores::id.eq(score.id))
        .select((Session::as_select(), Level::as_select(), User::as_select()))
        .first(&mut conn)?;

    assert_eq!(session.id, score.session_id);
    assert_eq!(level.id, score.level_id);
    assert_eq!(user.id, session.user_id);
    assert!(user.created_at <= session.created_at);
    Ok(())
}

#[test]
fn what_is_given_is_kept() -> Outcome {
    let mut conn = test_connection();
    let ada = User::seeder().username("ada_lovelace".to_owned()).seed_one(&mut conn)?;
    // Half a minute is out of the range that the model gives.
    let sessions = Session::seeder().user_id(ada.id).duration(30).seed_many(&mut conn, 3)?;

    assert_eq!(ada.username, "ada_lovelace");
    assert_eq!(sessions.len(), 3);
    for session in sessions {
        assert_eq!((session.user_id, session.duration), (ada.id, 30));
    }
    Ok(())
}

#[test]
fn a_user_is_read_with_all_that_belongs_to_it() -> Outcome {
    let mut conn = test_connection();
    let ada = User::seed_one(&mut conn)?;
    let profile = UserProfile::seeder().user_id(ada.id).seed_one(&mut conn)?;
    let sessions = Session::seeder().user_id(ada.id).seed_many(&mut conn, 2)?;
    let scores = Score::seeder().session_id(sessions[1].id).seed_many(&mut conn, 3)?;

    let (user, (profiles, read)) = User::with((user_profiles::user_id, sessions::user_id.with(scores::session_id)))
        .find(ada.id)
        .first(&mut conn)?;
    assert_eq!((user, profiles), (ada.clone(), vec![profile]));
    assert_eq!(read, [(sessions[0].clone(), vec![]), (sessions[1].clone(), scores.clone())]);

    let best = scores::session_id.order(scores::score.desc()).with(scores::level_id.parent());
    let (session, read) = Session::with((best, sessions::user_id.parent())).find(sessions[1].id).first(&mut conn)?;
    let (read, user): (Vec<(Score, Level)>, User) = read;
    assert_eq!((session.id, user), (sessions[1].id, ada));
    assert!(read.is_sorted_by(|one, other| one.0.score >= other.0.score));
    assert!(read.iter().all(|(score, level)| scores.contains(score) && score.level_id == level.id));
    Ok(())
}

#[test]
fn calls_can_be_repeated() -> Outcome {
    let mut conn = test_connection();
    let mut ids = HashSet::new();
    let mut usernames = HashSet::new();

    for _ in 0..20 {
        for user in User::seed_many(&mut conn, 5)? {
            ids.insert(user.id);
            usernames.insert(user.username);
        }
    }

    assert_eq!(ids.len(), 100);
    assert_eq!(usernames.len(), 100);
    Ok(())
}

#[test]
fn rows_come_back_as_the_database_holds_them() -> Outcome {
    let mut conn = test_connection();

    for user in User::seed_many(&mut conn, 5)? {
        let held = users::table.find(user.id).select(User::as_select()).first(&mut conn)?;
        assert_eq!(user, held);
    }
    for score in Score::seed_many(&mut conn, 5)? {
        let held = scores::table.find(score.id).select(Score::as_select()).first(&mut conn)?;
        assert_eq!(score, held);
    }
    Ok(())
}

/// A connection for one test, which no other test sees.
fn test_connection() -> Connection {
    let mut conn = connect();
    conn.begin_test_transaction().expect("a transaction");
    conn
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
fn connect() -> Connection {
    let mut conn = Connection::establish(":memory:").expect("a database in memory");
    game::migrate(&mut conn).expect("the migrations");
    conn
}

/// Connects to the database `game_fixtures`, which the first call makes.
#[cfg(any(feature = "mysql", feature = "postgres"))]
fn connect() -> Connection {
    static DATABASE_URL: std::sync::OnceLock<String> = std::sync::OnceLock::new();

    let url = DATABASE_URL.get_or_init(|| {
        let url = std::env::var(SERVER).unwrap_or_else(|_| panic!("{SERVER} is not set: run the tests by ./tests/run"));
        let mut server = Connection::establish(&url).expect(SERVER);
        create_database(&mut server).expect("a user who may create databases");

        let mut url = url::Url::parse(&url).expect(SERVER);
        url.set_path("game_fixtures");
        let mut conn = Connection::establish(url.as_str()).expect("the database");
        game::migrate(&mut conn).expect("the migrations");
        url.into()
    });
    Connection::establish(url).expect("the database")
}

/// The variable with the URL of a server whose user may create databases.
#[cfg(feature = "mysql")]
const SERVER: &str = "TEST_MYSQL_URL";
/// The variable with the URL of a server whose user may create databases.
#[cfg(all(feature = "postgres", not(feature = "mysql")))]
const SERVER: &str = "TEST_POSTGRES_URL";

// The lock is for another process that does the same, as under `cargo nextest`: it is held until
// `server` is dropped, after the migrations.

#[cfg(feature = "mysql")]
fn create_database(server: &mut Connection) -> QueryResult<()> {
    use diesel::connection::SimpleConnection;

    server.batch_execute("DO GET_LOCK('game_fixtures', 60); CREATE DATABASE IF NOT EXISTS game_fixtures")
}

#[cfg(all(feature = "postgres", not(feature = "mysql")))]
fn create_database(server: &mut Connection) -> QueryResult<()> {
    use diesel::sql_query;

    sql_query("SELECT pg_advisory_lock(hashtext('game_fixtures'))").execute(server)?;
    let found = sql_query("SELECT 1 FROM pg_database WHERE datname = 'game_fixtures'").execute(server)?;
    if found == 0 {
        sql_query("CREATE DATABASE game_fixtures").execute(server)?;
    }
    Ok(())
}
