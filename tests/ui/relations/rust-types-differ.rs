use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, author_id -> Nullable<Integer> } }

#[derive(Debug, Clone, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = diesel::sql_types::Integer)]
struct UserId(i32);

#[derive(Seedable)]
struct User {
    id: UserId,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id)]
    author_id: Option<i32>,
}

fn main() {}
