//! The settings of a session, which is its time zone and its language, change no row: not on SQLite, which has none.

use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{models, seed};

use super::Db;

#[test]
fn the_same_rows_in_every_time_zone_and_language() {
    let settings: &[&str] = match Db::ENGINE {
        "postgres" => &[
            "SET TIME ZONE 'Pacific/Chatham'",
            "SET TIME ZONE 'America/St_Johns'",
            "SET TIME ZONE INTERVAL '-12:00' HOUR TO MINUTE",
            "SET datestyle = 'German, DMY'",
            "SET datestyle = 'SQL, MDY'; SET intervalstyle = sql_standard; SET bytea_output = 'escape'",
            "SET extra_float_digits = -15",
        ],
        _ => &[
            "SET time_zone = '+12:45'",
            "SET time_zone = '-12:00'",
            "SET lc_time_names = 'ar_SA'; SET lc_messages = 'de_DE'",
            "SET collation_connection = 'utf8mb4_turkish_ci'",
        ],
    };
    let rows = |setting: &str| {
        let mut db = Db::game();
        if !setting.is_empty() {
            db.run(setting);
        }
        seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
        // Read by a session without the setting.
        seed_tests::Engine::export_game(&mut db.connect())
    };
    let usual = rows("");
    assert!(usual.lines().count() > 100);
    for setting in settings {
        assert!(rows(setting) == usual, "{setting}");
    }
}
