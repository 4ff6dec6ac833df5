//! What a server was told, seen from inside of it.

use crate::{Database, Engine};

/// The statements that fill a table of PostgreSQL, which a trigger of the table remembers.
///
/// ```no_run
/// use seed_tests::{Postgres, Statements};
///
/// let mut db = Postgres::with("CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);");
/// let statements = Statements::of(&mut db, "teams");
/// db.run("INSERT INTO teams (name) VALUES ('red'), ('blue')");
/// assert_eq!(statements.words(&mut db), ["INSERT"]);
/// ```
#[derive(Debug)]
pub struct Statements(());

impl Statements {
    /// Remembers them from here on.
    pub fn of<C: Engine>(db: &mut Database<C>, table: &str) -> Statements {
        db.run(&format!(
            "CREATE TABLE statements (id SERIAL, text TEXT);
             CREATE FUNCTION remember() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS
                 'BEGIN INSERT INTO statements (text) VALUES (current_query()); RETURN NULL; END';
             CREATE TRIGGER remember AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION remember()"
        ));
        Statements(())
    }

    /// The first word of each: `COPY` or `INSERT`.
    pub fn words<C: Engine>(&self, db: &mut Database<C>) -> Vec<String> {
        db.texts("SELECT split_part(text, ' ', 1) AS value FROM statements ORDER BY id")
    }
}
