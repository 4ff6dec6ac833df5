use seed_diesel::Seedable;

diesel::table! { members (user_id, team_id) { user_id -> Integer, team_id -> Integer } }
diesel::table! { badges (id) { id -> Integer, member_id -> Integer } }

#[derive(Seedable)]
#[diesel(primary_key(user_id, team_id))]
struct Member {
    user_id: i32,
    team_id: i32,
}

#[derive(Seedable)]
#[diesel(belongs_to(Member))]
struct Badge {
    id: i32,
    member_id: i32,
}

fn main() {}
