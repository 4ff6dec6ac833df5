//! Keys of every kind, and NULL in place of them.

use seed_diesel::Seedable;

use super::Db;
use crate::models::*;

const ACCOUNTS: &str = "
    CREATE TABLE accounts (id BIGINT NOT NULL PRIMARY KEY, iban VARCHAR(20) UNIQUE);
    CREATE TABLE transfers (id BIGINT NOT NULL PRIMARY KEY, account_id BIGINT, iban VARCHAR(20),
        FOREIGN KEY (account_id) REFERENCES accounts (id), FOREIGN KEY (iban) REFERENCES accounts (iban));
    INSERT INTO accounts (id, iban) VALUES (5000000000, 'DE02'), (-1, NULL), (7, 'FR14'), (8, NULL);
    INSERT INTO transfers (id, account_id, iban) VALUES
        (1, 7, 'DE02'), (2, NULL, 'FR14'), (3, 5000000000, NULL), (4, 7, 'FR14'), (5, NULL, NULL);";

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
