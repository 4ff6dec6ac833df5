//! Self references of a shape, popular parents, parents that differ.

use seed_core::Tree;

use super::*;

fn staff(rows: u64, field: Field, tree: Tree) -> Vec<TableDef> {
    let mut staff = table("staff", rows, vec![column("id"), field]);
    staff.relations[0].tree = Some(tree);
    vec![staff]
}

#[test]
fn a_tree_has_its_roots_and_branches() {
    let tree = Tree::Roots { roots: 0.1, branching: With::from(4) };
    let optional = columns(staff(1_000, nullable(references("boss_id", "staff")), tree.clone()));
    let boss = |row| optional[&("staff", "boss_id")].nullable(row);
    let mut reports = vec![0; 1_000];
    (0..1_000).filter_map(boss).for_each(|boss| reports[boss as usize - 1] += 1);
    assert_eq!((0..1_000).filter(|&row| boss(row).is_none()).count(), 100);
    assert_eq!((reports[..225].iter().min(), reports.iter().max()), (Some(&4), Some(&4)));
    assert!((0..1_000).all(|row| boss(row).is_none_or(|boss| boss <= row as i64)));

    let required = columns(staff(1_000, references("boss_id", "staff"), tree));
    let own = (0..1_000).filter(|&row| required[&("staff", "boss_id")].value(row) == row as i64 + 1);
    assert_eq!(own.count(), 100, "a root that must have a boss is its own");
}

#[test]
fn a_tree_of_a_depth_has_so_many_levels() {
    let tree = Tree::Depth { depth: 4, branching: 3 };
    let columns = columns(staff(400, nullable(references("boss_id", "staff")), tree));
    let level = |row: u64| {
        std::iter::successors(Some(row), |&row| columns[&("staff", "boss_id")].nullable(row).map(|id| id as u64 - 1))
            .count()
    };
    assert_eq!((0..400).map(level).max(), Some(4));
    assert_eq!((0..400).filter(|&row| level(row) == 1).count(), 10);
}

#[test]
fn a_tree_grows_only_on_a_self_reference_that_is_not_unique() {
    let tree = || Some(Tree::Depth { depth: 2, branching: 2 });
    let mut posts = table("posts", 5, vec![column("id"), references("user_id", "users")]);
    posts.relations[0].tree = tree();
    assert_eq!(
        mistake(vec![table("users", 5, vec![column("id")]), posts]),
        "`posts.user_id`: `tree` is the shape of a self reference, and this one leads to `users`; leave it out"
    );
    let mut chain = table("steps", 5, vec![column("id"), unique(nullable(references("before_id", "steps")))]);
    chain.relations[0].tree = tree();
    assert_eq!(
        mistake(vec![chain]),
        "`steps.before_id`: the column is unique, so no row has two children; leave `tree` out"
    );
    let none = Tree::Roots { roots: 0.0, branching: With::from(1) };
    assert_eq!(
        mistake(staff(5, references("boss_id", "staff"), none)),
        "`staff.boss_id`: `roots = 0` is no share of roots; write a number above 0.0, up to 1.0"
    );
}

fn posts(zipf: f64) -> Vec<TableDef> {
    let mut posts = table("posts", 20_000, vec![column("id"), references("user_id", "users")]);
    posts.relations[0].zipf = Some(zipf);
    vec![table("users", 1_000, vec![column("id")]), posts]
}

fn children(defs: Vec<TableDef>, rows: u64, parents: usize) -> Vec<u64> {
    let columns = columns(defs);
    let mut children = vec![0; parents];
    (0..rows).for_each(|row| children[columns[&("posts", "user_id")].value(row) as usize - 1] += 1);
    children
}

#[test]
fn popular_parents_have_their_ranks() {
    let children = children(posts(1.0), 20_000, 1_000);
    let mut ranked = children.clone();
    ranked.sort_by(|one, other| other.cmp(one));
    // 20,000 rows, of which rank 1 has one in H(1,000) = 7.485.
    assert!((2_550..2_800).contains(&ranked[0]), "{}", ranked[0]);
    assert!((1_250..1_450).contains(&ranked[1]), "{}", ranked[1]);
    assert!((230..310).contains(&ranked[9]), "{}", ranked[9]);
    assert!(children[0] < 1_000, "the first row is not the most popular one");
}

#[test]
fn a_run_says_which_parents_are_popular_in_place_of_the_model() {
    let mut overrides = Overrides::default();
    overrides.table_mut("posts").zipf.insert("user_id".to_owned(), 0.0);
    let plan = Plan::new(42, posts(2.0), &overrides).unwrap();
    let relation = &plan.find("posts").unwrap().relations[0];
    let mut children = vec![0; 1_000];
    (0..20_000).filter_map(|row| relation.parent(row)).for_each(|parent| children[parent as usize] += 1);
    assert!(children.iter().all(|children| (2..60).contains(children)));
    assert_eq!(relation.to_string(), "any, some more often than others");
}

#[test]
fn what_cannot_be_popular() {
    let with = |set: fn(&mut TableDef)| {
        let mut defs = posts(1.0);
        set(&mut defs[1]);
        mistake(defs)
    };
    assert_eq!(
        with(|posts| posts.relations[0].zipf = Some(-1.0)),
        "`posts.user_id`: `-1` is no exponent; write a finite number of at least 0"
    );
    assert_eq!(
        with(|posts| posts.columns[1].unique = true),
        "`posts.user_id`: the column is unique, so each parent has one child at most; leave `zipf` out"
    );
    assert_eq!(
        with(|posts| posts.relations[0].with = Some(With::from(2))),
        "`posts.user_id`: `with` says how many children each parent gets, and `zipf` draws them; keep one of the two"
    );
}

fn matches(home: Field, differ: bool) -> Vec<TableDef> {
    let fields = vec![column("id"), home, references("guest_id", "teams"), nullable(references("referee_id", "teams"))];
    let differ = if differ { vec![vec!["home_id", "guest_id", "referee_id"]] } else { Vec::new() };
    vec![table("teams", 4, vec![column("id")]), TableDef { differ, ..table("matches", 4_000, fields) }]
}

#[test]
fn a_with_of_the_run_stands_in_place_of_popular_parents() {
    let mut overrides = Overrides::default();
    overrides.table_mut("posts").with.insert("user_id".to_owned(), With::from(2));
    let plan = Plan::new(42, posts(1.0), &overrides).unwrap();
    assert_eq!(plan.find("posts").unwrap().relations[0].to_string(), "in order");
}

#[test]
fn rows_of_one_table_differ_where_they_should() {
    let same = |differ, home| {
        let columns = columns(matches(home, differ));
        let team = |name, row| columns[&("matches", name)].nullable(row);
        let mut used = BTreeSet::new();
        let same = (0..4_000)
            .filter(|&row| {
                let teams = ["home_id", "guest_id", "referee_id"].map(|name| team(name, row));
                used.insert(teams);
                let [home, guest, referee] = teams;
                home == guest || home == referee || guest == referee
            })
            .count();
        (same, used.len())
    };
    let (same_by_chance, _) = same(false, references("home_id", "teams"));
    assert!(same_by_chance > 1_500, "{same_by_chance} of 4,000");
    // 4 * 3 * 2 of three teams, and 4 * 3 without a referee.
    assert_eq!(same(true, references("home_id", "teams")), (0, 36));
    assert_eq!(same(true, with(1_000, references("home_id", "teams"))), (0, 36));
}

#[test]
fn too_few_rows_to_differ() {
    let mut defs = matches(references("home_id", "teams"), true);
    defs[0].count = Some(2);
    assert_eq!(
        mistake(defs),
        "`matches.referee_id`: each row needs 3 different rows of `teams`, and there are 2; give `teams` a higher count"
    );
}

#[test]
fn friends_are_pairs_of_two() {
    let friends = |with: Option<With>| {
        let mut friends = table("friends", 90, vec![references("user_id", "users"), references("friend_id", "users")]);
        friends.primary_key = vec!["user_id", "friend_id"];
        friends.differ = vec![vec!["user_id", "friend_id"]];
        friends.relations[0].with = with;
        vec![table("users", 10, vec![column("id")]), friends]
    };
    for with in [None, Some(With::from(9))] {
        let columns = columns(friends(with));
        let pair = |row| (columns[&("friends", "user_id")].value(row), columns[&("friends", "friend_id")].value(row));
        let pairs: BTreeSet<(i64, i64)> = (0..90).map(pair).collect();
        assert_eq!(pairs.len(), 90, "all of the 10 * 9 pairs");
        assert!(pairs.iter().all(|(user, friend)| user != friend));
    }
    let mut too_many = friends(None);
    too_many[1].count = Some(91);
    assert!(mistake_in_columns(too_many).contains("there are 90 combinations, but 91 are needed"));
}

#[test]
fn what_cannot_differ() {
    let mut defs = matches(references("home_id", "matches"), true);
    assert!(mistake(defs.clone()).contains("`matches.home_id`: "), "{}", mistake(defs));
    defs = matches(references("home_id", "grounds"), true);
    defs.push(table("grounds", 4, vec![column("id")]));
    assert!(mistake(defs.clone()).contains("`differ` tells rows of one table apart"), "{}", mistake(defs));
    defs = matches(references("home_id", "teams"), true);
    defs[1].count = Some(3);
    defs[1].columns[2].unique = true;
    assert!(plan(defs.clone()).is_ok(), "the others differ from it");
    defs[1].columns[1].unique = true;
    assert_eq!(
        mistake(defs),
        "`matches.guest_id`: the column is unique, so its parents are given out in turn; let the others differ from it \
         instead, which are drawn"
    );
}
