//! Keys that only PostgreSQL stores as what they are.

use super::Db;

family! { of_uuids, "UUID", [Uuid], [uuid::Uuid] }
