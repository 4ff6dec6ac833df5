//! PostgreSQL: foreign keys and indexes are dropped and made again in the loading transaction, so that it validates them as a set.
//!
//! What stays on is what could not come back as it was, or what the run cannot do without; the queries below say why, for each.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Oid, Text};

use super::empty::try_briefly;
use crate::backend::TableName;
use crate::error::{Error, Violation};
use crate::lock::Lock;
use crate::rebuild::{Asked, Constraint, Kind, NotBack, PaysFrom, Rebuild};
use crate::reset::Emptied;

/// How often a run that was not asked tries to lock the tables, and the pause between: a query of a moment is let by, and
/// nobody waits for a lock that is waited for.
const LOCK_TRIES: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

impl Rebuild for PgConnection {
    // A parent is looked for row by row; an index is read once more to be made again.
    const PAYS_FROM: PaysFrom = PaysFrom { foreign_key: 1_000, index: 100_000 };

    fn constraints(&mut self, tables: &[TableName], asked: Asked) -> QueryResult<Vec<Constraint>> {
        Ok(Off::read(self, tables, asked)?.tell())
    }

    fn switch_off(&mut self, _: &[TableName], asked: Asked) -> QueryResult<Off> {
        Ok(Off { asked, foreign_keys: Vec::new(), indexes: Vec::new() })
    }

    fn take_off(&mut self, off: &mut Off, tables: &[TableName]) -> QueryResult<Vec<Constraint>> {
        let mut all = Off::read(self, tables, off.asked)?;
        let mut told = all.tell();
        all.foreign_keys.retain(|key| key.kept.is_none());
        all.indexes.retain(|index| index.kept.is_none());
        // In a savepoint: a table that is in use, or whose lock is not to be had, is loaded the plain way.
        let taken = match off.asked {
            Asked::Yes => Ok(()),
            Asked::No => all.lock(self),
        };
        let taken = taken.and_then(|()| self.transaction(|connection| all.drop_all(connection)));
        match taken {
            Ok(()) => *off = all,
            Err(error) if off.asked == Asked::Yes && Self::is_contention(&error) => return Err(error),
            Err(DieselError::DatabaseError(_, information)) => {
                for constraint in told.iter_mut().filter(|constraint| constraint.kept.is_none()) {
                    constraint.kept = Some(format!("the database refused to take it off: {}", information.message()));
                }
                (off.foreign_keys, off.indexes) = (Vec::new(), Vec::new());
            }
            Err(error) => return Err(error),
        }
        Ok(told)
    }

    fn put_back(&mut self, off: &mut Off, tables: &[TableName]) -> Result<(), NotBack> {
        if off.foreign_keys.is_empty() && off.indexes.is_empty() {
            return Ok(());
        }
        let waiting = check_what_waits(self, tables).map_err(NotBack::failed("checking what was put off"))?;
        let space = "SELECT current_setting('default_tablespace') AS value";
        let space: Value =
            diesel::sql_query(space).get_result(self).map_err(NotBack::failed("reading `default_tablespace`"))?;
        // The validation of a foreign key may use the indexes.
        for object in off.indexes.iter().chain(&off.foreign_keys) {
            self.batch_execute(&object.put_back).map_err(|source| object.is_not_back(source))?;
        }
        diesel::sql_query("SELECT set_config('default_tablespace', $1, TRUE) AS value")
            .bind::<Text, _>(&space.value)
            .execute(self)
            .map_err(NotBack::failed("setting `default_tablespace`"))?;
        if !waiting.is_empty() {
            self.batch_execute(&format!("SET CONSTRAINTS {} DEFERRED", waiting.join(", ")))
                .map_err(NotBack::failed("putting off constraints"))?;
        }
        let back =
            Off::read(self, tables, off.asked).map_err(NotBack::failed("reading the constraints that are back"))?;
        same(&off.foreign_keys, &back.foreign_keys)?;
        same(&off.indexes, &back.indexes)
    }

    fn switch_on(&mut self, _: Off) -> QueryResult<()> {
        Ok(())
    }
}

/// Does some work, which empties these tables, while the foreign keys from one of them to another are off. What cannot come
/// back as it was stays on, and so does all where a lock is not to be had.
pub(super) fn without_foreign_keys(
    connection: &mut PgConnection,
    tables: &[Emptied<'_>],
    work: impl FnOnce(&mut PgConnection) -> Result<(), Error>,
) -> Result<(), Error> {
    let names: Vec<TableName> = tables.iter().map(|table| table.name.clone()).collect();
    let mut off = Off::read(connection, &names, Asked::Yes).map_err(Error::database("reading the foreign keys"))?;
    off.foreign_keys.retain(|key| key.is_within && key.kept.is_none());
    off.indexes.clear();
    let dropped = try_briefly(connection, |connection| off.drop_all(connection));
    if dropped.map_err(Error::database("dropping the foreign keys"))?.is_none() {
        off.foreign_keys.clear();
    }
    work(connection)?;
    connection.put_back(&mut off, &names).map_err(|not_back| not_back.told(|table| tables[table].called.to_owned()))
}

/// What is off.
#[doc(hidden)]
pub struct Off {
    asked: Asked,
    foreign_keys: Vec<Object>,
    indexes: Vec<Object>,
}

/// A foreign key or an index.
#[derive(QueryableByName)]
struct Object {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Oid)]
    oid: u32,
    #[diesel(sql_type = Text)]
    name: String,
    /// Why it stays on.
    #[diesel(sql_type = Nullable<Text>)]
    kept: Option<String>,
    /// The tables that are locked while it is off.
    #[diesel(sql_type = Array<Text>)]
    locked: Vec<String>,
    /// Whether all tables that it concerns are of the run.
    #[diesel(sql_type = Bool)]
    is_within: bool,
    #[diesel(sql_type = Text)]
    take_off: String,
    #[diesel(sql_type = Text)]
    put_back: String,
    /// All that the catalogue tells of it, but for the numbers that it gives to objects.
    #[diesel(sql_type = Text)]
    definition: String,
}

impl Off {
    /// All foreign keys and indexes of the tables.
    fn read(connection: &mut PgConnection, tables: &[TableName], asked: Asked) -> QueryResult<Off> {
        let tables: Vec<&str> = tables.iter().map(|table| table.quoted.as_str()).collect();
        let is_asked = asked == Asked::Yes;
        let foreign_keys: Vec<Object> = diesel::sql_query(format!("{RUN} {FOREIGN_KEYS}"))
            .bind::<Array<Text>, _>(&tables)
            .bind::<Bool, _>(is_asked)
            .load(connection)?;
        let kept: Vec<u32> = foreign_keys.iter().filter(|key| key.kept.is_some()).map(|key| key.oid).collect();
        let indexes = diesel::sql_query(format!("{RUN} {INDEXES}"))
            .bind::<Array<Text>, _>(&tables)
            .bind::<Bool, _>(is_asked)
            .bind::<Array<Oid>, _>(&kept)
            .load(connection)?;
        Ok(Off { asked, foreign_keys, indexes })
    }

    /// In the order in which they go: an index may be that of a foreign key.
    fn objects(&self) -> impl Iterator<Item = &Object> {
        self.foreign_keys.iter().chain(&self.indexes)
    }

    fn tell(&self) -> Vec<Constraint> {
        let foreign_keys = self.foreign_keys.iter().map(|key| key.tell(Kind::ForeignKey));
        foreign_keys.chain(self.indexes.iter().map(|index| index.tell(Kind::Index))).collect()
    }

    /// Locks their tables, where no other session is using one of them.
    fn lock(&self, connection: &mut PgConnection) -> QueryResult<()> {
        let tables: BTreeSet<&str> = self.objects().flat_map(|object| &object.locked).map(String::as_str).collect();
        let tables: Vec<String> = tables.into_iter().map(|table| format!("ONLY {table}")).collect();
        let lock = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE NOWAIT", tables.join(", "));
        for _ in 1..LOCK_TRIES {
            match connection.transaction(|connection| connection.batch_execute(&lock)) {
                Err(DieselError::DatabaseError(..)) => thread::sleep(LOCK_PAUSE),
                locked => return locked,
            }
        }
        connection.transaction(|connection| connection.batch_execute(&lock))
    }

    fn drop_all(&self, connection: &mut PgConnection) -> QueryResult<()> {
        self.objects().try_for_each(|object| connection.batch_execute(&object.take_off))
    }
}

impl Object {
    fn table(&self) -> usize {
        usize::try_from(self.position).unwrap_or_default()
    }

    fn tell(&self, kind: Kind) -> Constraint {
        Constraint { kind, table: self.table(), name: self.name.clone(), kept: self.kept.clone() }
    }

    fn is_not_back(&self, source: DieselError) -> NotBack {
        use DatabaseErrorKind::{ForeignKeyViolation, UniqueViolation};
        match source {
            DieselError::DatabaseError(ForeignKeyViolation | UniqueViolation, _) => NotBack::Violated {
                table: self.table(),
                constraint: self.name.clone(),
                violation: Violation::Refused(source),
            },
            source => NotBack::Failed {
                doing: format!("putting `{}` back (`--rebuild-constraints=never` leaves it on)", self.name),
                source,
            },
        }
    }
}

/// Whether each one is back, and as it was.
fn same(were: &[Object], are: &[Object]) -> Result<(), NotBack> {
    let is_back = |was: &&Object| {
        let mut same = are.iter().filter(|is| (is.position, &is.name) == (was.position, &was.name));
        same.any(|is| is.definition == was.definition)
    };
    match were.iter().find(|was| !is_back(was)) {
        Some(was) => Err(NotBack::Changed { table: was.table(), constraint: was.name.clone() }),
        None => Ok(()),
    }
}

/// No table is altered while a check of its rows waits for the end of the transaction: a foreign key that stayed on, or a
/// constraint trigger of the application. Gives those that are to wait again.
fn check_what_waits(connection: &mut PgConnection, tables: &[TableName]) -> QueryResult<Vec<String>> {
    let tables: Vec<&str> = tables.iter().map(|table| table.quoted.as_str()).collect();
    let deferrable: Vec<Deferrable> = diesel::sql_query(
        "SELECT DISTINCT format('%I.%I', nspname, waiting.conname) AS name, waiting.condeferred AS waits_anyway \
         FROM pg_constraint AS of_run \
         CROSS JOIN LATERAL (VALUES (of_run.conrelid), (of_run.confrelid)) AS altered (oid) \
         JOIN pg_trigger ON tgrelid = altered.oid AND tgdeferrable \
         JOIN pg_constraint AS waiting ON waiting.oid = tgconstraint \
         JOIN pg_namespace ON pg_namespace.oid = waiting.connamespace \
         WHERE of_run.conrelid IN (SELECT to_regclass(name) FROM unnest($1) AS name)",
    )
    .bind::<Array<Text>, _>(tables)
    .load(connection)?;
    let names = |keys: &mut dyn Iterator<Item = &Deferrable>| keys.map(|key| key.name.clone()).collect::<Vec<_>>();
    let all = names(&mut deferrable.iter());
    if !all.is_empty() {
        connection.batch_execute(&format!("SET CONSTRAINTS {} IMMEDIATE", all.join(", ")))?;
    }
    Ok(names(&mut deferrable.iter().filter(|key| key.waits_anyway)))
}

#[derive(QueryableByName)]
struct Deferrable {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    waits_anyway: bool,
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

/// The tables of the run. One that was not asked makes no trigger of the application fire.
const RUN: &str = r"
WITH run AS (
    SELECT given.position - 1 AS position, class.*, format('%I.%I', nspname, relname) AS table_name,
           CASE
               WHEN relkind = 'p' OR relispartition THEN format('`%s` is partitioned', relname)
               WHEN relpersistence = 't' THEN format('`%s` is temporary', relname)
               WHEN NOT pg_has_role(relowner, 'USAGE') THEN
                   format('`%s` has not the rights of `%s`, the owner of `%s`', current_user, pg_get_userbyid(relowner), relname)
               WHEN NOT $2 THEN (
                   SELECT format('the event trigger `%s` would fire', min(evtname::text)) FROM pg_event_trigger
                   WHERE evtenabled <> 'D' AND evtevent IN ('ddl_command_start', 'ddl_command_end', 'sql_drop')
                     AND (evttags IS NULL
                          OR evttags && ARRAY['ALTER TABLE', 'ALTER INDEX', 'COMMENT', 'CREATE INDEX', 'DROP INDEX'])
                   HAVING count(*) > 0)
           END AS kept
    FROM unnest($1) WITH ORDINALITY AS given (name, position)
    JOIN pg_class AS class ON class.oid = to_regclass(given.name)
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
)";

/// Whatever a foreign key is, its definition says, but for the comment.
const FOREIGN_KEYS: &str = r"
SELECT position, key.oid AS oid, conname::text AS name, ARRAY[table_name, confrelid::regclass::text] AS locked,
       confrelid IN (SELECT run.oid FROM run) AS is_within,
       format('ALTER TABLE %s DROP CONSTRAINT %I', table_name, conname) AS take_off,
       concat_ws('; ',
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', table_name, conname, pg_get_constraintdef(key.oid)),
           format('COMMENT ON CONSTRAINT %I ON %s IS %L', conname, table_name, obj_description(key.oid, 'pg_constraint'))
       ) AS put_back,
       jsonb_build_array(
           to_jsonb(key) - '{oid,conindid}'::text[], pg_get_constraintdef(key.oid), conindid::regclass,
           obj_description(key.oid, 'pg_constraint'),
           (SELECT jsonb_agg(jsonb_build_array(tgrelid, tgfoid, tgtype, tgenabled, tgdeferrable, tginitdeferred)
                             ORDER BY tgrelid, tgfoid, tgtype)
            FROM pg_trigger WHERE tgconstraint = key.oid)
       )::text AS definition,
       COALESCE(run.kept, CASE
           WHEN parent.relkind = 'p' OR parent.relispartition THEN format('`%s` is partitioned', parent.relname)
           WHEN NOT $2 AND confrelid NOT IN (SELECT oid FROM run) THEN
               format('`%s`, which it references, is not part of this run', parent.relname)
           WHEN NOT convalidated THEN 'it is NOT VALID: rows that are there may violate it'
           WHEN to_jsonb(key) ->> 'conenforced' = 'false' THEN 'it is NOT ENFORCED'
           WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = key.oid AND tgenabled <> 'O') THEN
               'a trigger of it is not enabled as triggers are by default'
           WHEN run.relrowsecurity OR parent.relrowsecurity THEN 'row security may hide rows from its validation'
           WHEN EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_constraint'::regclass AND refobjid = key.oid AND deptype <> 'i')
               THEN 'something depends on it'
           WHEN EXISTS (SELECT FROM pg_depend
                        WHERE classid = 'pg_constraint'::regclass AND objid = key.oid AND deptype IN ('e', 'x'))
               THEN 'it belongs to an extension'
           WHEN EXISTS (SELECT FROM pg_index AS other
                        WHERE other.indrelid = confrelid AND other.indexrelid <> conindid AND other.indisunique
                          AND other.indnkeyatts = cardinality(confkey)
                          AND confkey @> (other.indkey::int2[])[0:other.indnkeyatts - 1])
               THEN format('more than one unique index of `%s` would do for it', parent.relname)
           WHEN NOT has_schema_privilege(parent.relnamespace, 'USAGE') THEN
               format('the right USAGE on the schema of `%s` is missing', parent.relname)
           WHEN NOT has_table_privilege(confrelid, 'REFERENCES')
               AND NOT (SELECT bool_and(has_column_privilege(confrelid, of_parent, 'REFERENCES')) FROM unnest(confkey) AS of_parent)
               THEN format('the right REFERENCES on `%s` is missing', parent.relname)
       END) AS kept
FROM run
JOIN pg_constraint AS key ON conrelid = run.oid AND contype = 'f' AND conparentid = 0
JOIN pg_class AS parent ON parent.oid = confrelid
ORDER BY key.oid";

/// What `pg_get_indexdef` leaves out is added: the constraint that the index is of, tablespace, statistics, comments, the mark
/// of CLUSTER.
const INDEXES: &str = r"
SELECT position, index.indexrelid AS oid, class.relname::text AS name, ARRAY[table_name] AS locked, TRUE AS is_within,
       CASE WHEN key.oid IS NULL THEN format('DROP INDEX %I.%I', nspname, class.relname)
            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', table_name, conname)
       END AS take_off,
       concat_ws('; ',
           format('SET LOCAL default_tablespace = %L', COALESCE(spcname, '')),
           pg_get_indexdef(index.indexrelid),
           CASE WHEN key.oid IS NOT NULL THEN
               format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE USING INDEX %I', table_name, conname, class.relname)
               || CASE WHEN condeferrable THEN ' DEFERRABLE' ELSE '' END
               || CASE WHEN condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
           END,
           (SELECT string_agg(format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s',
                                     nspname, class.relname, attnum, attstattarget), '; ')
            FROM pg_attribute WHERE attrelid = index.indexrelid AND attstattarget >= 0),
           format('COMMENT ON INDEX %I.%I IS %L', nspname, class.relname, obj_description(index.indexrelid, 'pg_class')),
           CASE WHEN key.oid IS NOT NULL THEN
               format('COMMENT ON CONSTRAINT %I ON %s IS %L', conname, table_name, obj_description(key.oid, 'pg_constraint'))
           END,
           CASE WHEN indisclustered THEN format('ALTER TABLE %s CLUSTER ON %I', table_name, class.relname) END
       ) AS put_back,
       jsonb_build_array(
           to_jsonb(index) - '{indexrelid,indexprs,indpred,indcheckxmin}'::text[], pg_get_indexdef(index.indexrelid),
           class.relowner, class.reltablespace, class.reloptions, class.relpersistence,
           obj_description(index.indexrelid, 'pg_class'),
           (SELECT jsonb_agg(jsonb_build_array(attnum, attstattarget, attoptions) ORDER BY attnum)
            FROM pg_attribute WHERE attrelid = index.indexrelid),
           to_jsonb(key) - '{oid,conindid}'::text[], obj_description(key.oid, 'pg_constraint'),
           (SELECT jsonb_agg(jsonb_build_array(tgrelid, tgfoid, tgtype, tgenabled, tgdeferrable, tginitdeferred)
                             ORDER BY tgrelid, tgfoid, tgtype)
            FROM pg_trigger WHERE tgconstraint = key.oid)
       )::text AS definition,
       COALESCE(run.kept, CASE
           WHEN indisexclusion THEN 'it is of an exclusion constraint'
           WHEN NOT (indisvalid AND indisready AND indislive) THEN 'it is not valid'
           WHEN indisreplident THEN 'it is the replica identity'
           WHEN EXISTS (SELECT FROM pg_constraint AS of_child WHERE of_child.conindid = index.indexrelid AND of_child.contype = 'f')
               THEN 'a foreign key references its columns'
           WHEN EXISTS (SELECT FROM pg_constraint AS staying
                        WHERE staying.oid = ANY ($3) AND staying.conrelid = run.oid AND indkey[0] = ANY (staying.conkey))
               THEN 'a foreign key that stays on may need it'
           WHEN EXISTS (SELECT FROM pg_trigger JOIN run AS any_of ON any_of.oid = tgrelid
                        WHERE NOT tgisinternal AND tgenabled <> 'D')
               THEN 'a trigger of a table of the run may need it'
           WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = key.oid AND tgenabled <> 'O') THEN
               'a trigger of it is not enabled as triggers are by default'
           WHEN EXISTS (SELECT FROM pg_depend
                        WHERE (refclassid, refobjid) IN (('pg_class'::regclass, index.indexrelid), ('pg_constraint'::regclass, key.oid))
                          AND deptype <> 'i')
               THEN 'something depends on it'
           WHEN EXISTS (SELECT FROM pg_depend
                        WHERE (classid, objid) IN (('pg_class'::regclass, index.indexrelid), ('pg_constraint'::regclass, key.oid))
                          AND deptype IN ('e', 'x'))
               THEN 'it belongs to an extension'
           WHEN EXISTS (SELECT FROM pg_depend
                        WHERE classid = 'pg_class'::regclass AND objid = index.indexrelid AND refclassid = 'pg_proc'::regclass)
               THEN 'it calls a function that is not PostgreSQL''s own'
           WHEN NOT has_schema_privilege(class.relnamespace, 'CREATE') THEN
               format('the right CREATE on the schema `%s` is missing', nspname)
           WHEN NOT has_tablespace_privilege(spcname, 'CREATE') THEN
               format('the right CREATE on the tablespace `%s` is missing', spcname)
       END) AS kept
FROM run
JOIN pg_index AS index ON indrelid = run.oid AND NOT indisprimary
JOIN pg_class AS class ON class.oid = indexrelid
JOIN pg_namespace ON pg_namespace.oid = class.relnamespace
LEFT JOIN pg_tablespace ON pg_tablespace.oid = class.reltablespace
LEFT JOIN pg_constraint AS key ON key.conindid = index.indexrelid AND key.conrelid = run.oid AND key.contype = 'u'
ORDER BY index.indexrelid";
