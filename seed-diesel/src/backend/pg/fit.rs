//! Whether a `COPY` stores what an insert would.
//!
//! `INSERT` casts a value to the type of its column. `COPY` does not: it would read the bytes of a `timestamp` as those of
//! a `timestamptz`. Nor does it heed rules or fill a view, and it refuses a table whose rows row-level security has a say
//! in. Triggers, constraints, partitions and identities are all the same to it.

use diesel::pg::{PgConnection, PgTypeMetadata};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Oid, Text};

use crate::bulk::Target;
use crate::statement::Written;

/// Whether the table of a target takes values of these types by `COPY`.
pub(super) fn all(connection: &mut PgConnection, target: &Target<'_>, types: &[PgTypeMetadata]) -> QueryResult<bool> {
    let oids: Result<Vec<u32>, _> = types.iter().map(PgTypeMetadata::oid).collect();
    // An insert says which type there is not.
    let Ok(oids) = oids else { return Ok(false) };
    let written = target.columns.iter().filter(|(_, written)| *written == Written::Value);
    let columns: Vec<&str> = written.map(|(column, _)| *column).collect();
    let fit: Option<Fit> = diesel::sql_query(
        // A domain has the form of what it is made of. Texts have one form, whatever their type.
        "WITH RECURSIVE stored (name, type) AS ( \
             SELECT attname::text, atttypid FROM pg_attribute \
             WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped \
             UNION ALL \
             SELECT name, typbasetype FROM stored JOIN pg_type ON pg_type.oid = type WHERE typtype = 'd' \
         ), texts AS ( \
             SELECT array_agg(oid) AS types FROM pg_type \
             WHERE typcategory = 'S' AND typname IN ('text', 'varchar', 'bpchar', 'citext') \
         ) \
         SELECT relkind IN ('r', 'p') AND NOT row_security_active(pg_class.oid) \
            AND NOT EXISTS (SELECT FROM pg_rewrite WHERE ev_class = pg_class.oid AND ev_type = '3') \
            AND NOT EXISTS ( \
                SELECT FROM unnest($2, $3) AS value (name, type) \
                WHERE NOT EXISTS ( \
                    SELECT FROM stored WHERE stored.name = value.name::name::text AND (stored.type = value.type \
                        OR stored.type = ANY (texts.types) AND value.type = ANY (texts.types)) \
                ) \
            ) AS all_fit \
         FROM pg_class CROSS JOIN texts WHERE pg_class.oid = to_regclass($1)",
    )
    .bind::<Text, _>(&target.table.quoted)
    .bind::<Array<Text>, _>(columns)
    .bind::<Array<Oid>, _>(oids)
    .get_result(connection)
    .optional()?;
    Ok(fit.is_some_and(|fit| fit.all_fit))
}

#[derive(QueryableByName)]
struct Fit {
    #[diesel(sql_type = Bool)]
    all_fit: bool,
}
