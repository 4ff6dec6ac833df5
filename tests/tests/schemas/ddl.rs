//! The tables of a schema in SQL.

use seed_core::{RelationDef, TableDef};

use super::schema::{Constraint, Schema};

/// The statements that make the tables.
pub(crate) fn create(schema: &Schema, engine: &str) -> String {
    let mut statements: Vec<String> = schema.tables.iter().map(|table| table_of(schema, &table.def, engine)).collect();
    match engine {
        // The tables reference one another, in both directions.
        "mysql" => format!("SET foreign_key_checks = 0;\n{}SET foreign_key_checks = 1;", statements.concat()),
        "postgres" => {
            let keys = schema.relations().filter_map(|(table, relation, constraint)| {
                let deferrable = match constraint {
                    Constraint::None => return None,
                    Constraint::Immediate => "",
                    Constraint::Deferrable => " DEFERRABLE",
                };
                Some(format!("ALTER TABLE {} ADD {}{deferrable};\n", table.name, foreign_key(relation)))
            });
            statements.extend(keys);
            statements.concat()
        }
        _ => statements.concat(),
    }
}

/// The statements that take them away again.
pub(crate) fn drop(schema: &Schema, engine: &str) -> String {
    let names: Vec<&str> = schema.tables.iter().map(|table| table.def.name).collect();
    match engine {
        "postgres" => format!("DROP TABLE {} CASCADE", names.join(", ")),
        "mysql" => {
            format!("SET foreign_key_checks = 0; DROP TABLE {}; SET foreign_key_checks = 1", names.join(", "))
        }
        _ => {
            let each: String = names.iter().map(|name| format!("DROP TABLE {name};")).collect();
            format!("PRAGMA foreign_keys = OFF; {each} PRAGMA foreign_keys = ON;")
        }
    }
}

fn table_of(schema: &Schema, def: &TableDef, engine: &str) -> String {
    let column = |name: &str, nullable| format!("{name} INTEGER{}", if nullable { "" } else { " NOT NULL" });
    let mut parts: Vec<String> = def.columns.iter().map(|own| column(own.name, own.nullable)).collect();
    parts.push(format!("PRIMARY KEY ({})", def.primary_key.join(", ")));
    parts.extend(schema.unique_keys(def).iter().map(|key| format!("UNIQUE ({})", key.join(", "))));
    if engine != "postgres" {
        let own = schema
            .relations()
            .filter(|(table, _, constraint)| table.name == def.name && *constraint != Constraint::None);
        parts.extend(own.map(|(_, relation, _)| foreign_key(relation)));
    }
    format!("CREATE TABLE {} (\n    {});\n", def.name, parts.join(",\n    "))
}

fn foreign_key(relation: &RelationDef) -> String {
    let RelationDef { columns, parent, parent_columns, .. } = relation;
    format!("FOREIGN KEY ({}) REFERENCES {parent} ({})", columns.join(", "), parent_columns.join(", "))
}
