//! Questions before a database is written to. What decides is where it is: a habit of typing `y` is not enough for another machine.

use std::io::{BufRead, IsTerminal, Write};

use crate::address::Address;
use crate::backend::SeedConnection;
use crate::cli::Failure;
use crate::cli::args::Args;
use crate::cli::screen::say;
use crate::error::Error;
use crate::lock;
use crate::others::Others;
use crate::reset;
use crate::setup::Prepared;

/// Has it confirmed that a database on another machine is written to, by its name.
pub(super) fn write<C: SeedConnection>(connection: &mut C, args: &Args, address: &Address) -> Result<(), Failure> {
    if address.local {
        return Ok(());
    }
    let name = connection.database().map_err(Error::database("asking for the database's name"))?;
    let place = &address.place;
    let given = match &args.confirm {
        Some(given) => given.clone(),
        None if is_terminal() => {
            ask(&format!("{place} is not on this machine. Type the database's name to let this run write to it: "))
        }
        None => {
            return Err(Failure::Unconfirmed(format!(
                "{place} is not on this machine; to let this run write to it, give the database's name with `--confirm NAME`; \
                 nothing was changed"
            )));
        }
    };
    if given == name && !name.is_empty() {
        return Ok(());
    }
    Err(Failure::Unconfirmed(format!("`{given}` is not the database's name; nothing was changed")))
}

/// Shows what a reset would delete, and has it confirmed.
pub(super) fn reset<C: SeedConnection>(
    connection: &mut C,
    prepared: &Prepared<C::Backend>,
    args: &Args,
    address: &Address,
    others: &Others<'_, C>,
) -> Result<(), Failure> {
    let filled = lock::reading(connection, others, |connection| reset::filled(connection, &prepared.chosen_tables()))?;
    if filled.is_empty() {
        return Ok(());
    }
    say(format_args!("The reset deletes from {}:", address.place));
    for (table, rows) in &filled {
        say(format_args!("  {table}: {rows} {}", if *rows == 1 { "row" } else { "rows" }));
    }
    if args.options().commit_every.is_some() {
        say("The deletion is committed before the first new rows: if the run fails, these rows do not come back.");
    }
    // On another machine, `write` has asked for the name; given on the command line, it confirms the reset as well.
    let is_confirmed = if address.local { args.yes } else { args.confirm.is_some() };
    if is_confirmed {
        return Ok(());
    }
    if !is_terminal() {
        return Err(Failure::Unconfirmed(
            "not running in a terminal; pass `--yes` to delete these rows; nothing was changed".to_owned(),
        ));
    }
    match ask("Delete these rows? [y/N] ").as_str() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::Unconfirmed("nothing was deleted".to_owned())),
    }
}

fn is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

fn ask(question: &str) -> String {
    print!("{question}");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    answer.trim().to_owned()
}
