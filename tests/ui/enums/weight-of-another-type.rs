use seed_diesel::Seedable;

const ADMINS: u32 = 3;

#[derive(Seedable)]
enum Role {
    Guest,
    #[seed(weight = ADMINS)]
    Admin,
}

fn main() {}
