//! What must hold of a schema's rows, as questions to its database that are made from the schema alone.

use seed_core::{RelationDef, TableDef};
use seed_tests::{Database, Engine};

use super::schema::{Schema, children_of};

/// A fact, and a query that gives 0 where it holds.
struct Fact {
    text: String,
    sql: String,
}

/// Asks for all that must hold where each table got so many rows.
pub(crate) fn loaded<C: Engine>(db: &mut Database<C>, schema: &Schema, rows: &[u64]) -> Result<(), String> {
    let mut facts = Vec::new();
    for table in schema.tables.iter().map(|table| &table.def) {
        if table.relations.iter().all(|relation| relation.with.is_none()) {
            let count = table.count.expect("a count, where nothing drives");
            facts.push(has_rows(table, count));
        }
        facts.extend(schema.unique_keys(table).iter().chain([&table.primary_key]).map(|key| is_unique(table, key)));
        facts.extend(table.relations.iter().map(|relation| has_no_orphans(table, relation)));
        facts.extend(table.relations.iter().filter_map(|relation| is_earlier(table, relation)));
        facts.extend(table.relations.iter().filter_map(|relation| has_children(table, relation)));
        facts.extend(table.differ.iter().flat_map(|group| differ(table, group)));
    }
    check(db, facts)?;
    loaded_rows(db, schema, rows)
}

/// Asks whether each table has so many rows.
pub(crate) fn loaded_rows<C: Engine>(db: &mut Database<C>, schema: &Schema, rows: &[u64]) -> Result<(), String> {
    check(db, schema.tables.iter().zip(rows).map(|(table, rows)| has_rows(&table.def, *rows)).collect())
}

/// Asks many questions at once: a query of each would take longer than the rows.
fn check<C: Engine>(db: &mut Database<C>, facts: Vec<Fact>) -> Result<(), String> {
    for facts in facts.chunks(60) {
        let query = |Fact { text, sql }: &Fact| {
            format!("SELECT '{text}, but ' AS fact, counted.n AS n FROM ({sql}) AS counted WHERE counted.n <> 0")
        };
        let all: Vec<String> = facts.iter().map(query).collect();
        let number = if C::ENGINE == "mysql" { "CHAR" } else { "TEXT" };
        let wrong = db.texts(&format!(
            "SELECT concat(fact, CAST(n AS {number})) AS value FROM ({}) AS facts",
            all.join("\nUNION ALL ")
        ));
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
    }
    Ok(())
}

fn has_rows(table: &TableDef, rows: u64) -> Fact {
    let name = table.name;
    Fact { text: format!("{name} has {rows} rows"), sql: format!("SELECT count(*) - {rows} AS n FROM {name}") }
}

fn is_unique(table: &TableDef, key: &[&str]) -> Fact {
    let columns = key.join(", ");
    let not_null: Vec<String> = key.iter().map(|column| format!("{column} IS NOT NULL")).collect();
    let sql = format!(
        "SELECT count(*) AS n FROM (SELECT 1 AS one FROM {} WHERE {} GROUP BY {columns} HAVING count(*) > 1) AS twice",
        table.name,
        not_null.join(" AND ")
    );
    Fact { text: format!("({columns}) of {} is unique", table.name), sql }
}

/// `child.a = parent.x AND child.b = parent.y`
fn joins(relation: &RelationDef) -> String {
    let pairs = relation.columns.iter().zip(&relation.parent_columns);
    let equal: Vec<String> = pairs.map(|(own, parent)| format!("child.{own} = parent.{parent}")).collect();
    equal.join(" AND ")
}

fn has_no_orphans(table: &TableDef, relation: &RelationDef) -> Fact {
    let not_null: Vec<String> = relation.columns.iter().map(|column| format!("child.{column} IS NOT NULL")).collect();
    let sql = format!(
        "SELECT count(*) AS n FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})",
        table.name,
        not_null.join(" AND "),
        relation.parent,
        joins(relation)
    );
    Fact { text: format!("({}) of {} is a row of {}", relation.columns.join(", "), table.name, relation.parent), sql }
}

/// A self reference leads to an earlier row; to its own only where it must lead to one.
fn is_earlier(table: &TableDef, relation: &RelationDef) -> Option<Fact> {
    let at = relation.parent_columns.iter().position(|column| *column == "id")?;
    let (column, is_later) = (relation.columns[at], if table.requires(relation) { ">" } else { ">=" });
    (relation.parent == table.name).then(|| Fact {
        text: format!("{column} of {} is that of an earlier row", table.name),
        sql: format!("SELECT count(*) AS n FROM {} WHERE {column} {is_later} id", table.name),
    })
}

/// Each parent has as many children as it may have.
fn has_children(table: &TableDef, relation: &RelationDef) -> Option<Fact> {
    let with = relation.with.as_ref()?;
    let numbers: Vec<String> = children_of(with).iter().map(u64::to_string).collect();
    let sql = format!(
        "SELECT count(*) AS n FROM {} AS parent WHERE (SELECT count(*) FROM {} AS child WHERE {}) NOT IN ({})",
        relation.parent,
        table.name,
        joins(relation),
        numbers.join(", ")
    );
    Some(Fact { text: format!("{} has {with} rows of {}", relation.parent, table.name), sql })
}

/// No two of the foreign keys of a row lead to one row.
fn differ(table: &TableDef, group: &[&str]) -> Vec<Fact> {
    let relations: Vec<&RelationDef> = group.iter().filter_map(|name| table.relation(name)).collect();
    let mut facts = Vec::new();
    for (at, one) in relations.iter().enumerate() {
        for other in relations[..at].iter().filter(|other| other.parent_columns == one.parent_columns) {
            let equal = one.columns.iter().zip(&other.columns).map(|(one, other)| format!("{one} = {other}"));
            let equal = equal.collect::<Vec<_>>().join(" AND ");
            let sql = format!("SELECT count(*) AS n FROM {} WHERE {equal}", table.name);
            facts.push(Fact { text: format!("{} has no row with {equal}", table.name), sql });
        }
    }
    facts
}
