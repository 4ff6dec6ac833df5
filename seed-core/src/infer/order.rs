//! Which columns come after which.

/// Columns that come after another column of their row, where the table has one of those names:
/// `(later, earlier)`.
pub const FOLLOWS: &[(&[&str], &[&str])] = &[
    (
        &[
            "updated_at",
            "modified_at",
            "last_login_at",
            "deleted_at",
            "archived_at",
            "published_at",
            "ended_at",
            "finished_at",
            "completed_at",
            "shipped_at",
            "paid_at",
            "expires_at",
            "closed_at",
            "cancelled_at",
            "confirmed_at",
        ],
        &["created_at", "inserted_at"],
    ),
    (&["updated_on", "deleted_on", "shipped_on", "closed_on"], &["created_on"]),
    (&["ended_at", "ends_at", "finished_at", "completed_at", "stopped_at"], &["started_at", "starts_at"]),
    (&["ends_on", "end_date"], &["starts_on", "start_date"]),
    (&["shipped_at", "delivered_at"], &["ordered_at"]),
    (&["delivered_at"], &["shipped_at"]),
];

/// Columns that are not before their parent row's column of the same name.
pub const BIRTHS: &[&str] = &["created_at", "inserted_at", "created_on"];
