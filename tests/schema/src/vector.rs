//! A type that a crate offers for its columns, as `pgvector` does.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Array, Float};

#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Array<Float>)]
pub struct Vector(pub Vec<f32>);

impl ToSql<Array<Float>, Pg> for Vector {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Array<Float>, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<Array<Float>, Pg> for Vector {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Array<Float>, Pg>::from_sql(bytes).map(Vector)
    }
}
