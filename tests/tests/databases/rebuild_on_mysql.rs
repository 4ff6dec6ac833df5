//! On MySQL and MariaDB everything stays on.

use seed_diesel::RebuildConstraints::Always;
use seed_diesel::{Error, models, seed};

use super::failures::{assert_nothing_is_left, with_accounts};
use crate::models::{Account, Team};

#[test]
fn constraints_are_not_rebuilt() {
    let mut db = with_accounts("");
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err();
    assert!(matches!(error, Error::NothingToRebuild { .. }));
    assert_eq!(
        error.to_string(),
        "`--rebuild-constraints` (in code: `.rebuild_constraints(…)`) is not for MySQL, which loads rows as fast with foreign keys \
         and indexes on; leave it out; nothing was changed"
    );
    assert_nothing_is_left(&mut db);
}
