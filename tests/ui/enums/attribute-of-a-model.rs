use seed_diesel::Seedable;

#[derive(Seedable)]
#[seed(count = 2, unique)]
enum Role {
    Guest,
    Admin,
}

fn main() {}
