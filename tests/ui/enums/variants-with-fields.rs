use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {
    Guest,
    Member(String),
    Admin { level: i32, since: i32 },
}

fn main() {}
