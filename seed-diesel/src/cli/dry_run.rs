//! What a dry run may ask the database: nothing that writes, not even its file. (A temporary table is in
//! none.)

use crate::address::Address;
use crate::backend::SeedConnection;
use crate::error::Error;
use crate::lock;
use crate::others::Others;
use crate::setup::{Options, Setup};

/// Why the database was not asked.
pub(super) enum NotAsked {
    /// Another connection keeps it.
    Busy(Error),
    /// In one line.
    Why(String),
}

/// Lets a setup read the database, and gives the connection back.
pub(super) fn ask<C: SeedConnection>(
    setup: &mut Setup<C::Backend>,
    address: &Address,
    options: Options,
    others: &Others<'_, C>,
) -> Result<C, NotAsked> {
    let why = |text: String| NotAsked::Why(text.split_whitespace().collect::<Vec<_>>().join(" "));
    let place = &address.place;
    if address.file.as_ref().is_some_and(|file| !file.exists()) {
        return Err(why(format!("{place} is not there yet")));
    }
    let mut connection =
        C::establish(&address.url).map_err(|error| why(format!("{place} cannot be reached: {error}")))?;
    let set_up = others.set_up(&mut connection).and_then(|()| connection.opened());
    set_up.map_err(|error| why(format!("{place} cannot be set up: {error}")))?;
    // What prepares the database may make the tables, but writes.
    let names = setup.models.names().map_err(|error| why(error.to_string()))?;
    let defs = setup.models.define();
    let mut unread = None;
    let asked = lock::reading(&mut connection, others, |connection| {
        for (def, name) in defs.iter().zip(&names) {
            let counted = connection.number(&format!("SELECT count(*) FROM {} WHERE 1 = 0", name.quoted));
            unread = Some(def.name);
            counted.map_err(Error::database("reading the tables"))?;
        }
        unread = None;
        Ok(())
    });
    let asked = asked.and_then(|()| setup.read(&mut connection, options, others));
    asked.map(|()| connection).map_err(|error| match (error, unread) {
        (error @ (Error::Busy { .. } | Error::Locked { .. } | Error::Contended { .. }), _) => NotAsked::Busy(error),
        (Error::Database { source, .. }, Some(table)) => {
            why(format!("the table `{table}` of {place} cannot be read: {source}"))
        }
        (error, _) => why(error.to_string()),
    })
}
