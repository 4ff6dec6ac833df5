use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, role -> Integer } }

// One message: the model that uses the enum adds none.
#[derive(Debug, Clone, Copy, diesel::expression::AsExpression, Seedable)]
#[diesel(sql_type = diesel::sql_types::Integer)]
enum Role {
    Guest,
    Other(i32),
}

#[derive(Seedable)]
struct User {
    id: i32,
    role: Role,
}

fn main() {}
