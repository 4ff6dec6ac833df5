//! The table of inference: a column's name and type → what is made for it.
//!
//! [`RULES`] is read from top to bottom; the first rule whose kind, column and table all fit
//! decides, and [`Recipe::Plain`] stands where none does. Names are compared in lower case. A `*`
//! stands for any text, also none.
//!
//! Only names and types of the column itself and of its table count, never what other columns
//! there are: a new column leaves every other cell as it was.
//!
//! ```
//! use seed_core::infer::{Recipe, recipe};
//! use seed_core::Kind;
//!
//! assert_eq!(recipe("users", "email", Kind::Text), Recipe::Email);
//! assert_eq!(recipe("profiles", "title", Kind::Text), Recipe::JobTitle);
//! assert_eq!(recipe("posts", "title", Kind::Text), Recipe::Title);
//! assert_eq!(recipe("posts", "whatever", Kind::Integer), Recipe::Plain);
//! ```
//!
//! Where a guess is wrong, the field says better: `#[seed(values = …)]`, `range`, `fake`,
//! `generator` or `value`. Known to guess wrong: `state` of a process (it is taken for a place),
//! `address` of a computer (for a street), `middle_name` (for a name of a thing), `score` of a thing
//! other than a game.

pub use crate::recipe::Recipe;
use crate::value::{Hint, Kind};

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The type's family.
    pub kind: Kind,
    /// Names of columns, of which one must fit.
    pub columns: &'static [&'static str],
    /// Names of tables, of which one must fit; none means any table.
    pub tables: &'static [&'static str],
    /// What is made.
    pub recipe: Recipe,
}

// What a table's rows are stands at the end of its name: `team_members`, but `user_groups`.

#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "*user", "*users", "*profile", "*profiles", "*person", "*persons", "*people", "*employee", "*employees",
    "*customer", "*customers", "*contact", "*contacts", "*author", "*authors", "*member", "*members", "*patient",
    "*patients", "*student", "*students", "*teacher", "*teachers", "*client", "*clients", "*staff", "*guest", "*guests",
    "*player", "*players", "*actor", "*actors", "*artist", "*artists",
];
#[rustfmt::skip]
const COMPANIES: &[&str] = &[
    "*company", "*companies", "*organisation", "*organisations", "*organization", "*organizations", "*supplier",
    "*suppliers", "*vendor", "*vendors", "*employer", "*employers",
];
const CITIES: &[&str] = &["*city", "*cities", "*town", "*towns"];
const STATES: &[&str] = &["*state", "*states", "*province", "*provinces", "*region", "*regions"];
const COUNTRIES: &[&str] = &["*country", "*countries"];

const fn rule(kind: Kind, columns: &'static [&'static str], recipe: Recipe) -> Rule {
    Rule { kind, columns, tables: &[], recipe }
}

const fn of(tables: &'static [&'static str], kind: Kind, columns: &'static [&'static str], recipe: Recipe) -> Rule {
    Rule { kind, columns, tables, recipe }
}

/// The table of inference, in the order in which it is read.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    // Text: people
    rule(Kind::Text, &["username", "user_name", "login", "nickname", "nick", "handle", "screen_name"], Recipe::Username),
    rule(Kind::Text, &["email", "e_mail", "*_email", "email_address", "mail"], Recipe::Email),
    rule(Kind::Text, &["first_name", "firstname", "given_name", "forename"], Recipe::FirstName),
    rule(Kind::Text, &["last_name", "lastname", "surname", "family_name"], Recipe::LastName),
    rule(Kind::Text, &["full_name", "fullname", "display_name", "author_name", "contact_name", "customer_name"], Recipe::FullName),
    rule(Kind::Text, &["job", "job_title", "occupation", "profession", "position"], Recipe::JobTitle),
    of(PEOPLE, Kind::Text, &["title"], Recipe::JobTitle),
    of(PEOPLE, Kind::Text, &["name"], Recipe::FullName),
    rule(Kind::Text, &["phone", "phone_number", "*_phone", "mobile", "telephone", "fax"], Recipe::Phone),

    // Text: places and companies
    rule(Kind::Text, &["city", "town", "*_city", "city_name"], Recipe::City),
    rule(Kind::Text, &["country_code", "country_iso", "*_country_code"], Recipe::CountryCode),
    rule(Kind::Text, &["country", "*_country", "country_name"], Recipe::Country),
    rule(Kind::Text, &["state", "province", "region", "*_state", "state_name"], Recipe::State),
    of(CITIES, Kind::Text, &["name"], Recipe::City),
    of(STATES, Kind::Text, &["name"], Recipe::State),
    of(COUNTRIES, Kind::Text, &["name"], Recipe::Country),
    of(COUNTRIES, Kind::Text, &["code", "iso", "iso_code"], Recipe::CountryCode),
    rule(Kind::Text, &["zip", "zip_code", "zipcode", "postcode", "postal_code", "post_code", "*_zip", "*_postcode", "*_postal_code"], Recipe::Postcode),
    rule(Kind::Text, &["street", "street_address", "address", "address_line*", "*_address1", "address1"], Recipe::Street),
    of(COMPANIES, Kind::Text, &["name"], Recipe::Company),
    rule(Kind::Text, &["company", "company_name", "organization", "organisation", "employer", "vendor", "supplier"], Recipe::Company),

    // Text: technical
    rule(Kind::Text, &["ip", "ip_address", "ip_addr", "*_ip"], Recipe::IpAddress),
    rule(Kind::Text, &["password_hash", "password", "encrypted_password", "hashed_password", "password_digest"], Recipe::PasswordHash),
    rule(Kind::Text, &["uuid", "guid", "*_uuid"], Recipe::Uuid),
    rule(Kind::Text, &["token", "*_token", "api_key", "secret", "*_secret", "hash", "*_hash", "checksum", "digest", "nonce"], Recipe::Token),
    rule(Kind::Text, &["url", "*_url", "uri", "link", "website", "homepage", "href", "avatar", "image", "photo", "picture", "thumbnail", "icon"], Recipe::Url),
    rule(Kind::Text, &["slug", "*_slug", "permalink"], Recipe::Slug),
    rule(Kind::Text, &["file_name", "filename", "file", "path", "*_path"], Recipe::FileName),
    rule(Kind::Text, &["mime", "mime_type", "content_type", "media_type"], Recipe::MimeType),
    rule(Kind::Text, &["color", "colour", "*_color", "*_colour"], Recipe::Color),
    rule(Kind::Text, &["currency", "currency_code"], Recipe::Currency),
    rule(Kind::Text, &["locale", "language", "lang", "language_code"], Recipe::Locale),
    rule(Kind::Text, &["timezone", "time_zone", "tz"], Recipe::TimeZone),
    rule(Kind::Text, &["version", "*_version"], Recipe::Version),
    rule(Kind::Text, &["sku", "product_code", "part_number", "serial_number", "code", "*_code", "reference"], Recipe::Sku),
    rule(Kind::Text, &["status", "*_status"], Recipe::Status),

    // Text: prose
    rule(Kind::Text, &["title", "subject", "headline", "*_title"], Recipe::Title),
    rule(Kind::Text, &["name", "*_name", "label", "caption"], Recipe::Label),
    rule(Kind::Text, &["body", "content", "text", "article", "bio", "biography", "about"], Recipe::Paragraph),
    rule(Kind::Text, &["description", "summary", "comment", "message", "note", "notes", "remark", "excerpt", "details", "reason"], Recipe::Sentence),
    rule(Kind::Text, &["category", "tag", "type", "kind", "genre", "topic", "key", "group"], Recipe::Word),
    rule(Kind::Text, &["id", "*_id"], Recipe::Token),

    // Integers
    rule(Kind::Integer, &["age"], Recipe::Between(18, 90)),
    rule(Kind::Integer, &["year", "*_year"], Recipe::Year),
    rule(Kind::Integer, &["month"], Recipe::Between(1, 12)),
    rule(Kind::Integer, &["day"], Recipe::Between(1, 28)),
    rule(Kind::Integer, &["rating", "stars"], Recipe::Between(1, 5)),
    rule(Kind::Integer, &["difficulty", "level", "priority", "severity", "rank"], Recipe::Between(1, 10)),
    rule(Kind::Integer, &["percent", "percentage", "*_percent", "progress"], Recipe::Between(0, 100)),
    rule(Kind::Integer, &["quantity", "qty", "amount", "stock", "*_quantity"], Recipe::Between(1, 100)),
    rule(Kind::Integer, &["*_cents", "cents", "price", "*_price", "total", "cost", "*_cost", "balance"], Recipe::Between(99, 99_999)),
    rule(Kind::Integer, &["salary", "income", "*_salary"], Recipe::Between(20_000, 150_000)),
    rule(Kind::Integer, &["count", "*_count", "views", "likes", "clicks", "downloads"], Recipe::Between(0, 1_000)),
    rule(Kind::Integer, &["score", "points", "*_score", "*_points"], Recipe::Between(0, 10_000)),
    rule(Kind::Integer, &["duration", "*_duration", "duration_seconds", "*_seconds", "time_taken", "elapsed"], Recipe::Between(1, 3_600)),
    rule(Kind::Integer, &["duration_ms", "*_ms", "*_millis", "latency"], Recipe::Between(1, 10_000)),
    rule(Kind::Integer, &["size", "*_size", "bytes", "*_bytes", "file_size"], Recipe::Between(1_024, 10_485_760)),
    rule(Kind::Integer, &["width", "height", "*_width", "*_height"], Recipe::Between(100, 4_000)),
    rule(Kind::Integer, &["port"], Recipe::Between(1_024, 49_151)),
    rule(Kind::Integer, &["version", "revision"], Recipe::Between(1, 20)),
    rule(Kind::Integer, &["position", "sort_order", "ordinal", "sequence", "index"], Recipe::Between(1, 100)),

    // Floats
    rule(Kind::Float, &["latitude", "lat", "*_lat", "*_latitude"], Recipe::Latitude),
    rule(Kind::Float, &["longitude", "lng", "lon", "*_lng", "*_lon", "*_longitude"], Recipe::Longitude),
    rule(Kind::Float, &["accuracy", "probability", "confidence", "ratio", "*_ratio", "*_rate", "rate", "fraction", "precision"], Recipe::Decimal(0, 1, 4)),
    rule(Kind::Float, &["percent", "percentage", "*_percent"], Recipe::Decimal(0, 100, 2)),
    rule(Kind::Float, &["rating", "stars"], Recipe::Decimal(1, 5, 1)),
    rule(Kind::Float, &["discount"], Recipe::Decimal(0, 1, 2)),
    rule(Kind::Float, &["salary", "income"], Recipe::Decimal(20_000, 150_000, 2)),
    rule(Kind::Float, &["price", "*_price", "cost", "*_cost", "amount", "total", "balance", "freight"], Recipe::Decimal(1, 1_000, 2)),
    rule(Kind::Float, &["weight", "*_weight"], Recipe::Decimal(1, 200, 1)),
    rule(Kind::Float, &["temperature", "*_temperature"], Recipe::Decimal(-20, 40, 1)),

    // Booleans
    rule(Kind::Boolean, &["is_deleted", "deleted", "archived", "is_archived", "is_admin", "admin", "is_banned", "banned", "hidden", "is_hidden"], Recipe::Chance(5)),
    rule(Kind::Boolean, &["active", "is_active", "enabled", "is_enabled", "verified", "is_verified", "confirmed", "published", "is_published"], Recipe::Chance(80)),

    // Dates and timestamps
    rule(Kind::Date, &["date_of_birth", "birth_date", "birthdate", "birthday", "dob", "born_on", "born"], Recipe::Days(-70 * 365, -19 * 365)),
    rule(Kind::Date, &["expires_on", "expiry_date", "due_date", "due_on", "valid_until", "deadline", "end_date", "required_date"], Recipe::Days(1, 366)),
    rule(Kind::Date, &["hired_on", "hire_date", "joined_on", "start_date"], Recipe::Days(-10 * 365, 0)),
    rule(Kind::Timestamp, &["birth*", "date_of_birth", "dob"], Recipe::Days(-70 * 365, -19 * 365)),
    rule(Kind::Timestamp, &["expires_at", "*_expires_at", "expires", "due_at", "valid_until", "deadline", "scheduled_at"], Recipe::Days(1, 366)),
];

/// The recipe for a column.
pub fn recipe(table: &str, column: &str, kind: Kind) -> Recipe {
    let (table, column) = (table.to_lowercase(), column.to_lowercase());
    RULES
        .iter()
        .find(|rule| {
            rule.kind == kind
                && rule.columns.iter().any(|pattern| fits(pattern, &column))
                && (rule.tables.is_empty() || rule.tables.iter().any(|pattern| fits(pattern, &table)))
        })
        .map_or(Recipe::Plain, |rule| rule.recipe)
}

pub(crate) fn infer(hint: &Hint<'_>, kind: Kind) -> Recipe {
    recipe(hint.table, hint.column, kind)
}

/// Whether a table's rows are countries.
pub(crate) fn is_table_of_countries(table: &str) -> bool {
    let table = table.to_lowercase();
    COUNTRIES.iter().any(|pattern| fits(pattern, &table))
}

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

/// Whether a name fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, rest)) => {
            let Some(tail) = name.strip_prefix(head) else { return false };
            (0..=tail.len()).any(|at| tail.is_char_boundary(at) && fits(rest, &tail[at..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("*_at", "created_at") && fits("*user*", "users") && fits("address_line*", "address_line1"));
        assert!(!fits("*_at", "format") && !fits("email", "emails") && !fits("*user*", "posts"));
    }

    #[test]
    fn every_rule_can_be_reached() {
        for (at, rule) in RULES.iter().enumerate() {
            let table = rule.tables.first().map_or("things", |pattern| pattern).replace('*', "");
            let reached = rule.columns.iter().any(|pattern| {
                let column = pattern.replace('*', "x");
                let first = RULES.iter().position(|rule| {
                    rule.kind == RULES[at].kind
                        && rule.columns.iter().any(|pattern| fits(pattern, &column))
                        && (rule.tables.is_empty() || rule.tables.iter().any(|pattern| fits(pattern, &table)))
                });
                first == Some(at)
            });
            assert!(reached, "an earlier rule takes all of {:?}", rule.columns);
        }
    }
}
