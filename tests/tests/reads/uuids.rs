//! Keys of a type that only PostgreSQL has.

use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};
use uuid::Uuid;

use super::Db;

diesel::table! {
    devices (id) {
        id -> Uuid,
    }
}

diesel::table! {
    signals (id) {
        id -> Uuid,
        device_id -> Uuid,
    }
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
struct Device {
    id: Uuid,
}

#[derive(Debug, PartialEq, Queryable, Selectable, Identifiable, Associations, Seedable)]
#[diesel(belongs_to(Device))]
struct Signal {
    id: Uuid,
    #[seed(with = 0..=3)]
    device_id: Uuid,
}

#[test]
fn a_key_may_be_a_uuid() {
    let mut db = Db::with(
        "CREATE TABLE devices (id UUID PRIMARY KEY);
         CREATE TABLE signals (id UUID PRIMARY KEY, device_id UUID NOT NULL REFERENCES devices);",
    );
    seed(&mut db.conn, models![Device, Signal]).run().unwrap();
    let read: Vec<(Device, Vec<Signal>)> = Device::with(signals::device_id).load(&mut db.conn).unwrap();
    assert_eq!(read.len(), 10);
    assert!(read.is_sorted_by_key(|(device, _)| device.id));
    for (device, signals) in &read {
        let of_device = signals::table.filter(signals::device_id.eq(device.id)).order(signals::id);
        assert_eq!(*signals, of_device.select(Signal::as_select()).load(&mut db.conn).unwrap());
    }
    let children: usize = read.iter().map(|(_, signals)| signals.len()).sum();
    assert_eq!(db.number("SELECT count(*) FROM signals"), children as i64);
}
