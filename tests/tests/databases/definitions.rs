//! What a database knows of its tables but for their rows, and what a run has done about it.

use seed_diesel::Report;

use super::Db;

/// All that the catalogue tells of tables, columns, constraints, indexes, comments and statistics.
pub(crate) fn definitions(db: &mut Db) -> Vec<String> {
    match Db::ENGINE {
        "postgres" => db.texts(POSTGRES),
        "mysql" => db.texts(MYSQL),
        _ => db.texts("SELECT concat_ws('|', type, name, tbl_name, sql) AS value FROM sqlite_master ORDER BY value"),
    }
}

const POSTGRES: &str = "
    SELECT concat_ws('|', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(key.oid), contype, condeferrable, condeferred,
                     convalidated, conindid::regclass, confrelid::regclass, obj_description(key.oid, 'pg_constraint'),
                     (SELECT string_agg(concat_ws(' ', tgrelid::regclass, tgfoid::regproc, tgenabled, tgdeferrable, tginitdeferred), ', '
                                        ORDER BY tgrelid, tgfoid)
                      FROM pg_trigger WHERE tgconstraint = key.oid)) AS value
    FROM pg_constraint AS key JOIN pg_class ON pg_class.oid = conrelid WHERE relnamespace::regnamespace::text NOT LIKE 'pg_%'
        AND relnamespace <> 'information_schema'::regnamespace
    UNION ALL
    SELECT concat_ws('|', 'index', indrelid::regclass, relname, pg_get_indexdef(indexrelid), indisunique, indisprimary, indimmediate,
                     indisclustered, indisvalid, indisreplident, indclass, indcollation, indoption, relnamespace::regnamespace,
                     relowner::regrole, reloptions, reltablespace, obj_description(indexrelid, 'pg_class'),
                     (SELECT string_agg(concat_ws(' ', attnum, attstattarget, attoptions), ', ' ORDER BY attnum)
                      FROM pg_attribute WHERE attrelid = indexrelid))
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace::regnamespace::text NOT LIKE 'pg_%'
    ORDER BY value";

const MYSQL: &str = "
    SELECT CONCAT_WS('|', TABLE_NAME, CONSTRAINT_NAME, CONSTRAINT_TYPE) AS value
    FROM information_schema.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA = DATABASE()
    UNION ALL
    SELECT CONCAT_WS('|', TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, ORDINAL_POSITION, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME)
    FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()
    UNION ALL
    SELECT CONCAT_WS('|', TABLE_NAME, CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE, MATCH_OPTION, UNIQUE_CONSTRAINT_NAME)
    FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()
    UNION ALL
    SELECT CONCAT_WS('|', TABLE_NAME, INDEX_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT)
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()
    ORDER BY value";

/// Constraints and indexes that were off, and those that stayed on with the reason.
pub(crate) fn fates(report: &Report) -> (Vec<&str>, Vec<(&str, &str)>) {
    let (off, kept): (Vec<_>, Vec<_>) = report.constraints.iter().partition(|constraint| constraint.kept.is_none());
    let off = off.into_iter().map(|constraint| constraint.constraint.as_str()).collect();
    (off, kept.into_iter().map(|of| (of.constraint.as_str(), of.kept.as_deref().unwrap())).collect())
}

/// Whether the connection looks at foreign keys and unique values, as it did before.
#[track_caller]
pub(crate) fn assert_checks_are_on(db: &mut Db) {
    match Db::ENGINE {
        "mysql" => assert_eq!(db.number("SELECT @@foreign_key_checks + @@unique_checks"), 2),
        "sqlite" => assert_eq!(db.number("SELECT foreign_keys FROM pragma_foreign_keys"), 1),
        _ => {}
    }
}

/// The game with indexes of its own.
pub(crate) fn game_with_indexes() -> Db {
    let mut db = Db::game();
    for index in [
        "CREATE INDEX sessions_of_users ON sessions (user_id, created_at)",
        "CREATE INDEX best_scores ON scores (level_id, score DESC)",
        "CREATE UNIQUE INDEX one_profile ON user_profiles (user_id)",
    ] {
        db.run(index);
    }
    db
}
