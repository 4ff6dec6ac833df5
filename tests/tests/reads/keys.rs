//! Keys of every kind, and NULL in place of them.

use seed_diesel::Seedable;

use super::Db;
use crate::models::*;

fn ids(read: Vec<(Account, Vec<Transfer>)>) -> Vec<(i64, Vec<i64>)> {
    read.iter().map(|(account, transfers)| (account.id.0, transfers.iter().map(|row| row.id).collect())).collect()
}

#[test]
fn a_key_may_be_a_newtype() {
    let mut db = Db::with(ACCOUNTS);
    let read = ids(Account::with(transfers::account_id).load(&mut db.conn).unwrap());
    assert_eq!(read, [(-1, vec![]), (7, vec![1, 4]), (8, vec![]), (5_000_000_000, vec![3])]);
}

#[test]
fn a_foreign_key_may_reference_another_column_than_the_key() {
    let mut db = Db::with(ACCOUNTS);
    // NULL references nothing, not even NULL.
    let read = ids(Account::with(transfers::iban).load(&mut db.conn).unwrap());
    assert_eq!(read, [(-1, vec![]), (7, vec![2, 4]), (8, vec![]), (5_000_000_000, vec![1])]);
}
