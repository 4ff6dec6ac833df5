use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {
    #[seed(weight = 0)]
    Guest,
    #[seed(weight = 0.0)]
    Admin,
}

fn main() {}
