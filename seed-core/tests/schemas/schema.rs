//! `Schema`: the tables of a run, and what a database would say of their foreign keys.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use seed_core::{Builder, Column, ForeignKey, RelationDef, TableDef, With, int};

/// The tables of a run. What is left open by a definition is decided by the names of columns: those of
/// `few…` hold one of ten numbers, and those of `small…` one of thirty.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// The number that it is made from.
    pub(crate) seed: u64,
    pub(crate) tables: Vec<Table>,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) def: TableDef,
    /// What the database does about each relation.
    pub(crate) constraints: Vec<Constraint>,
}

/// What a database does about a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// It has none: a soft relation.
    None,
    Immediate,
    /// Declared `DEFERRABLE`, where the database has that.
    Deferrable,
}

impl Schema {
    pub(crate) fn defs(&self) -> Vec<TableDef> {
        self.tables.iter().map(|table| table.def.clone()).collect()
    }

    pub(crate) fn find(&self, name: &str) -> &Table {
        self.tables.iter().find(|table| table.def.name == name).expect("a table of the schema")
    }

    /// All relations, each with its table and what the database does about it.
    pub(crate) fn relations(&self) -> impl Iterator<Item = (&TableDef, &RelationDef, Constraint)> {
        self.tables.iter().flat_map(|table| {
            let each = table.def.relations.iter().zip(&table.constraints);
            each.map(|(relation, constraint)| (&table.def, relation, *constraint))
        })
    }

    /// The columns that the database requires to differ: those that the definition says, and those that
    /// others reference.
    pub(crate) fn unique_keys(&self, table: &TableDef) -> Vec<Vec<&'static str>> {
        let alone = table.columns.iter().filter(|column| column.unique).map(|column| vec![column.name]);
        let mut keys: Vec<Vec<&'static str>> = alone.chain(table.unique.iter().cloned()).collect();
        keys.extend(
            self.relations()
                .filter(|(_, relation, _)| relation.parent == table.name)
                .map(|(_, relation, _)| relation.parent_columns.clone()),
        );
        let mut distinct: Vec<Vec<&'static str>> = Vec::new();
        for key in keys {
            if key != table.primary_key && !distinct.contains(&key) {
                distinct.push(key);
            }
        }
        distinct
    }

    /// What the catalogue of a database with these tables tells.
    #[allow(dead_code, reason = "real databases tell it themselves")]
    pub(crate) fn foreign_keys(&self) -> Vec<ForeignKey> {
        let names = |columns: &[&str]| columns.iter().map(|&column| column.to_owned()).collect();
        let enforced = self.relations().filter(|(_, _, constraint)| *constraint != Constraint::None);
        enforced
            .map(|(table, relation, constraint)| ForeignKey {
                name: String::new(),
                table: table.name,
                columns: names(&relation.columns),
                parent: relation.parent.to_owned(),
                parent_columns: names(&relation.parent_columns),
                on_delete: "NO ACTION".to_owned(),
                on_update: "NO ACTION".to_owned(),
                deferrable: constraint == Constraint::Deferrable,
            })
            .collect()
    }
}

/// The columns of a table, as a derive would make them.
pub(crate) fn columns(build: &mut Builder<'_>, table: &TableDef) -> Vec<Arc<Column<i32>>> {
    let column = |name: &'static str| match name {
        _ if table.references(name) => build.refer(name),
        _ if name.starts_with("few") => build.draw(name, int(0..=9)),
        _ if name.starts_with("small") => build.draw(name, int(0..=29)),
        _ => build.infer(name),
    };
    table.columns.iter().map(|column| column.name).map(column).collect()
}

/// The numbers of children that a `with` names: `0.6: 1, 0.3: 2..=4`.
pub(crate) fn children_of(with: &With) -> BTreeSet<u64> {
    let number = |text: &str| text.trim().parse::<u64>().expect("a number of children");
    let part = |part: &str| {
        let children = part.rsplit(':').next().expect("what is behind the weight").to_owned();
        match children.split_once("..=") {
            Some((least, most)) => number(least)..=number(most),
            None => number(&children)..=number(&children),
        }
    };
    with.to_string().split(',').flat_map(part).collect()
}

/// The definitions, one line for each column, key and relation.
impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "schema {}", self.seed)?;
        for Table { def, constraints } in &self.tables {
            let count = def.count.map_or_else(String::new, |count| format!(", count {count}"));
            writeln!(f, "{}: key ({}){count}", def.name, def.primary_key.join(", "))?;
            for column in &def.columns {
                let unique = if column.unique { " unique" } else { "" };
                let nullable = if column.nullable { " nullable" } else { "" };
                let null = column.null.map_or_else(String::new, |null| format!(" null={null}"));
                writeln!(f, "  {}{nullable}{null}{unique}", column.name)?;
            }
            for group in &def.unique {
                writeln!(f, "  unique ({})", group.join(", "))?;
            }
            for group in &def.differ {
                writeln!(f, "  differ ({})", group.join(", "))?;
            }
            for (relation, constraint) in def.relations.iter().zip(constraints) {
                let RelationDef { columns, parent, parent_columns, with, zipf, tree, agree } = relation;
                write!(f, "  ({}) -> {parent} ({})", columns.join(", "), parent_columns.join(", "))?;
                if let Some(with) = with {
                    write!(f, ", with {with}")?;
                }
                if let Some(zipf) = zipf {
                    write!(f, ", zipf {zipf}")?;
                }
                if let Some(tree) = tree {
                    write!(f, ", {tree:?}")?;
                }
                if let Some(agree) = agree {
                    write!(f, ", agree {agree}")?;
                }
                writeln!(f, ", {constraint:?}")?;
            }
        }
        Ok(())
    }
}
