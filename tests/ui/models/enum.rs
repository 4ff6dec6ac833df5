use seed_diesel::Seedable;

#[derive(Seedable)]
enum Status {
    Open,
    Closed,
}

fn main() {}
