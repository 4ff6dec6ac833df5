use seed_diesel::Seedable;

struct Network;

#[derive(Seedable)]
struct Home(Network);

fn main() {}
