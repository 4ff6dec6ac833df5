use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {
    #[seed(weight = "often")]
    Guest,
    #[seed(weight = 1..=3)]
    Member,
    #[seed(weight)]
    Admin,
}

fn main() {}
