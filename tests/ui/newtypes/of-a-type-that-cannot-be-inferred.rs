use seed_diesel::Seedable;

#[derive(Debug, Clone)]
struct Network;

#[derive(Seedable)]
struct Home(Network);

fn main() {}
