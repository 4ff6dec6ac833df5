//! How far a run has come that commits on its way, kept in the database itself: the next one goes on from there.
//!
//! A run has a row in the table `__seed_ledger`, which changes in the transaction that loads the rows it tells of. The
//! table is dropped when a run has finished; where runs for parts are at work at the same time, it is left empty.
//! `diesel print-schema` passes over it, as over all tables whose names begin with `__`.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use seed_core::Key;

use crate::backend::{Dialect, SeedConnection};
use crate::error::Error;
use crate::identity::Identity;
use crate::lock::Claim;
use crate::sql::{Piece, Sql};
use crate::steps::Position;

/// All rows of the ledger, in SQL.
pub(crate) const SELECT: &str = "SELECT part, identity, step, done FROM __seed_ledger ORDER BY part";

const READING: &str = "reading the ledger of interrupted runs";

/// A row of the ledger.
#[doc(hidden)]
#[derive(Debug, Clone, QueryableByName)]
pub struct Entry {
    /// What the run fills: empty, or the name of a part.
    #[diesel(sql_type = Text)]
    part: String,
    /// What the run is.
    #[diesel(sql_type = Text)]
    identity: String,
    /// How many steps have been done.
    #[diesel(sql_type = BigInt)]
    step: i64,
    /// How many rows of the next one.
    #[diesel(sql_type = BigInt)]
    done: i64,
}

impl Entry {
    pub(crate) fn is_for(&self, claim: &Claim) -> bool {
        self.part == part(claim)
    }

    pub(crate) fn identity(&self) -> Identity {
        Identity::read(&self.identity)
    }

    /// The error of a run that does not go on with this one.
    pub(crate) fn in_the_way(&self) -> Error {
        Error::Unfinished { seed: self.identity().seed().to_owned(), part: self.part.clone() }
    }

    pub(crate) fn position(&self) -> Position {
        Position { step: usize::try_from(self.step).unwrap_or(usize::MAX), done: self.done.cast_unsigned() }
    }
}

/// What a run fills, in as many characters as the column has.
fn part(claim: &Claim) -> String {
    match claim {
        Claim::Whole => String::new(),
        Claim::Part(part) if part.chars().count() <= 150 => part.clone(),
        Claim::Part(part) => {
            let start: String = part.chars().take(150).collect();
            format!("{start} {:016x}", Key::seed(0).child(part).row(0))
        }
    }
}

/// The runs that have committed rows, have not finished, and share rows with this one.
pub(crate) fn unfinished<C: SeedConnection>(connection: &mut C, claim: &Claim) -> Result<Vec<Entry>, Error> {
    let entries = entries(connection)?;
    let shares = |entry: &Entry| *claim == Claim::Whole || entry.is_for(claim) || entry.is_for(&Claim::Whole);
    // One that has not come so far has left nothing.
    let has_begun = |entry: &Entry| entry.position() > Position::default();
    Ok(entries.unwrap_or_default().into_iter().filter(|entry| shares(entry) && has_begun(entry)).collect())
}

/// All rows of the ledger; `None` where there is no such table.
fn entries<C: SeedConnection>(connection: &mut C) -> Result<Option<Vec<Entry>>, Error> {
    // Another run may come to its end, and drop it just now. In a savepoint, for a run's transaction goes on.
    let mut read = || connection.transaction(|connection| connection.ledger());
    match read() {
        Err(_) if matches!(read(), Ok(None)) => Ok(None),
        entries => entries.map_err(Error::database(READING)),
    }
}

/// The row of a run.
pub(crate) struct Ledger<'a> {
    claim: &'a Claim,
    part: String,
    identity: String,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(claim: &'a Claim, identity: &Identity) -> Ledger<'a> {
        Ledger { claim, part: part(claim), identity: identity.text() }
    }

    /// Whether there is the table.
    pub(crate) fn is_there<C: SeedConnection>(connection: &mut C) -> Result<bool, Error> {
        Ok(entries(connection)?.is_some())
    }

    /// Makes the table. MySQL commits before it does.
    pub(crate) fn create<C: SeedConnection>(connection: &mut C) -> Result<(), Error> {
        if Ledger::is_there(connection)? {
            return Ok(());
        }
        let create = format!(
            "CREATE TABLE IF NOT EXISTS __seed_ledger (part VARCHAR(190) NOT NULL PRIMARY KEY, identity {} NOT NULL, \
             step BIGINT NOT NULL, done BIGINT NOT NULL)",
            C::Backend::LONG_TEXT
        );
        connection.batch_execute(&create).map_err(Error::database("making the table `__seed_ledger`"))
    }

    /// Drops the table where it is empty.
    pub(crate) fn drop_empty<C: SeedConnection>(connection: &mut C) -> Result<(), Error> {
        let doing = || Error::database("dropping the table `__seed_ledger`");
        match entries(connection)? {
            Some(entries) if entries.is_empty() => {
                connection.batch_execute("DROP TABLE __seed_ledger").map_err(doing())
            }
            _ => Ok(()),
        }
    }

    /// Writes that the run begins.
    pub(crate) fn begin<C: SeedConnection>(&self, connection: &mut C) -> Result<(), Error> {
        forget(connection, self.claim)?;
        let insert = Sql(vec![
            Piece::Sql("INSERT INTO __seed_ledger (part, identity, step, done) VALUES ("),
            Piece::Text(&self.part),
            Piece::Sql(", "),
            Piece::Text(&self.identity),
            Piece::Sql(", 0, 0)"),
        ]);
        insert.execute(connection).map(|_| ()).map_err(Error::database("writing into the ledger that a run begins"))
    }

    /// Writes how far the run has come; tells whether it had come as far as it knew. If not, another one has gone on with
    /// it, or has begun anew.
    pub(crate) fn advance<C: SeedConnection>(
        &self,
        connection: &mut C,
        from: Position,
        to: Position,
    ) -> Result<bool, Error> {
        let (step, done) = (to.step as i64, to.done.cast_signed());
        let update = [
            Piece::Sql("UPDATE __seed_ledger SET step = "),
            Piece::Number(&step),
            Piece::Sql(", done = "),
            Piece::Number(&done),
        ];
        self.write(connection, update, from)
    }

    /// Where the ledger has the run; `None` where it has come to its end, or has not begun.
    pub(crate) fn position<C: SeedConnection>(&self, connection: &mut C) -> Result<Option<Position>, Error> {
        let entries = entries(connection)?.unwrap_or_default();
        let own = entries.iter().find(|entry| entry.part == self.part && entry.identity == self.identity);
        Ok(own.map(Entry::position))
    }

    /// Removes the row of a run that has come to its end, as [`advance`](Ledger::advance) does.
    pub(crate) fn finish<C: SeedConnection>(&self, connection: &mut C, end: Position) -> Result<bool, Error> {
        self.write(connection, [Piece::Sql("DELETE FROM __seed_ledger")], end)
    }

    fn write<'b, C: SeedConnection>(
        &'b self,
        connection: &mut C,
        what: impl IntoIterator<Item = Piece<'b>>,
        at: Position,
    ) -> Result<bool, Error> {
        // It is dropped where another run has gone on with this one, and come to the end.
        if !Ledger::is_there(connection)? {
            return Ok(false);
        }
        let (step, done) = (at.step as i64, at.done.cast_signed());
        let mut pieces: Vec<Piece<'_>> = what.into_iter().collect();
        pieces.extend([
            Piece::Sql(" WHERE part = "),
            Piece::Text(&self.part),
            Piece::Sql(" AND identity = "),
            Piece::Text(&self.identity),
            Piece::Sql(" AND step = "),
            Piece::Number(&step),
            Piece::Sql(" AND done = "),
            Piece::Number(&done),
        ]);
        let written = Sql(pieces).execute(connection);
        Ok(written.map_err(Error::database("writing into the ledger how far the run has come"))? == 1)
    }
}

/// Forgets the interrupted runs in whose place this one begins.
pub(crate) fn forget<C: SeedConnection>(connection: &mut C, claim: &Claim) -> Result<(), Error> {
    let entries = entries(connection)?.unwrap_or_default();
    // Not even a delete of nothing: on MySQL it would keep other parts from writing theirs.
    if !entries.iter().any(|entry| *claim == Claim::Whole || entry.is_for(claim)) {
        return Ok(());
    }
    let mut delete = vec![Piece::Sql("DELETE FROM __seed_ledger")];
    let part = part(claim);
    if *claim != Claim::Whole {
        delete.extend([Piece::Sql(" WHERE part = "), Piece::Text(&part)]);
    }
    Sql(delete).execute(connection).map(|_| ()).map_err(Error::database("forgetting interrupted runs"))
}
