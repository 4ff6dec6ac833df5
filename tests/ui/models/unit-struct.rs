use seed_diesel::Seedable;

#[derive(Seedable)]
struct User;

fn main() {}
