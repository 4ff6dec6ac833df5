//! What is wrong with a plan: one test for each error.

use super::*;

#[test]
fn unknown_table() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sesions").count = Some(1);
    overrides.table_mut("orders").count = Some(1);
    let errors = Plan::new(42, game(), &overrides).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "there is no table `orders` in this run\n\
         there is no table `sesions` in this run; did you mean `sessions`?"
    );
    assert_eq!(errors.iter().count(), 2);
}

#[test]
fn unknown_column() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").with.insert("users_id".to_owned(), With::from(2));
    overrides.table_mut("users").generate::<i32>("shoe_size", Box::new(int::<i32>(30..=50)));
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions` has no column `users_id`; did you mean `user_id`?\n\
         `users` has no column `shoe_size`"
    );
}

#[test]
fn with_needs_a_reference() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").with.insert("created_at".to_owned(), With::from(2));
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions.created_at` has no reference to another table, so `with` cannot count children; add \
         `#[seed(references = parent::id)]` to its field"
    );
}

#[test]
fn with_cannot_count_the_children_of_a_self_reference() {
    let defs = vec![table("staff", None, vec![column("id"), with(2, nullable(references("boss_id", "staff")))])];
    assert_eq!(
        mistake(defs),
        "`staff` references itself through `staff.boss_id`: a row has one parent, so `with` cannot count children"
    );
}

#[test]
fn two_models_of_one_table() {
    let defs = vec![table("users", None, vec![column("id")]), table("users", 3, vec![column("id")])];
    assert_eq!(mistake(defs), "`users` is described by two models of this run; list one of them");
}

#[test]
fn a_shared_key() {
    let people = TableDef { key: "users", ..table("people", None, vec![column("id")]) };
    assert_eq!(
        mistake(vec![table("users", None, vec![column("id")]), people]),
        "`users` and `people` share the key `users`, so their rows would be the same; give one another \
         `#[seed(key = \"…\")]`"
    );
}

#[test]
fn a_shared_key_of_columns() {
    let renamed = set(column("years"), |column| column.key = "age");
    assert_eq!(
        mistake(vec![table("users", None, vec![column("id"), column("age"), renamed])]),
        "`users.years`: the column shares the key `age` with `age`, so both would draw the same values; give one another \
         `#[seed(key = \"…\")]`"
    );
}

#[test]
fn a_missing_parent() {
    let defs = vec![table(
        "sessions",
        None,
        vec![column("id"), references("user_id", "users"), references("device_id", "devices")],
    )];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` references `users`, which is not part of this run, and cannot be NULL; add the model of \
         `users` to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows can be \
         read\n\
         `sessions.device_id` references `devices`, which is not part of this run, and cannot be NULL; add the model of \
         `devices` to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows can \
         be read"
    );
    let driven = vec![table("sessions", None, vec![column("id"), with(5, references("user_id", "users"))])];
    assert_eq!(
        mistake(driven),
        "`sessions.user_id` references `users`, which is not part of this run, and cannot be NULL; add the model of \
         `users` to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows can be \
         read"
    );
    let nullable = vec![table("sessions", None, vec![column("id"), with(5, nullable(references("user_id", "users")))])];
    assert_eq!(
        mistake(nullable),
        "`sessions.user_id`: `with = 5` counts children of `users`, which is not part of this run; add the model of \
         `users` to the list of models"
    );
}

#[test]
fn no_parents() {
    let defs = vec![
        table("users", 0, vec![column("id")]),
        table("sessions", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` needs a row of `users`, which gets none; give `users` a count of 1 or more"
    );
}

#[test]
fn an_unfilled_parent() {
    let defs = vec![
        table("users", None, vec![column("username")]),
        table("sessions", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` references `users.id`, which the model of `users` leaves to the database; give that model the \
         field, without `skip`"
    );
}

#[test]
fn a_table_that_is_driven_twice() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table(
            "posts",
            None,
            vec![column("id"), with(2, references("author_id", "users")), with(3, references("reviewer_id", "users"))],
        ),
    ];
    assert_eq!(
        mistake(defs),
        "the rows of `posts` are driven twice, by `posts.author_id` and by `posts.reviewer_id`; keep `with` on one of them"
    );
}

#[test]
fn a_count_of_a_driven_table() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").count = Some(7);
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions` is given a count of 7, but its rows are driven by `sessions.user_id` (5 each); change the count of \
         `users` or the `with` of `sessions.user_id`"
    );
}

#[test]
fn a_cycle() {
    let defs = vec![
        table("tags", None, vec![column("id")]),
        table("companies", None, vec![column("id"), references("owner_id", "users")]),
        table("users", None, vec![column("id"), references("team_id", "teams")]),
        table("teams", None, vec![column("id"), references("company_id", "companies")]),
        table("posts", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`companies`, `teams` and `users` reference one another (companies.owner_id -> users, users.team_id -> teams, \
         teams.company_id -> companies), and none of these columns can be NULL at first, so no row can be loaded first; make \
         one of the columns nullable, or its constraint DEFERRABLE where the database has that"
    );
}

#[test]
fn too_few_values() {
    let defs = vec![table("levels", 11, vec![column("id"), unique(column("is_hard"))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.infer::<bool, _>("is_hard");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`levels.is_hard` is unique and has 2 values, but 11 are needed; give it more with `#[seed(range = …)]`, \
         `#[seed(values = …)]` or `#[seed(generator = …)]`, or plan fewer rows"
    );
    let error = Error::TooSmall { table: "levels".to_owned(), column: "name".to_owned(), has: 1, needs: 2, there: 0 };
    assert!(error.to_string().contains("has 1 value, but"));
}

#[test]
fn too_few_parents() {
    let defs = vec![
        table("users", 3, vec![column("id")]),
        table("profiles", 4, vec![column("id"), unique(references("user_id", "users"))]),
    ];
    assert_eq!(
        mistake(defs),
        "`profiles.user_id` is unique, so each of 4 rows needs a row of `users` of its own, and there are 3; give `users` a \
         higher count, or plan fewer rows"
    );
}

#[test]
fn values_that_cannot_be_counted() {
    let defs = vec![table("users", 5, vec![column("id"), unique(column("height"))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.draw("height", normal::<f64>(1.7, 0.1));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`users.height` is unique, but the values of its generator cannot be counted; give it a `range`, `values` without \
         weights, a generator that is a `Domain`, or a `value` made from `row`"
    );
}

#[test]
fn a_generator_that_is_set_up_wrongly() {
    struct Nothing;
    impl Domain<i64> for Nothing {
        fn size(&self) -> u64 {
            0
        }
        fn nth(&self, _: u64) -> i64 {
            unreachable!("there is nothing to draw")
        }
    }
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let defs = vec![table("t", 3, names.iter().map(|name| column(name)).chain([unique(column("u"))]).collect())];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let (first, last) = (10, 1);
    build.draw("a", int::<i32>(first..=last));
    build.draw("b", values::<i32, i32>([]));
    build.draw("c", weighted::<i32, i32>([(1, f64::NAN), (2, 1.0)]));
    build.draw("d", weighted::<i32, i32>([(1, 0.0)]));
    build.draw("e", weighted::<i32, i32>([(1, f64::MAX), (2, f64::MAX)]));
    build.draw("f", domain(Nothing));
    build.draw("g", given::<i32>(0, []));
    build.draw("h", float::<f64>(0.0..=f64::INFINITY));
    build.draw("u", values::<String, _>(["x", "y", "x"]));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.a`: the range `10..=1` is empty; write the lower end first\n\
         `t.b`: the list of values is empty\n\
         `t.c`: the weight `NaN` is no number of 0 or more\n\
         `t.d`: the weights add up to nothing; at least one must be above 0\n\
         `t.e`: the weights add up to more than a float can hold; write smaller ones\n\
         `t.f`: the generator has no values to draw from\n\
         `t.g`: no values are given\n\
         `t.h`: the range from `0` to `inf` has no finite width\n\
         `t.u`: the column is unique, but `x` is among its values twice; write it once"
    );
}

#[test]
fn after_an_unrelated_table() {
    let defs = vec![
        table("users", None, vec![column("id"), column("created_at")]),
        table("events", None, vec![column("id"), set(column("at"), |column| column.after = true)]),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.begin(1);
    let at = build.infer::<i64, _>("at");
    build.after_parent("at", &at, "users", "created_at");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`events.at` is to come after `users.created_at`, but `events` has no reference to `users`; add \
         `#[seed(references = users::id)]` to the field that holds it"
    );
}

#[test]
fn too_many_rows() {
    let message = "would get more than 2^62 rows; lower its count, or that of its parents and their `with`";
    let defs = |count: u64, each: u64| {
        vec![
            table("users", count, vec![column("id")]),
            table("posts", None, vec![column("id"), with(each, references("user_id", "users"))]),
        ]
    };
    assert_eq!(mistake(defs(u64::MAX, 1)), format!("`users` {message}"));
    assert_eq!(mistake(defs(1 << 40, 1 << 23)), format!("`posts` {message}"));
    assert_eq!(mistake(defs(3, u64::MAX)), format!("`posts` {message}"));
    assert!(plan(defs(1 << 40, 1 << 22)).is_ok());
}

#[test]
fn a_with_that_is_set_up_wrongly() {
    let defs = |each: With| {
        vec![
            table("users", 1 << 40, vec![column("id")]),
            table("posts", None, vec![column("id"), with(each, references("user_id", "users"))]),
        ]
    };
    let (most, least) = (5, 1);
    assert_eq!(
        mistake(defs(With::from(most..=least))),
        "`posts.user_id`: `with = 5..=1` is an empty range; write the lower number first"
    );
    assert_eq!(
        mistake(defs(With::weighted([]))),
        "`posts.user_id`: `with`: the weights add up to nothing; at least one must be above 0"
    );
    assert_eq!(
        mistake(defs(With::weighted([Share::new(-1.0, 1)]))),
        "`posts.user_id`: `with`: the weight `-1` is no number of 0 or more"
    );
    assert_eq!(
        mistake(defs(With::from(0..=u64::MAX))),
        "`posts.user_id`: `with = 0..=18446744073709551615` reaches beyond 2^62 children; write a lower number"
    );
    assert_eq!(
        mistake(defs(With::from(0..=2))),
        "`posts.user_id`: `with = 0..=2` is drawn for each row of `users`, which has 1099511627776, more than 2^32; write \
         one number"
    );
}

#[test]
fn a_unique_foreign_key_has_one_child_at_most() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table("profiles", None, vec![column("id"), with(0..=2, unique(references("user_id", "users")))]),
    ];
    assert_eq!(
        mistake(defs),
        "`profiles.user_id`: the column is unique, so a row of `users` has one child at most, not 0..=2; write `with = 1`, \
         or `with = 0..=1` where some have none"
    );
}

#[test]
fn mistakes_of_several_tables_are_reported_together_but_not_what_follows_from_them() {
    let defs = vec![
        table("users", u64::MAX, vec![column("id")]),
        table("posts", None, vec![column("id"), references("user_id", "users"), references("forum_id", "forums")]),
        table("tags", None, vec![column("id"), references("color_id", "colors")]),
    ];
    assert_eq!(
        mistake(defs),
        "`users` would get more than 2^62 rows; lower its count, or that of its parents and their `with`\n\
         `tags.color_id` references `colors`, which is not part of this run, and cannot be NULL; add the model of `colors` \
         to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows can be read"
    );
}

#[test]
fn a_reference_of_another_type() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table("posts", None, vec![column("id"), references("user_id", "users")]),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.begin(1);
    build.infer::<i32, _>("id");
    build.refer::<i64>("user_id");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`posts.user_id`: the field's type `i64` is not that of `users.id`; give both fields the same Rust type"
    );
}

#[test]
fn a_generator_of_another_type_is_no_panic() {
    let mut overrides = Overrides::default();
    overrides.table_mut("t").generate::<String>("n", Box::new(constant("x".to_owned())));
    let plan = Plan::new(42, vec![table("t", 1, vec![column("n")])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i64, _>("n");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.n`: the run's generator does not make values of type `i64`"
    );
}

#[test]
fn a_column_that_references_itself() {
    let itself = |name, column| relation(name, "t", column);
    assert_eq!(
        mistake(vec![table("t", None, vec![itself("id", "id")])]),
        "`t.id`: the column takes its value from itself; let it reference a column of `t` that has values of its own"
    );
    let circle = vec![table("t", None, vec![column("id"), itself("a", "b"), itself("b", "a"), itself("c", "a")])];
    assert_eq!(
        mistake(circle),
        "`t.a`: the column takes its value from itself; let it reference a column of `t` that has values of its own\n\
         `t.b`: the column takes its value from itself; let it reference a column of `t` that has values of its own"
    );
}

#[test]
fn after_is_said_once_and_not_of_a_unique_column() {
    let after = |column| set(column, |column| column.after = true);
    let defs = vec![table("t", 5, vec![column("a"), after(column("b")), after(unique(column("c")))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let [a, b, c] = ["a", "b", "c"].map(|name| build.infer::<i64, _>(name));
    build.after(&b, &a);
    build.after(&b, &a);
    build.after(&c, &a);
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.b`: the column comes `after` two others; keep one of them\n\
         `t.c`: the column is unique, and `after` would move values together; keep one of them"
    );
}

#[test]
fn what_the_database_may_know_better() {
    let sessions = || table("sessions", None, vec![column("id"), references("user_id", "users")]);
    let counted = with(2, nullable(references("user_id", "users")));
    let profiles = table("profiles", None, vec![column("id"), counted]);
    let mut overrides = Overrides::default();
    let open = Plan::new(42, vec![sessions(), profiles], &overrides).unwrap_err();
    assert_eq!((open.iter().count(), open.whatever_the_database_holds()), (2, None));

    overrides.table_mut("sessions").count = Some(u64::MAX);
    let both = Plan::new(42, vec![sessions(), table("tags", u64::MAX, vec![column("id")])], &overrides).unwrap_err();
    let left = both.whatever_the_database_holds().unwrap();
    assert!(left.iter().all(|error| matches!(error, Error::TooManyRows { .. })), "{left}");
}
