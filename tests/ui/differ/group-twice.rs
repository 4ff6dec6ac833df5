use seed_diesel::Seedable;

diesel::table! { teams (id) { id -> Integer } }
diesel::table! { places (id) { id -> Integer } }
diesel::table! { games (id) { id -> Integer, home_id -> Integer, guest_id -> Integer, place_id -> Integer, points -> Integer } }

#[derive(Seedable)]
struct Team {
    id: i32,
}

#[derive(Seedable)]
struct Place {
    id: i32,
}

#[derive(Seedable)]
#[seed(differ(home_id, guest_id), differ(guest_id, home_id))]
struct Game {
    id: i32,
    #[seed(references = teams::id)]
    home_id: i32,
    #[seed(references = teams::id)]
    guest_id: i32,
    #[seed(references = places::id)]
    place_id: i32,
    points: i32,
}

fn main() {}
