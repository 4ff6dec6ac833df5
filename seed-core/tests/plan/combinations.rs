//! Columns that differ together: composite keys and `unique(a, b)`.

use super::*;

fn keyed(key: &[&'static str], def: TableDef) -> TableDef {
    TableDef { primary_key: key.to_vec(), ..def }
}

fn members(count: u64, unique: &[&'static str]) -> TableDef {
    let columns = vec![column("id"), references("user_id", "users"), references("group_id", "groups"), column("level")];
    TableDef { unique: unique.chunks(9).map(<[_]>::to_vec).collect(), ..table("members", count, columns) }
}

fn with_parents(users: u64, groups: u64, def: TableDef) -> Vec<TableDef> {
    vec![table("users", users, vec![column("id")]), table("groups", groups, vec![column("id")]), def]
}

/// The rows of a table, as the numbers of some columns.
fn rows(defs: Vec<TableDef>, table: &str, columns: &[&str]) -> Vec<Vec<i64>> {
    let cells = cells(defs);
    let column = |name: &&str| &cells[&(table.to_owned(), (*name).to_owned())];
    let number = |cell: &Option<String>| cell.as_ref().map_or(-1, |cell| cell.parse().unwrap());
    let columns: Vec<Vec<i64>> = columns.iter().map(|name| column(name).iter().map(number).collect()).collect();
    (0..columns[0].len()).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

fn distinct(rows: &[Vec<i64>]) -> usize {
    rows.iter().collect::<BTreeSet<_>>().len()
}

#[test]
fn pairs_of_parents_are_distinct_up_to_the_last_one() {
    let pairs = rows(with_parents(12, 5, members(60, &["user_id", "group_id"])), "members", &["user_id", "group_id"]);
    assert_eq!((pairs.len(), distinct(&pairs)), (60, 60));
    assert_eq!(
        mistake_in_columns(with_parents(12, 5, members(61, &["user_id", "group_id"]))),
        "no two rows of `members` may agree in `user_id` and `group_id`: there are 60 combinations, but 61 are needed; give \
         them more values or parents, or plan fewer rows"
    );
}

#[test]
fn a_key_of_two_parents_is_driven_by_one() {
    let def = |with: With| {
        let columns = vec![super::with(with, references("user_id", "users")), references("group_id", "groups")];
        with_parents(50, 5, keyed(&["user_id", "group_id"], table("members", None, columns)))
    };
    let pairs = rows(def(With::from(1..=5)), "members", &["user_id", "group_id"]);
    assert_eq!(distinct(&pairs), pairs.len());
    assert!((50..=250).contains(&pairs.len()));
    let groups_of_user_1: Vec<i64> = pairs.iter().filter(|pair| pair[0] == 1).map(|pair| pair[1]).collect();
    assert!(groups_of_user_1.iter().all(|group| (1..=5).contains(group)));
    assert_eq!(
        mistake_in_columns(def(With::from(2..=6))),
        "no two rows of `members` may agree in `user_id` and `group_id`: there are 5 combinations, but 6 are needed for a row \
         of `users`; lower the `with` of `members.user_id`, or give the other columns more values or parents"
    );
}

#[test]
fn parents_and_plain_columns_differ_together() {
    let def = members(900, &["user_id", "level"]);
    let pairs = rows(with_parents(90, 5, def), "members", &["user_id", "level"]);
    assert_eq!((pairs.len(), distinct(&pairs)), (900, 900), "90 users at 10 levels each");
    let def = members(901, &["user_id", "level"]);
    assert!(mistake_in_columns(with_parents(90, 5, def)).contains("900 combinations, but 901 are needed"));
}

#[test]
fn the_lines_of_an_order_are_numbered() {
    let lines = vec![with(1..=4, references("order_id", "orders")), column("line"), column("quantity")];
    let defs = vec![table("orders", 20, vec![column("id")]), keyed(&["order_id", "line"], table("lines", None, lines))];
    let mut expected = (0, 0);
    for row in rows(defs, "lines", &["order_id", "line"]) {
        expected = if row[0] == expected.0 { (row[0], expected.1 + 1) } else { (expected.0 + 1, 1) };
        assert_eq!((row[0], row[1]), expected);
    }
    assert_eq!(expected.0, 20);
}

#[test]
fn a_column_with_very_many_values_differs_alone() {
    let columns = vec![column("id"), references("user_id", "users"), column("username")];
    let unique = vec![vec!["user_id", "username"]];
    let defs = with_parents(3, 1, TableDef { unique, ..table("accounts", 500, columns) });
    let cells = cells(defs);
    let of = |column: &str| -> BTreeSet<_> { cells[&("accounts".to_owned(), column.to_owned())].iter().collect() };
    assert_eq!((of("username").len(), of("user_id").len()), (500, 3));
}

#[test]
fn what_differs_anyway_is_left_as_it_is() {
    let with_unique = |unique: &[&'static str]| members(30, unique);
    let cells_of = |def| rows(with_parents(12, 5, def), "members", &["user_id", "group_id"]);
    // The key counts up.
    assert_eq!(cells_of(with_unique(&["id", "user_id"])), cells_of(members(30, &[])));
    // One column is unique alone.
    let mut one = with_unique(&["user_id", "group_id"]);
    one.columns[1].unique = true;
    one.count = Some(12);
    assert_eq!(cells_of(one).iter().map(|row| row[0]).collect::<BTreeSet<_>>().len(), 12);
    // The database fills one.
    let mut skipped = with_unique(&["user_id", "left_to_the_database"]);
    skipped.count = Some(500);
    assert_eq!(cells_of(skipped).len(), 500);
}

#[test]
fn a_column_may_be_of_two_combinations() {
    let bookings = |unique: Vec<Vec<&'static str>>, count| {
        let mut def = members(count, &[]);
        def.unique = unique;
        with_parents(30, 10, def)
    };
    // 10 groups and 30 users at 10 levels: at each level a group once, and a user once.
    let unique = vec![vec!["group_id", "level"], vec!["user_id", "level"]];
    let booked = rows(bookings(unique.clone(), 100), "members", &["user_id", "group_id", "level"]);
    for other in [0, 1] {
        let pairs: Vec<Vec<i64>> = booked.iter().map(|row| vec![row[other], row[2]]).collect();
        assert_eq!(distinct(&pairs), 100);
    }
    assert!(booked.iter().map(|row| row[0]).collect::<BTreeSet<_>>().len() > 25, "users of all");
    assert!(mistake_in_columns(bookings(unique, 101)).contains("there are 100 combinations, but 101 are needed"));
    // The other way round there may be 30 of a level, and there are 10 groups.
    let unique = vec![vec!["user_id", "level"], vec!["group_id", "level"]];
    assert_eq!(
        mistake_in_columns(bookings(unique, 100)),
        "no two rows of `members` may agree in `group_id`: there are 10 combinations, but 30 are needed for each value of \
         `level`, which differs together with other columns already; write this group before the other, or give the columns \
         more values or parents"
    );
}

#[test]
fn the_column_that_drives_takes_part_in_every_combination() {
    let lines =
        vec![with(1..=4, references("order_id", "orders")), column("line"), references("product_id", "products")];
    let lines = TableDef { unique: vec![vec!["order_id", "product_id"]], ..table("lines", None, lines) };
    let defs = vec![
        table("orders", 60, vec![column("id")]),
        table("products", 4, vec![column("id")]),
        keyed(&["order_id", "line"], lines),
    ];
    let rows = rows(defs, "lines", &["order_id", "line", "product_id"]);
    let pairs: Vec<Vec<i64>> = rows.iter().map(|row| vec![row[0], row[2]]).collect();
    assert_eq!(distinct(&pairs), rows.len());
    assert!(rows.iter().all(|row| (1..=4).contains(&row[1]) && (1..=4).contains(&row[2])));
}

#[test]
fn columns_that_all_differ_with_others_are_named() {
    let columns = vec![column("id"), column("is_a"), column("level"), column("is_c")];
    let unique = vec![vec!["level", "is_a"], vec!["is_a", "is_c"], vec!["level", "is_c"]];
    let defs = vec![TableDef { unique, ..table("things", 8, columns) }];
    assert!(mistake_in_columns(defs).contains(
        "no two rows of `things` may agree in `level` and `is_c`, but each of them differs together with other columns \
             already; mark one of them `#[seed(unique)]`"
    ));
    // A smaller group makes a larger one differ, in whatever order they stand.
    let mut members = members(60, &["user_id", "group_id", "level"]);
    members.unique.push(vec!["user_id", "group_id"]);
    let pairs = rows(with_parents(12, 5, members), "members", &["user_id", "group_id"]);
    assert_eq!(distinct(&pairs), 60);
}

#[test]
fn a_text_that_is_half_a_key_is_no_code() {
    let columns = vec![with(3, references("user_id", "users")), column("username")];
    let defs = with_parents(20, 1, keyed(&["user_id", "username"], table("settings", None, columns)));
    let cells = cells(defs);
    let texts: Vec<&str> =
        cells[&("settings".to_owned(), "username".to_owned())].iter().map(|cell| cell.as_deref().unwrap()).collect();
    assert!(texts.iter().all(|text| text.len() < 30 && !text.contains(char::is_numeric)), "{texts:?}");
}

#[test]
fn the_id_of_a_composite_key_counts_up() {
    let columns = vec![column("id"), references("user_id", "users")];
    let ids = rows(with_parents(3, 1, keyed(&["id", "user_id"], table("events", 50, columns))), "events", &["id"]);
    assert_eq!(ids, (1..=50).map(|id| vec![id]).collect::<Vec<_>>());
}

#[test]
fn more_rows_leave_the_first_pairs_as_they_were() {
    let pairs = |count| {
        rows(with_parents(40, 40, members(count, &["user_id", "group_id"])), "members", &["user_id", "group_id"])
    };
    assert_eq!(pairs(100), pairs(1_000)[..100]);
}

#[test]
fn columns_that_cannot_be_counted_cannot_differ_together() {
    let unique = vec![vec!["flag", "other"]];
    let defs = vec![TableDef { unique, ..table("things", 3, vec![column("id"), column("flag"), column("other")]) }];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.draw("flag", weighted::<i32, _>([(1, 0.5), (2, 0.5)]));
    build.draw("other", weighted::<i32, _>([(1, 0.5), (2, 0.5)]));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "no two rows of `things` may agree in `flag` and `other`, but the values of none of them can be counted; give one of \
         them a `range`, `values` without weights, a generator that is a `Domain`, or a `value` made from `row`"
    );
}

#[test]
fn ten_million_pairs_are_found_without_a_list() {
    let def = members(10_000_000, &["user_id", "group_id"]);
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, with_parents(1_000_000, 1_000_000, def), &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let mut columns = BTreeMap::new();
    numbers(&plan, &mut build, &mut columns);
    build.finish().unwrap();
    let pair = |row| (columns[&("members", "user_id")].value(row), columns[&("members", "group_id")].value(row));
    let some: BTreeSet<_> = (0..10_000_000).step_by(997).map(pair).collect();
    assert_eq!(some.len(), 10_000_000_usize.div_ceil(997));
}

#[test]
fn one_column_of_a_composite_parent_does_not_tell_its_rows_apart() {
    let teams = keyed(&["user_id", "group_id"], members(8, &[]));
    let mut seats = table("seats", None, vec![column("id"), column("user_id"), column("group_id"), column("level")]);
    seats.relations = vec![RelationDef {
        columns: vec!["user_id", "group_id"],
        parent: "members",
        parent_columns: vec!["user_id", "group_id"],
        with: Some(With::from(1)),
        ..RelationDef::default()
    }];
    seats.unique = vec![vec!["group_id", "level"]];
    let defs = [with_parents(20, 2, teams), vec![seats]].concat();
    let seats = rows(defs, "seats", &["group_id", "level"]);
    assert_eq!((seats.len(), distinct(&seats)), (8, 8));
}

#[test]
fn what_takes_parents_in_turn_does_not_differ_from_what_drives() {
    let mut pairs = members(10, &["group_id", "level"]);
    pairs.relations[1].parent = "users";
    pairs.differ = vec![vec!["user_id", "group_id"]];
    let rows_of = |defs: &Vec<TableDef>| rows(defs.clone(), "members", &["user_id", "group_id", "level"]);
    let defs = with_parents(12, 1, pairs);
    assert!(rows_of(&defs).iter().all(|row| row[0] != row[1]));
    let mut driven = defs;
    driven[2].count = None;
    driven[2].relations[0].with = Some(With::from(2));
    assert_eq!(
        mistake(driven),
        "`members.group_id`: the column differs together with others, which takes parents in turn, and cannot at the same time \
         differ from `user_id`; leave `differ` out, or let `unique` name both"
    );
}
