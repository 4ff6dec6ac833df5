use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {}

fn main() {}
