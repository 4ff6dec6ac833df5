use seed_diesel::Seedable;

#[derive(Seedable)]
#[seed(weight = 2)]
enum Role {
    Guest,
    Admin,
}

fn main() {}
