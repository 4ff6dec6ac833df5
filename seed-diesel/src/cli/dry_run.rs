//! What a dry run may ask the database: nothing that writes, not even its file. (A temporary table is in
//! none.)

use crate::address::Locate;
use crate::backend::SeedConnection;
use crate::setup::{Options, Setup};

/// Lets a setup read the database, and gives the connection back.
///
/// # Errors
///
/// Why it was not asked, in one line.
pub(super) fn ask<C: SeedConnection + Locate>(
    setup: &mut Setup<C::Backend>,
    url: &str,
    options: Options,
) -> Result<C, String> {
    let address = C::locate(url)?;
    let place = &address.place;
    if address.file.as_ref().is_some_and(|file| !file.exists()) {
        return Err(format!("{place} is not there yet"));
    }
    let mut connection =
        C::establish(&address.url).map_err(|error| on_one_line(format!("{place} cannot be reached: {error}")))?;
    connection.opened().map_err(|error| on_one_line(format!("{place} cannot be set up: {error}")))?;
    // What prepares the database may make the tables, but writes.
    let names = setup.models.names().map_err(|error| error.to_string())?;
    for (def, name) in setup.models.define().iter().zip(names) {
        let sql = format!("SELECT count(*) FROM {} WHERE 1 = 0", name.quoted);
        let of_table = |error| on_one_line(format!("the table `{}` of {place} cannot be read: {error}", def.name));
        connection.number(&sql).map_err(of_table)?;
    }
    setup.read(&mut connection, options).map_err(|error| on_one_line(error.to_string()))?;
    Ok(connection)
}

fn on_one_line(text: String) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
