//! Sequences of PostgreSQL: those that a column owns, and those that its default asks.

use diesel::connection::SimpleConnection;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Array, BigInt, Bool, Oid, Text};

use super::empty::{self, WHOLE};
use crate::backend::{Immovable, Keys, TableName, quoted};

/// Why one of the table's sequences could not be moved past keys that a run gives.
pub(super) fn check(connection: &mut PgConnection, table: &TableName, keys: &[Keys]) -> QueryResult<Option<Immovable>> {
    let columns: Vec<&str> = keys.iter().map(|key| key.column).collect();
    let sequences = of_columns(connection, table, &columns)?;
    let immovable = sequences.into_iter().find_map(|sequence| {
        let key = keys.get(usize::try_from(sequence.position - 1).ok()?)?;
        let (reason, remedy) = sequence.is_in_the_way(key.last)?;
        Some(Immovable { sequence: sequence.name, column: key.column.to_owned(), reason, remedy })
    });
    Ok(immovable)
}

/// Moves each sequence of these columns past the keys in them, and never back.
pub(super) fn advance(connection: &mut PgConnection, table: &TableName, columns: &[&str]) -> QueryResult<()> {
    for sequence in of_columns(connection, table, columns)? {
        // Runs for shards of a table end at the same time: between looking and moving, none may move it further.
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('seed-diesel sequence ' || $1, 0))")
            .bind::<Oid, _>(sequence.oid)
            .execute(connection)?;
        // Past its last key it cannot go. One that has given no key yet is at its first.
        let (last, bound, past) = if sequence.counts_down() { ("min", "greatest", "<") } else { ("max", "least", ">") };
        diesel::sql_query(format!(
            "SELECT setval($1::regclass, {bound}(last_key, $2)::bigint) \
             FROM (SELECT {last}({column}) AS last_key FROM {table}) AS keys, {name} AS sequence \
             WHERE {bound}(last_key, $2) {past} sequence.last_value AND last_key IS NOT NULL \
                OR last_key = sequence.last_value AND NOT sequence.is_called",
            column = quoted::<Pg>(&sequence.column),
            table = table.quoted,
            name = sequence.name,
        ))
        .bind::<Oid, _>(sequence.oid)
        .bind::<BigInt, _>(sequence.last)
        .execute(connection)?;
    }
    Ok(())
}

/// Lets the sequences that the columns of these tables own begin again. The others stay as they are: those of other
/// owners, those that another table asks as well, and all of them where one is in use for too long.
pub(super) fn restart(connection: &mut PgConnection, tables: &[&str]) -> QueryResult<()> {
    let restarts: Vec<Restart> =
        diesel::sql_query(format!("{WHOLE} {OWNED}")).bind::<Array<Text>, _>(tables).load(connection)?;
    let statements: Vec<String> = restarts.into_iter().map(|restart| restart.statement).collect();
    if statements.is_empty() {
        return Ok(());
    }
    empty::try_briefly(connection, |connection| connection.batch_execute(&statements.join("; "))).map(|_| ())
}

/// A sequence, and the column that takes its keys from it.
#[derive(QueryableByName)]
struct Sequence {
    /// The column's place among those that were asked for, from 1.
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Oid)]
    oid: u32,
    /// Behind its schema, and quoted where it needs quotes.
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    step: i64,
    /// The last key that it can give.
    #[diesel(sql_type = BigInt)]
    last: i64,
    #[diesel(sql_type = Bool)]
    may_move: bool,
    /// The role, quoted where it needs quotes.
    #[diesel(sql_type = Text)]
    role: String,
}

impl Sequence {
    fn counts_down(&self) -> bool {
        self.step < 0
    }

    /// What is in the way of moving it past a last key, and what to run.
    fn is_in_the_way(&self, last: Option<u64>) -> Option<(String, String)> {
        let Sequence { name, role, .. } = self;
        if !self.may_move {
            let reason = format!("`{role}` has not the rights SELECT and UPDATE on it");
            return Some((reason, format!("GRANT SELECT, UPDATE ON SEQUENCE {name} TO {role}")));
        }
        let last = last.filter(|last| !self.counts_down() && *last > self.last.unsigned_abs())?;
        let reason = format!("it ends at {}, and the last key is {last}", self.last);
        Some((reason, format!("ALTER SEQUENCE {name} AS BIGINT NO MAXVALUE")))
    }
}

fn of_columns(connection: &mut PgConnection, table: &TableName, columns: &[&str]) -> Result<Vec<Sequence>, Error> {
    diesel::sql_query(OF_COLUMNS).bind::<Text, _>(&table.quoted).bind::<Array<Text>, _>(columns).load(connection)
}

#[derive(QueryableByName)]
struct Restart {
    #[diesel(sql_type = Text)]
    statement: String,
}

/// A column may own a sequence of the time when it was a number. A domain prints its values as its base type does. The
/// cast to `name` cuts what PostgreSQL has cut.
const OF_COLUMNS: &str = r"
SELECT DISTINCT given.position, attname::text AS column, sequence.oid AS oid, format('%I.%I', nspname, sequence.relname) AS name,
       seqincrement AS step, CASE WHEN seqincrement > 0 THEN seqmax ELSE seqmin END AS last,
       has_sequence_privilege(sequence.oid, 'SELECT') AND has_sequence_privilege(sequence.oid, 'UPDATE') AS may_move,
       quote_ident(current_user) AS role
FROM unnest($2) WITH ORDINALITY AS given (name, position)
JOIN pg_attribute ON attrelid = to_regclass($1) AND attname = given.name::name AND NOT attisdropped
JOIN pg_type ON pg_type.oid = atttypid AND typoutput::text IN ('int2out', 'int4out', 'int8out', 'numeric_out')
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
JOIN pg_depend ON (classid, refclassid, refobjid, refobjsubid) = ('pg_class'::regclass, 'pg_class'::regclass, attrelid, attnum)
                  AND deptype IN ('a', 'i')
               OR (classid, objid, refclassid) = ('pg_attrdef'::regclass, pg_attrdef.oid, 'pg_class'::regclass)
JOIN pg_class AS sequence ON sequence.oid = CASE classid WHEN 'pg_class'::regclass THEN objid ELSE refobjid END AND sequence.relkind = 'S'
JOIN pg_sequence ON seqrelid = sequence.oid
JOIN pg_namespace ON pg_namespace.oid = sequence.relnamespace
ORDER BY given.position, name";

/// The sequences that are owned by columns of the tables, whether a model names these or not.
const OWNED: &str = r"
SELECT DISTINCT format('ALTER SEQUENCE %I.%I RESTART', nspname, relname) AS statement
FROM whole
JOIN pg_depend ON (classid, refclassid, refobjid) = ('pg_class'::regclass, 'pg_class'::regclass, whole.oid)
              AND refobjsubid > 0 AND deptype IN ('a', 'i')
JOIN pg_class AS sequence ON sequence.oid = objid AND sequence.relkind = 'S' AND pg_has_role(relowner, 'USAGE')
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE NOT EXISTS (
    SELECT FROM pg_depend AS asks
    JOIN pg_attrdef ON pg_attrdef.oid = asks.objid
    JOIN pg_class AS asking ON asking.oid = adrelid AND asking.relkind IN ('r', 'p', 'f')
    WHERE (asks.classid, asks.refclassid, asks.refobjid) = ('pg_attrdef'::regclass, 'pg_class'::regclass, sequence.oid)
      AND adrelid NOT IN (SELECT whole.oid FROM whole)
)
ORDER BY statement";
