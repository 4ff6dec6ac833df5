use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {
    Guest,
    #[seed(weight = -0.5)]
    Admin,
}

fn main() {}
