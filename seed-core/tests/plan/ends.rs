//! The last rows, and those of fixtures.

use super::*;

#[test]
fn the_last_rows_of_the_largest_tables_can_be_made() {
    let rows = 1 << 62;
    let defs = vec![
        table("users", rows, vec![column("id"), unique(column("badge")), column("age")]),
        table("profiles", rows, vec![column("id"), unique(references("user_id", "users"))]),
        table("posts", None, vec![column("id"), with(1, references("user_id", "users"))]),
        table("staff", rows, vec![column("id"), nullable(references("boss_id", "staff"))]),
    ];
    assert_eq!(plan(defs.clone()).unwrap().rows(), u64::MAX, "as many as can be said");
    let columns = columns(defs);
    for row in rows - 20..rows {
        let value = |table, column| columns[&(table, column)].nullable(row);
        assert_eq!(value("users", "id"), Some(row as i64 + 1));
        assert!(value("users", "badge") > Some(0));
        assert!((Some(18)..=Some(90)).contains(&value("users", "age")));
        assert_eq!(value("posts", "user_id"), Some(row as i64 + 1));
        assert!((Some(1)..=Some(rows as i64)).contains(&value("profiles", "user_id")));
        assert!(value("staff", "boss_id") <= Some(row as i64));
    }
}

#[test]
fn a_column_can_be_asked_for_rows_far_beyond_its_count() {
    let defs = vec![
        table("users", 12, vec![column("id"), unique(column("badge")), column("age")]),
        table("profiles", 12, vec![column("id"), unique(references("user_id", "users"))]),
        table("posts", 12, vec![column("id"), references("user_id", "users")]),
        table("staff", 12, vec![column("id"), nullable(references("boss_id", "staff"))]),
    ];
    for ((table, name), column) in columns(defs) {
        for row in [12, 1 << 31, 1 << 62, u64::MAX] {
            assert!(column.nullable(row).is_none_or(|value| value >= 0), "{table}.{name}");
        }
    }
}

#[test]
fn the_keys_of_a_narrow_type_run_out() {
    let levels = |rows| {
        let mut overrides = Overrides::default();
        let plan = Plan::new(42, vec![table("levels", rows, vec![column("id")])], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let ids = build.infer::<i8, _>("id");
        assert!(ids.is_serial());
        build.finish().map(|_| ids.value(rows - 1)).map_err(|errors| errors.to_string())
    };
    assert_eq!(levels(127), Ok(127));
    assert!(levels(128).unwrap_err().starts_with("`levels.id` is unique and has 127 values, but 128 are needed"));
}

#[test]
fn a_fixture_starts_anywhere() {
    for (first, used, rows) in [(0, 0, 3), (1 << 40, 7, 3), (u64::MAX - 3, u64::MAX, 3)] {
        let def = table("users", None, vec![column("id"), references("team_id", "teams"), column("age")]);
        let plan = Plan::fixture(42, def, first, used, rows, BTreeMap::new());
        let mut overrides = Overrides::default();
        overrides.table_mut("users").generate::<i64>("team_id", Box::new(given(first, [5_i64, 6, 7])));
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let (id, team, age) =
            (build.infer::<i64, _>("id"), build.refer::<i64>("team_id"), build.infer::<i64, _>("age"));
        let built = build.finish();
        if used == u64::MAX {
            // There are not so many keys.
            assert!(built.is_err());
            continue;
        }
        built.unwrap();
        let rows: Vec<_> = (first..first + 3).map(|row| (id.value(row), team.value(row), age.value(row))).collect();
        assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [5, 6, 7]);
        assert_eq!(rows.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), 3);
    }
}

/// A generator of a run is checked as that of a model is.
#[test]
fn a_generator_of_the_run_must_be_countable_for_a_unique_column() {
    struct Odd;
    impl Generator<i64> for Odd {
        fn value(&self, cell: &Cell) -> i64 {
            cell.stream().below(5) as i64 * 2 + 1
        }
    }
    let mut overrides = Overrides::default();
    overrides.table_mut("t").generate::<i64>("n", Box::new(Odd));
    let plan = Plan::new(42, vec![table("t", 3, vec![unique(column("n"))])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i64, _>("n");
    let errors = build.finish().unwrap_err();
    assert!(matches!(errors.iter().next(), Some(Error::NotCountable { .. })));
}
