//! Which columns come after which.

/// Columns that come after another column of their row, where the table has one of those names:
/// `(later, earlier)`.
#[rustfmt::skip]
pub const FOLLOWS: &[(&[&str], &[&str])] = &[
    (
        &[
            "updated_at", "modified_at", "last_login_at", "last_login", "last_seen_at", "last_seen", "deleted_at", "archived_at", "published_at",
            "placed_at", "ordered_at", "ended_at", "finished_at", "completed_at", "shipped_at", "delivered_at", "paid_at", "refunded_at", "expires_at",
            "closed_at", "resolved_at", "cancelled_at", "canceled_at", "confirmed_at", "approved_at", "accepted_at", "rejected_at", "verified_at",
            "email_verified_at", "processed_at", "sent_at", "read_at",
        ],
        &["created_at", "inserted_at"],
    ),
    (&["updated_on", "deleted_on", "shipped_on", "closed_on", "ended_on", "finished_on"], &["created_on"]),
    (&["last_login_at", "last_login", "last_seen_at", "last_seen", "deleted_at"], &["joined_at", "signed_up_at", "registered_at"]),
    (
        &["paid_at", "shipped_at", "delivered_at", "completed_at", "closed_at", "cancelled_at", "canceled_at", "refunded_at", "deleted_at"],
        &["placed_at", "ordered_at"],
    ),
    (&["read_at"], &["sent_at"]),
    (&["shipped_at", "refunded_at"], &["paid_at"]),
    (&["delivered_at"], &["shipped_at", "paid_at"]),
    (
        &["ended_at", "ends_at", "end_at", "finished_at", "completed_at", "stopped_at", "closed_at", "cancelled_at", "canceled_at", "deleted_at"],
        &["started_at", "starts_at", "start_at"],
    ),
    (&["ended_on", "ends_on", "finished_on", "end_date"], &["started_on", "starts_on", "start_date"]),
    (&["end_time", "ends_at"], &["start_time"]),
    (&["edited_at", "deleted_at"], &["posted_at"]),
    (&["closes_at", "closed_at"], &["opens_at", "opened_at"]),
    (&["closes_on", "closed_on"], &["opens_on", "opened_on"]),
    (&["arrives_at", "arrived_at"], &["departs_at", "departed_at"]),
    (&["arrival_time", "arrival_at", "arrival_date"], &["departure_time", "departure_at", "departure_date"]),
    (
        &["check_out", "check_out_at", "check_out_on", "check_out_date", "checked_out_at", "checkout", "checkout_at", "checkout_date"],
        &["check_in", "check_in_at", "check_in_on", "check_in_date", "checked_in_at", "checkin", "checkin_at", "checkin_date"],
    ),
    (&["valid_to", "valid_until"], &["valid_from"]),
    (&["available_to", "available_until"], &["available_from"]),
    (&["active_to", "active_until"], &["active_from"]),
    (&["effective_to", "effective_until"], &["effective_from"]),
    (&["effective_to", "expires_on", "expiry_date"], &["effective_on", "effective_date", "issued_on", "issue_date"]),
    (&["expires_at"], &["issued_at", "starts_at", "started_at"]),
    (&["due_on", "due_date", "paid_on"], &["issued_on", "issue_date", "invoice_date"]),
];

/// Columns that are not before a column of their parent row: that of the same name, or else the first of these that the
/// parent has: `(child's, parent's)`.
#[rustfmt::skip]
pub const BIRTHS: &[(&[&str], &[&str])] = &[
    (
        &[
            "created_at", "inserted_at", "placed_at", "ordered_at", "started_at", "posted_at", "joined_at", "signed_up_at", "registered_at", "opened_at",
        ],
        &["created_at", "inserted_at"],
    ),
    (&["paid_at", "shipped_at", "delivered_at", "refunded_at"], &["placed_at", "ordered_at", "created_at", "inserted_at"]),
    (&["created_on", "ordered_on", "started_on", "joined_on"], &["created_on"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_comes_after_itself() {
        fn comes_after(name: &str, path: &mut Vec<&'static str>) {
            for (_, earlier) in FOLLOWS.iter().filter(|(later, _)| later.contains(&name)) {
                for &earlier in *earlier {
                    assert!(!path.contains(&earlier), "{path:?}, {earlier}");
                    path.push(earlier);
                    comes_after(earlier, path);
                    path.pop();
                }
            }
        }
        for &name in FOLLOWS.iter().flat_map(|(later, _)| *later) {
            comes_after(name, &mut vec![name]);
        }
    }
}
