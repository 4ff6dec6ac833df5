use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use seed_diesel::Seedable;

diesel::table! { countries (code) { code -> Text } }
diesel::table! { cities (id) { id -> Integer, country_code -> Text } }

#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Text)]
struct Code(String);

impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<Text, DB> for Code
where
    String: diesel::serialize::ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<Text, DB> for Code
where
    String: diesel::deserialize::FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Code> {
        String::from_sql(bytes).map(Code)
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = countries, primary_key(code))]
struct Country {
    code: Code,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = cities)]
struct City {
    id: i32,
    #[seed(references = countries::code)]
    country_code: Code,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = Country::with(cities::country_code).load(&mut conn);
}
