use seed_diesel::Seedable;

#[derive(Seedable)]
union User {
    id: i32,
    key: u32,
}

fn main() {}
