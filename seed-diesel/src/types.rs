#![doc = include_str!("types.md")]

// Values of the types that Diesel owns: each in a file of its backend.

#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod pg;

/// Who implements [`Value`](crate::Value) for the types that Diesel owns: `PgMoney`, `PgInterval`, `PgNumeric`, `PgDate`, `PgTime`,
/// `PgTimestamp`, `PgLsn`, `MysqlTime`, and with the feature `jiff` the types of `jiff-diesel`.
///
/// ```
/// # #[cfg(feature = "postgres")] {
/// use diesel::data_types::PgMoney;
/// use seed_diesel::{BoxGenerator, Hint, Value};
///
/// // Nobody has to name it: there is but one implementation.
/// let _: BoxGenerator<Option<PgMoney>> = Value::<_>::infer(&Hint::new("orders", "total"));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Diesel {}
