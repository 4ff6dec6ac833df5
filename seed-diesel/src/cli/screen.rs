//! What the command prints: the plan, samples, progress and the report.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use comfy_table::{CellAlignment, Table as TextTable, presets};
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use seed_core::{Plan, TablePlan};

use crate::address::Address;
use crate::backend::Dialect;
use crate::part::Part;
use crate::rebuild::RebuildConstraints;
use crate::report::{ConstraintReport, Progress, Report};
use crate::setup::Prepared;

pub(super) struct Screen {
    /// A bar on a terminal; plain lines elsewhere.
    bar: Option<ProgressBar>,
    terminal: bool,
}

/// Rows of each table that a dry run shows.
const SAMPLES: u64 = 5;

/// Characters of a value that a dry run shows.
const WIDTH: usize = 32;

impl Screen {
    pub(super) fn new() -> Screen {
        Screen { bar: None, terminal: std::io::stderr().is_terminal() }
    }

    /// The tables in order, their rows, and why so many; and how many of them this run loads, where not all.
    pub(super) fn plan<DB: Dialect>(&mut self, prepared: &Prepared<DB>, seed: u64) {
        let Prepared { plan, part, slices, .. } = prepared;
        say(format_args!("Plan for seed {seed}: {} rows in {} tables", HumanCount(plan.rows()), plan.tables.len()));
        let mut header = vec!["table".to_owned(), "rows".to_owned(), "because".to_owned(), "relations".to_owned()];
        let numbers = match (part.shard, &part.tables) {
            (None, None) => 1..2,
            (shard, _) => {
                let loaded = shard.map_or_else(|| "this run".to_owned(), |shard| format!("shard {shard}"));
                header.insert(2, loaded);
                1..3
            }
        };
        let mut text = table(header);
        for (table, slice) in plan.tables.iter().zip(slices) {
            let mut row =
                vec![table.def.name.to_owned(), HumanCount(table.rows).to_string(), table.because(), relations(table)];
            if numbers.contains(&2) {
                let loaded = slice.as_ref().map(|rows| HumanCount(rows.end - rows.start).to_string());
                row.insert(2, loaded.unwrap_or_else(|| "-".to_owned()));
            }
            text.add_row(row);
        }
        for column in numbers {
            if let Some(column) = text.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        say(format_args!("{text}\n"));
    }

    /// What the run means to do about foreign keys and indexes.
    pub(super) fn constraints_ahead(&mut self, constraints: &[ConstraintReport]) {
        let off = constraints.iter().filter(|constraint| constraint.kept.is_none()).count();
        if off > 0 {
            let are = if off == 1 { "foreign key or index is" } else { "foreign keys and indexes are" };
            say(format_args!("{off} {are} taken off while rows load, and checked before the commit.\n"));
        }
    }

    /// The runs that load all tables together, where the plan is asked for a shard.
    pub(super) fn stages(&mut self, plan: &Plan, part: &Part) {
        let Some(shard) = part.shard else { return };
        say(format_args!(
            "{} shards load all tables in stages, each when all runs of the one before are done:",
            shard.count()
        ));
        for (at, stage) in plan.stages(shard.count()).iter().enumerate() {
            say(format_args!("{}. {stage}", at + 1));
        }
        say("");
    }

    /// How the values of each column are made.
    pub(super) fn columns<DB: Dialect>(&mut self, prepared: &Prepared<DB>) {
        let mut text = table(["column", "values"]);
        for def in prepared.plan.tables.iter().map(|table| &table.def) {
            for column in &def.columns {
                let made = prepared.descriptions.of(def.name, column.name);
                text.add_row([format!("{}.{}", def.name, column.name), made.to_owned()]);
            }
        }
        say(format_args!("{text}\n"));
    }

    /// The first rows of each table.
    pub(super) fn samples<DB: Dialect>(&mut self, prepared: &Prepared<DB>) {
        for (plan, rows) in prepared.plan.tables.iter().zip(&prepared.tables) {
            say(format_args!("{}, {} of {}:", plan.def.name, plan.rows.min(SAMPLES), HumanCount(plan.rows)));
            let mut text = table(plan.def.columns.iter().map(|column| column.name));
            for row in plan.first..plan.first + plan.rows.min(SAMPLES) {
                text.add_row(rows.show(row).iter().map(|value| shortened(value)));
            }
            say(format_args!("{text}\n"));
        }
    }

    pub(super) fn progress(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Table { table, rows } => self.begin(table.to_owned(), rows),
            Progress::ForeignKeys { table, rows } => self.begin(format!("{table}, foreign keys"), rows),
            Progress::Constraints { constraints } => self.constraints(constraints),
            Progress::Rows(rows) => {
                if let Some(bar) = &self.bar {
                    bar.inc(rows);
                }
            }
            Progress::Waiting { blocker } if blocker.certain || blocker.id.is_none() => {
                self.remark(format_args!("waiting for {blocker}"));
            }
            Progress::Waiting { blocker } => self.remark(format_args!("waiting for a lock that may be of {blocker}")),
            Progress::CommitFound => self.remark(
                "the connection broke before the database had answered the COMMIT; a second connection sees that it was \
                 carried out, and that the rows are there",
            ),
        }
    }

    pub(super) fn report(&mut self, report: &Report, rebuild: RebuildConstraints, address: &Address) {
        self.finish_bar();
        say(format_args!(
            "Seeded {} rows in {} tables, in {}.",
            HumanCount(report.total()),
            report.tables.len(),
            seconds(report.elapsed)
        ));
        if let Some(line) = constraints(&report.constraints, rebuild) {
            say(line);
        }
        let before: u64 = report.tables.iter().map(|table| table.before).sum();
        if before > 0 {
            say(format_args!("{} of them were there before, of a run that was interrupted.", HumanCount(before)));
        }
        say(format_args!("The data is in {}.", address.place));
    }

    pub(super) fn only_reset(&mut self, deleted: &[(String, u64)], address: &Address) {
        let rows = deleted.iter().map(|(_, rows)| rows).sum();
        say(format_args!("Deleted {} rows of {} tables of {}.", HumanCount(rows), deleted.len(), address.place));
    }

    /// A line beside the bar.
    fn remark(&self, line: impl Display) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{line}")),
            None => eprintln!("{line}"),
        }
    }

    /// What follows concerns so many rows.
    fn begin(&mut self, what: String, rows: u64) {
        if !self.terminal {
            return eprintln!("{what}: {} rows", HumanCount(rows));
        }
        self.finish_bar();
        let style = ProgressStyle::with_template("{msg:20} {bar:24} {human_pos}/{human_len} rows, {eta} left");
        let bar = ProgressBar::new(rows).with_message(what);
        self.bar = Some(match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        });
    }

    /// So many foreign keys and indexes are checked: nobody knows how long it takes.
    fn constraints(&mut self, constraints: usize) {
        let what = format!("{constraints} foreign keys and indexes");
        if !self.terminal {
            return eprintln!("{what}");
        }
        self.finish_bar();
        let bar = ProgressBar::new_spinner().with_message(what);
        bar.enable_steady_tick(Duration::from_millis(100));
        self.bar = Some(bar);
    }

    fn finish_bar(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Screen {
    /// An error message begins on a line of its own.
    fn drop(&mut self) {
        self.finish_bar();
    }
}

/// A sentence that begins with this.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Prints a line. Somebody who reads no further, as `head` does, is no error.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// What has become of the foreign keys and indexes, on one line. A run that was asked to take them off names all that stayed
/// on, with the reason; another one names the first.
fn constraints(constraints: &[ConstraintReport], rebuild: RebuildConstraints) -> Option<String> {
    let mut kept: Vec<(&str, Vec<String>)> = Vec::new();
    for ConstraintReport { table, constraint, kept: why } in constraints {
        let Some(why) = why else { continue };
        let name = format!("`{constraint}` of `{table}`");
        match kept.iter_mut().find(|(other, _)| other == why) {
            Some((_, names)) => names.push(name),
            None => kept.push((why, vec![name])),
        }
    }
    let stayed: usize = kept.iter().map(|(_, names)| names.len()).sum();
    let kept = match (rebuild, kept.first()) {
        (_, None) => String::new(),
        (RebuildConstraints::Always, _) => {
            kept.iter().map(|(why, names)| format!("; {} stayed on, since {why}", names.join(", "))).collect()
        }
        (_, Some((why, names))) if stayed == 1 => format!("; {} stayed on, since {why}", names[0]),
        (_, Some((why, names))) => {
            let others = if stayed == 2 { "1 other" } else { &format!("{} others", stayed - 1) };
            let the_first = if kept.len() > 1 { "the first " } else { "" };
            format!("; {} and {others} stayed on, {the_first}since {why}", names[0])
        }
    };
    let off = constraints.len() - stayed;
    let were = if off == 1 { "foreign key or index was" } else { "foreign keys and indexes were" };
    (!constraints.is_empty()).then(|| format!("{off} {were} off while rows were loaded{kept}."))
}

fn table(header: impl IntoIterator<Item = impl Into<comfy_table::Cell>>) -> TextTable {
    let mut table = TextTable::new();
    table.load_style(presets::NOTHING).set_header(header.into_iter().map(Into::into).collect::<Vec<_>>());
    table
}

fn relations(table: &TablePlan) -> String {
    let words = table.relations.iter().map(|relation| format!("{} ({relation})", relation.edge()));
    words.collect::<Vec<_>>().join("\n")
}

fn shortened(value: &str) -> String {
    let line = value.replace(['\n', '\r'], " ");
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn seconds(elapsed: Duration) -> String {
    format!("{:.2} s", elapsed.as_secs_f64())
}
