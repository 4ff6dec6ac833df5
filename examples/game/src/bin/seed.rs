//! `cargo run --bin seed`: fills the game's database.

use game::models::*;

seed_diesel::main! {
    game::Connection: User, UserProfile, Level, Session, Score;
    prepare = game::migrate;
    database_url = game::DEFAULT_DATABASE_URL;
}
