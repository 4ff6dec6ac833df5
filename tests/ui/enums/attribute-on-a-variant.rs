use seed_diesel::Seedable;

#[derive(Seedable)]
enum Role {
    Guest,
    #[seed(wieght = 2)]
    Member,
    #[seed(skip)]
    Admin,
}

fn main() {}
