//! What can be wrong with a plan. Each error names the table and column and says what to write.

use std::fmt;

use crate::catalogue::ForeignKey;

/// A mistake in the models, the options or their combination, found before anything is written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A table that no model of the run has.
    #[error("there is no table `{name}` in this run{}", suggest(.suggestion))]
    UnknownTable {
        /// What was asked for.
        name: String,
        /// The nearest table of the run.
        suggestion: Option<String>,
    },
    /// A column that the table's model does not have.
    #[error("`{table}` has no column `{column}`{}", suggest(.suggestion))]
    UnknownColumn {
        /// The table.
        table: String,
        /// What was asked for.
        column: String,
        /// The nearest column of the table.
        suggestion: Option<String>,
    },
    /// `with` on a column that references nothing.
    #[error(
        "`{table}.{column}` has no reference to another table, so `with` cannot count children; add \
         `#[seed(references = parent::id)]` to its field"
    )]
    NotARelation {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// `with` on a column that references its own table.
    #[error(
        "`{table}` references itself through `{table}.{column}`: a row has one parent, so `with` cannot count children"
    )]
    WithOnSelfReference {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Two models of one run describe the same table.
    #[error("`{table}` is described by two models of this run; list one of them")]
    TwoModels {
        /// The table.
        table: String,
    },
    /// Two tables of one run are hashed alike, and so would hold the same values.
    #[error(
        "`{first}` and `{second}` share the key `{key}`, so their rows would be the same; give one another `#[seed(key = \"…\")]`"
    )]
    SharedKey {
        /// One table.
        first: String,
        /// The other table.
        second: String,
        /// What both are hashed as.
        key: String,
    },
    /// A foreign key of the database that no relation of its model names.
    #[error("{}", missing_relation(.key, .other.as_deref()))]
    MissingRelation {
        /// The foreign key.
        key: Box<ForeignKey>,
        /// What its only column references in the model, where that is something else.
        other: Option<String>,
    },
    /// A required parent that is not part of the run.
    #[error(
        "`{table}.{column}` references `{parent}`, which is not part of this run, and cannot be NULL; add the model of \
         `{parent}` to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows \
         can be read"
    )]
    MissingParent {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
    },
    /// Children that are to be counted for a parent that is not part of the run.
    #[error(
        "`{table}.{column}`: `with = {with}` counts children of `{parent}`, which is not part of this run; add the model of \
         `{parent}` to the list of models"
    )]
    UncountedParent {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
        /// How many children each parent is to get.
        with: String,
    },
    /// A required parent whose table gets no rows.
    #[error("`{table}.{column}` needs a row of `{parent}`, which gets none; give `{parent}` a count of 1 or more")]
    NoParents {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
    },
    /// A referenced column that the parent's model does not fill.
    #[error(
        "`{table}.{column}` references `{parent}.{parent_column}`, which the model of `{parent}` leaves to the database; \
         give that model the field, without `skip`"
    )]
    UnfilledParent {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
        /// The referenced column.
        parent_column: String,
    },
    /// Two relations want to drive one table's row count.
    #[error(
        "the rows of `{table}` are driven twice, by `{table}.{first}` and by `{table}.{second}`; keep `with` on one of them"
    )]
    DrivenTwice {
        /// The child table.
        table: String,
        /// A foreign key with `with`.
        first: String,
        /// Another one.
        second: String,
    },
    /// A count for a table that `with` already counts.
    #[error(
        "`{table}` is given a count of {count}, but its rows are driven by `{table}.{column}` ({with} each); change the \
         count of `{parent}` or the `with` of `{table}.{column}`"
    )]
    CountOfDriven {
        /// The child table.
        table: String,
        /// The count that was given.
        count: u64,
        /// The foreign key with `with`.
        column: String,
        /// How many children each parent gets.
        with: String,
        /// The parent table.
        parent: String,
    },
    /// A required parent that is not part of the run, and of which the database holds no row.
    #[error(
        "`{table}.{column}` references `{parent}`, which is not part of this run and holds no row, and cannot be NULL; add \
         the model of `{parent}` to the list of models"
    )]
    EmptyParent {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
    },
    /// Tables of which each has so many rows for each row of the next one.
    #[error(
        "{} drive one another ({}), so the rows of none can be counted first; leave `with` out on one of these columns",
        tables(.edges), .edges.join(", ")
    )]
    DrivenInACircle {
        /// The relations on the cycle, as `child.column -> parent`.
        edges: Vec<String>,
    },
    /// Tables that reference one another by foreign keys of which none can wait.
    #[error(
        "{} reference one another ({}), and none of these columns can be NULL at first, so no row can be loaded first; make \
         one of the columns nullable, or its constraint DEFERRABLE where the database has that",
        tables(.edges), .edges.join(", ")
    )]
    Cycle {
        /// The relations on the cycle, as `child.column -> parent`.
        edges: Vec<String>,
    },
    /// Columns that must differ together, with fewer combinations of values than rows.
    #[error(
        "no two rows of `{table}` may agree in {}: there are {has} {}, but {needs} are needed{remedy}",
        list(.columns), if *.has == 1 { "combination" } else { "combinations" }
    )]
    TooFewCombinations {
        /// The table.
        table: String,
        /// The columns.
        columns: Vec<String>,
        /// How many combinations there are: for each row of the parent, where one drives.
        has: u64,
        /// How many rows need one each.
        needs: u64,
        /// Why so many, and what to write.
        remedy: String,
    },
    /// Columns that must differ together, and cannot be made to.
    #[error("no two rows of `{table}` may agree in {}, but {reason}", list(.columns))]
    NotCombinable {
        /// The table.
        table: String,
        /// The columns.
        columns: Vec<String>,
        /// Why not, and what to write.
        reason: &'static str,
    },
    /// Fewer values than rows.
    #[error(
        "`{table}.{column}` is unique and has {has} {}, but {needs} are needed{}; give it more with `#[seed(range = …)]`, \
         `#[seed(values = …)]` or `#[seed(generator = …)]`, or plan fewer rows", if *.has == 1 { "value" } else { "values" },
        of_them_there(*.there)
    )]
    TooSmall {
        /// The table.
        table: String,
        /// The unique column.
        column: String,
        /// How many values there are.
        has: u64,
        /// How many rows need one, with those that are there already.
        needs: u64,
        /// How many values are passed over for rows that are there already.
        there: u64,
    },
    /// Fewer parents than rows that need one each.
    #[error(
        "`{table}.{column}` is unique, so each of {needs} rows needs a row of `{parent}` of its own, and there are {has}; give \
         `{parent}` a higher count, or plan fewer rows"
    )]
    TooFewParents {
        /// The child table.
        table: String,
        /// Its unique foreign key.
        column: String,
        /// The parent table.
        parent: String,
        /// How many parents there are.
        has: u64,
        /// How many rows there are.
        needs: u64,
    },
    /// A unique column whose values cannot be counted.
    #[error(
        "`{table}.{column}` is unique, but the values of its generator cannot be counted; give it a `range`, `values` without \
         weights, a generator that is a `Domain`, or a `value` made from `row`"
    )]
    NotCountable {
        /// The table.
        table: String,
        /// The unique column.
        column: String,
    },
    /// A generator that was set up wrongly.
    #[error("`{table}.{column}`: {message}")]
    Setup {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What is wrong, and what to write.
        message: String,
    },
    /// `after = parent::column` on a table that has no relation to that parent.
    #[error(
        "`{table}.{column}` is to come after `{parent}.{parent_column}`, but `{table}` has no reference to `{parent}`; add \
         `#[seed(references = {parent}::id)]` to the field that holds it"
    )]
    AfterUnrelated {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The table named in `after`.
        parent: String,
        /// The column named in `after`.
        parent_column: String,
    },
    /// More rows than a run can count.
    #[error("`{table}` would get more than 2^62 rows; lower its count, or that of its parents and their `with`")]
    TooManyRows {
        /// The table.
        table: String,
    },
    /// A shard that is none of those that there are.
    #[error("{}", no_shard(*.number, *.count))]
    Shard {
        /// The number that was asked for.
        number: u64,
        /// How many shards there are.
        count: u64,
    },
    /// Rows of a shard whose parents other shards load at the same time.
    #[error(
        "`{table}.{column}` references rows of `{parent}` that other shards load at the same time; load in stages, each when \
         all runs of the one before are done: {}", .stages.join(", then ")
    )]
    OtherShards {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table, which may be the same.
        parent: String,
        /// The stages, in the words of the command line.
        stages: Vec<String>,
    },
    /// Some tables without others, where each of them needs rows of the others.
    #[error(
        "`{table}.{column}` can be filled only when the rows of `{parent}` are there, and these need those of `{table}`; load them \
         together: `--tables {}`", .tables.join(",")
    )]
    Apart {
        /// The child table, which is chosen.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table, which is not.
        parent: String,
        /// All tables that need one another.
        tables: Vec<String>,
    },
}

/// All mistakes of one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// `Ok(value)` where there is no error.
    pub(crate) fn none_or<T>(errors: Vec<Error>, value: T) -> Result<T, Errors> {
        if errors.is_empty() { Ok(value) } else { Err(Errors(errors)) }
    }

    /// Those that are mistakes whatever the database holds, if there are any: others say that a parent
    /// is missing, or that no foreign key can wait, of which a database may know better.
    pub fn whatever_the_database_holds(self) -> Option<Errors> {
        let is_settled_there = |error: &Error| {
            matches!(error, Error::MissingParent { .. } | Error::UncountedParent { .. } | Error::Cycle { .. })
        };
        let errors: Vec<Error> = self.0.into_iter().filter(|error| !is_settled_there(error)).collect();
        if errors.is_empty() { None } else { Some(Errors(errors)) }
    }

    /// The errors, at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.0.iter()
    }
}

impl FromIterator<Error> for Errors {
    fn from_iter<I: IntoIterator<Item = Error>>(errors: I) -> Errors {
        Errors(errors.into_iter().collect())
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Errors {
        Errors(vec![error])
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

fn of_them_there(there: u64) -> String {
    if there == 0 { String::new() } else { format!(", {there} of them for the rows and keys that are there") }
}

fn no_shard(number: u64, count: u64) -> String {
    match count {
        0 => "a run cannot be cut into 0 shards; all of it is `1/1`".to_owned(),
        _ => format!("there is no shard {number} of {count}; they are numbered from `1/{count}` to `{count}/{count}`"),
    }
}

fn suggest(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn missing_relation(key: &ForeignKey, other: Option<&str>) -> String {
    let ForeignKey { name, table, columns, parent, parent_columns, .. } = key;
    let of = |table: &str, columns: &[String]| -> Vec<String> {
        columns.iter().map(|column| format!("{table}.{column}")).collect()
    };
    let constraint = if name.is_empty() { String::new() } else { format!(" (constraint `{name}`)") };
    let verb = if columns.len() == 1 { "references" } else { "reference" };
    let (own, parents) = (list(&of(table, columns)), list(&of(parent, parent_columns)));
    let fact = format!("{own} {verb} {parents} in the database{constraint}");
    // In Rust a table goes by the name of its module.
    let module = parent.rsplit('.').next().unwrap_or_default();
    match (other, parent_columns.as_slice()) {
        (Some(other), [column]) => {
            format!(
                "{fact}, but its field references `{other}`; write `#[seed(references = {module}::{column})]` there"
            )
        }
        (_, [column]) => format!(
            "{fact}, but no relation of the model says so; add `#[seed(references = {module}::{column})]` to its field"
        ),
        (_, parent_columns) => {
            let pairs = columns.iter().zip(parent_columns).map(|(own, parent)| format!("{own} = {module}::{parent}"));
            format!(
                "{fact}, but no relation of the model says so; add `#[seed(references({}))]` to the model",
                pairs.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// `a`, `b` and `c`
fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn tables(edges: &[String]) -> String {
    let mut names: Vec<String> = edges.iter().filter_map(|edge| edge.split('.').next()).map(str::to_owned).collect();
    names.sort_unstable();
    names.dedup();
    list(&names)
}
