//! The kinds of tables that there are.

use seed_core::{RelationDef, Tree, With};

use super::draft::{Draft, Made, intern, keys};

/// A table that references some of those that there are.
pub(super) fn table(draft: &mut Draft, at: u64) -> Made {
    let name = intern(format!("t{at}"));
    let mut table = Made::new(name);
    match draft.below(100) {
        0..10 if at > 0 => extension(draft, &mut table),
        10..30 if at > 1 => junction(draft, &mut table),
        30..40 if at > 0 => lines(draft, &mut table),
        40..46 => composite(draft, &mut table),
        _ => entity(draft, &mut table),
    }
    if !table.is_driven() {
        draft.count(&mut table);
    }
    if draft.chance(30) {
        table.column("number", true);
    }
    popular(draft, &mut table);
    apart(draft, &mut table);
    agreeing(draft, &mut table);
    table
}

/// `id`, some relations, perhaps a tree.
fn entity(draft: &mut Draft, table: &mut Made) {
    table.column("id", false);
    table.table.def.primary_key = vec!["id"];
    if draft.chance(15) {
        table.column("code", false);
        table.table.def.columns[1].unique = true;
    }
    let parents = draft.tables.len();
    for _ in 0..draft.below(4) {
        let Some(parent) = draft.pick(&(0..parents).collect::<Vec<_>>()) else { break };
        let nullable = draft.chance(30);
        let at = draft.refer(table, parent, nullable, 75);
        // What is unique or differs together is rarely what shares a column as well.
        let is_plain = table.table.def.relations[at].columns.len() == 1 || draft.chance(20);
        match draft.below(10) {
            0..4 if !table.is_driven() && table.most == u64::MAX => drop(draft.drive(table, at, 4)),
            4 if is_plain && !table.is_driven() && draft.tables[parent].least > 0 => {
                draft.make_unique(table, at);
                if draft.chance(50) && is_alone(table, at) {
                    let one = if draft.chance(50) { With::from(1) } else { With::from(0..=1) };
                    let (least, most) = (draft.tables[parent].least * u64::from(one == With::from(1)), table.most);
                    table.table.def.relations[at].with = Some(one);
                    (table.least, table.most) = (least, most.max(draft.tables[parent].most));
                }
            }
            5 if is_plain && table.most > 10 && table.table.def.column("few").is_none() => {
                let name = table.table.def.relations[at].columns[0];
                table.column("few", false);
                table.table.def.unique.push(vec![name, "few"]);
                table.most = table.most.min(if table.is_driven() { table.most } else { 10 });
            }
            _ => {}
        }
    }
    if draft.chance(35) {
        self_reference(draft, table);
    }
}

/// Whether the table has no other limit than this relation.
fn is_alone(table: &Made, at: usize) -> bool {
    table.table.def.relations.len() == at + 1 && table.table.def.relations.len() == 1
}

/// To an earlier row: as a tree, a chain or anyhow, with the tenant's column where there is one.
fn self_reference(draft: &mut Draft, table: &mut Made) {
    let name = table.table.def.name;
    let tenant = keys(&table.table.def).into_iter().find(|key| key.len() == 2 && key[1] == "id");
    let key = tenant.filter(|_| draft.chance(30)).unwrap_or_else(|| vec!["id"]);
    let is_composite = key.len() > 1;
    let nullable = draft.chance(75);
    let at = draft.refer_to(table, name, key, nullable, 100);
    let relation = &mut table.table.def.relations[at];
    match draft.below(10) {
        0..3 => {
            let (roots, branching) = ((1 + draft.below(6)) as f64 / 10.0, With::from(1..=1 + draft.below(4)));
            relation.tree = Some(Tree::Roots { roots, branching });
        }
        3 => relation.tree = Some(Tree::Depth { depth: 1 + draft.below(4), branching: 1 + draft.below(3) }),
        4..6 if !is_composite => {
            let column = relation.columns[0];
            let column = table.table.def.columns.iter_mut().find(|own| own.name == column);
            column.expect("the column of the relation").unique = true;
        }
        _ => {}
    }
}

/// The key is that of the parent.
fn extension(draft: &mut Draft, table: &mut Made) {
    let single = |made: &Made| made.table.def.primary_key.len() == 1;
    let parents: Vec<usize> = (0..draft.tables.len()).filter(|&at| single(&draft.tables[at])).collect();
    let Some(parent) = draft.pick(&parents) else { return entity(draft, table) };
    let key = draft.tables[parent].table.def.primary_key.clone();
    let at = draft.refer_to(table, draft.tables[parent].table.def.name, key, false, 0);
    table.table.def.primary_key = table.table.def.relations[at].columns.clone();
    table.most = draft.tables[parent].least;
    if draft.chance(60) {
        let one = if draft.chance(50) { With::from(1) } else { With::from(0..=1) };
        table.table.def.relations[at].with = Some(one);
        (table.least, table.most) = (0, draft.tables[parent].most);
    }
}

/// Each row joins one row of each of two or three tables, and no other row joins the same.
fn junction(draft: &mut Draft, table: &mut Made) {
    let has_id = draft.chance(40);
    if has_id {
        table.column("id", false);
        table.table.def.primary_key = vec!["id"];
    }
    let all: Vec<usize> = (0..draft.tables.len()).filter(|&at| draft.tables[at].least > 1).collect();
    if all.len() < 2 {
        if !has_id {
            table.column("id", false);
            table.table.def.primary_key = vec!["id"];
        }
        return;
    }
    let several = if draft.chance(20) { 3 } else { 2 };
    let mut least = Vec::new();
    let mut key: Vec<&'static str> = Vec::new();
    for _ in 0..several {
        let parent = draft.pick(&all).expect("there are two");
        let at = draft.refer(table, parent, false, 25);
        least.push(draft.tables[parent].least);
        let columns = table.table.def.relations[at].columns.clone();
        key.extend(columns.iter().filter(|column| !key.contains(column)).copied().collect::<Vec<_>>());
    }
    if draft.chance(10) {
        table.column("few", false);
        key.push("few");
    }
    let others: u64 = least[1..].iter().product();
    if !draft.chance(60) || !draft.drive(table, 0, others) {
        table.most = least.iter().product::<u64>().div_ceil(2);
    }
    if has_id { table.table.def.unique.push(key) } else { table.table.def.primary_key = key }
}

/// The lines of an order: numbered for each row of the parent.
fn lines(draft: &mut Draft, table: &mut Made) {
    let parent = draft.below(draft.tables.len() as u64) as usize;
    let at = draft.refer(table, parent, false, 75);
    let line = if draft.chance(50) { "line" } else { "few" };
    table.column(line, false);
    let RelationDef { columns, .. } = &table.table.def.relations[at];
    table.table.def.primary_key = columns.iter().copied().chain([line]).collect();
    if !draft.drive(table, at, 4) {
        table.most = draft.tables[parent].least;
    }
}

/// A key of two columns that reference nothing.
fn composite(draft: &mut Draft, table: &mut Made) {
    table.column("few", false);
    table.column("small", false);
    table.table.def.primary_key = vec!["few", "small"];
    if draft.chance(40)
        && let Some(parent) = draft.pick(&(0..draft.tables.len()).collect::<Vec<_>>())
    {
        let nullable = draft.chance(50);
        draft.refer(table, parent, nullable, 75);
    }
}

/// Some parents are drawn more often than others.
fn popular(draft: &mut Draft, table: &mut Made) {
    let def = &mut table.table.def;
    for at in 0..def.relations.len() {
        let relation = &def.relations[at];
        let in_group = |group: &Vec<&'static str>| group.iter().any(|column| relation.columns.contains(column));
        let is_shared = |other: &RelationDef| other != relation && in_group(&other.columns);
        let is_free = relation.parent != def.name
            && relation.with.is_none()
            && !def.is_one_to_one(relation)
            && !def.unique.iter().any(in_group)
            && !in_group(&def.primary_key)
            && !def.relations.iter().any(is_shared);
        if is_free && draft.chance(12) {
            def.relations[at].zipf = Some((5 + draft.below(15)) as f64 / 10.0);
        }
    }
}

/// Two relations to one table lead to different rows.
fn apart(draft: &mut Draft, table: &mut Made) {
    let def = &table.table.def;
    let mut groups = Vec::new();
    for (at, one) in def.relations.iter().enumerate().filter(|(_, one)| one.parent != def.name) {
        let other = def.relations[..at].iter().find(|other| other.parent == one.parent);
        let has_others = draft.tables.iter().any(|made| made.table.def.name == one.parent && made.least > 1);
        let is_free = |one: &RelationDef| !def.is_one_to_one(one);
        if let Some(other) = other.filter(|other| has_others && is_free(one) && is_free(other)) {
            groups.push(vec![def.name_of(other), def.name_of(one)]);
        }
    }
    for group in groups {
        if draft.chance(60) {
            table.table.def.differ.push(group);
        }
    }
}

/// Now and then a model says itself whether a relation agrees with the others.
fn agreeing(draft: &mut Draft, table: &mut Made) {
    let several = table.table.def.relations.len() > 1;
    for relation in &mut table.table.def.relations {
        if several && draft.chance(6) {
            relation.agree = Some(draft.chance(40));
        }
    }
}
