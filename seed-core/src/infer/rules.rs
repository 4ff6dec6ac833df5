//! The table itself.

use crate::infer::{Recipe, Rule};
use crate::value::Kind;

const fn rule(kind: Kind, columns: &'static [&'static str], recipe: Recipe) -> Rule {
    Rule { kind, columns, tables: &[], recipe }
}

const fn of(tables: &'static [&'static str], kind: Kind, columns: &'static [&'static str], recipe: Recipe) -> Rule {
    Rule { kind, columns, tables, recipe }
}

/// Tables that rules name together, by what their rows are. That stands at the end of a table's name:
/// `team_members`, but `user_groups`.
pub const TABLES: &[(&str, &[&str])] = &[
    ("people", PEOPLE),
    ("companies", COMPANIES),
    ("products", PRODUCTS),
    ("cities", CITIES),
    ("states", STATES),
    ("countries", COUNTRIES),
    ("processes", PROCESSES),
];

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
    "*suppliers", "*vendor", "*vendors", "*employer", "*employers", "*manufacturer", "*manufacturers", "*publisher",
    "*publishers", "*merchant", "*merchants",
];
const PRODUCTS: &[&str] = &["*product", "*products", "item", "items", "*goods"];
const CITIES: &[&str] = &["*city", "*cities", "*town", "*towns"];
const STATES: &[&str] = &["*state", "*states", "*province", "*provinces", "*region", "*regions"];
pub(super) const COUNTRIES: &[&str] = &["*country", "*countries"];
#[rustfmt::skip]
const PROCESSES: &[&str] = &[
    "*order", "*orders", "*job", "*jobs", "*task", "*tasks", "*ticket", "*tickets", "*payment", "*payments", "*invoice", "*invoices",
    "*issue", "*issues", "*request", "*requests", "*run", "*runs", "*build", "*builds", "*transaction", "*transactions",
];

const YEAR: i64 = 365;

/// The table of inference, in the order in which it is read.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    // Text: companies, where the table's rows are some
    of(COMPANIES, Kind::Text, &["name", "legal_name", "display_name"], Recipe::Company),
    of(COMPANIES, Kind::Text, &["email", "e_mail", "email_address", "contact_email", "mail"], Recipe::CompanyEmail),
    of(COMPANIES, Kind::Text, &["url", "website", "homepage", "web", "site", "home_page"], Recipe::CompanyUrl),
    of(COMPANIES, Kind::Text, &["domain", "domain_name", "hostname"], Recipe::CompanyDomain),
    rule(Kind::Text, &["company_email"], Recipe::CompanyEmail),
    rule(Kind::Text, &["company_url", "company_website", "company_homepage"], Recipe::CompanyUrl),
    rule(Kind::Text, &["company_domain"], Recipe::CompanyDomain),

    // Text: people
    rule(Kind::Text, &["username", "user_name", "login", "nickname", "nick", "handle", "screen_name", "account_name", "login_name", "*_username"], Recipe::Username),
    rule(Kind::Text, &["email", "e_mail", "*_email", "email_address", "mail", "*_email_address"], Recipe::Email),
    rule(Kind::Text, &["first_name", "firstname", "given_name", "forename", "fname", "*_first_name"], Recipe::FirstName),
    rule(Kind::Text, &["middle_name", "middlename", "second_name", "*_middle_name"], Recipe::MiddleName),
    rule(Kind::Text, &["last_name", "lastname", "surname", "family_name", "lname", "*_last_name"], Recipe::LastName),
    rule(Kind::Text, &["full_name", "fullname", "display_name", "author_name", "contact_name", "customer_name", "real_name", "person_name", "employee_name", "owner_name",
        "recipient_name", "recipient", "cardholder", "cardholder_name", "account_holder", "*_full_name"], Recipe::FullName),
    rule(Kind::Text, &["honorific", "salutation", "name_prefix", "title_of_courtesy"], Recipe::Honorific),
    rule(Kind::Text, &["gender", "sex"], Recipe::Gender),
    rule(Kind::Text, &["job", "job_title", "occupation", "profession", "position", "contact_title", "job_role"], Recipe::JobTitle),
    of(PEOPLE, Kind::Text, &["title"], Recipe::JobTitle),
    of(PEOPLE, Kind::Text, &["name"], Recipe::FullName),
    rule(Kind::Text, &["phone", "phone_number", "*_phone", "mobile", "telephone", "fax", "phone_no", "cell", "tel", "mobile_number", "contact_number", "*_phone_number",
        "*_mobile", "*_fax"], Recipe::Phone),
    rule(Kind::Text, &["ssn", "social_security_number"], Recipe::Ssn),

    // Text: places and companies
    rule(Kind::Text, &["city", "town", "*_city", "city_name", "birthplace", "hometown"], Recipe::City),
    rule(Kind::Text, &["country_code", "country_iso", "*_country_code", "country_iso2", "iso2"], Recipe::CountryCode),
    rule(Kind::Text, &["country", "*_country", "country_name"], Recipe::Country),
    of(PROCESSES, Kind::Text, &["state"], Recipe::Status),
    rule(Kind::Text, &["state", "province", "region", "*_state", "state_name", "county", "*_province", "*_region"], Recipe::State),
    of(CITIES, Kind::Text, &["name"], Recipe::City),
    of(STATES, Kind::Text, &["name"], Recipe::State),
    of(COUNTRIES, Kind::Text, &["name"], Recipe::Country),
    of(COUNTRIES, Kind::Text, &["code", "iso", "iso_code", "alpha2"], Recipe::CountryCode),
    rule(Kind::Text, &["zip", "zip_code", "zipcode", "postcode", "postal_code", "post_code", "*_zip", "*_postcode", "*_postal_code", "*_zip_code"], Recipe::Postcode),
    rule(Kind::Text, &["company", "company_name", "organization", "organisation", "employer", "vendor", "supplier", "manufacturer", "publisher", "brand", "brand_name",
        "merchant", "merchant_name", "vendor_name", "supplier_name", "organization_name", "organisation_name", "employer_name", "publisher_name"], Recipe::Company),

    rule(Kind::Text, &["house_number", "house_no", "building_number", "building_no", "street_number", "*_house_number", "*_building_number"], Recipe::HouseNumber),

    // Text: products
    of(PRODUCTS, Kind::Text, &["name", "title"], Recipe::Product),
    rule(Kind::Text, &["product", "product_name", "item_name", "product_title"], Recipe::Product),
    rule(Kind::Text, &["ean", "ean13", "barcode", "gtin", "upc", "*_ean", "*_barcode"], Recipe::Ean),
    rule(Kind::Text, &["isbn", "isbn13", "*_isbn"], Recipe::Isbn),

    // Text: technical
    rule(Kind::Text, &["mac", "mac_address", "mac_addr", "*_mac", "*_mac_address"], Recipe::MacAddress),
    rule(Kind::Text, &["ipv6", "ipv6_address", "ip6", "*_ipv6"], Recipe::Ipv6),
    rule(Kind::Text, &["ip", "ip_address", "ip_addr", "*_ip", "ipv4", "ipv4_address", "remote_addr", "*_ip_address"], Recipe::IpAddress),
    rule(Kind::Text, &["street", "street_address", "address", "address_line*", "*_address1", "address1", "address_1", "*_street", "*_address"], Recipe::Street),
    rule(Kind::Text, &["user_agent", "useragent", "*_user_agent"], Recipe::UserAgent),
    rule(Kind::Text, &["password_hash", "password", "encrypted_password", "hashed_password", "password_digest", "passwd", "*_password_hash"], Recipe::PasswordHash),
    rule(Kind::Text, &["uuid_v7", "*_uuid_v7"], Recipe::UuidV7),
    rule(Kind::Text, &["uuid", "guid", "*_uuid", "*_guid"], Recipe::Uuid),
    rule(Kind::Text, &["token", "*_token", "api_key", "secret", "*_secret", "hash", "*_hash", "checksum", "digest", "nonce", "access_key", "secret_key", "fingerprint", "etag"], Recipe::Token),
    rule(Kind::Text, &["url", "*_url", "uri", "link", "website", "homepage", "href", "avatar", "image", "photo", "picture", "thumbnail", "icon", "*_uri", "*_link", "*_image",
        "*_photo", "*_avatar", "logo", "banner", "home_page"], Recipe::Url),
    rule(Kind::Text, &["domain", "domain_name", "hostname", "host", "host_name", "fqdn", "*_domain", "*_hostname"], Recipe::DomainName),
    rule(Kind::Text, &["slug", "*_slug", "permalink", "subdomain"], Recipe::Slug),
    rule(Kind::Text, &["file_name", "filename", "file", "path", "*_path", "*_file", "*_filename", "*_file_name", "attachment"], Recipe::FileName),
    rule(Kind::Text, &["mime", "mime_type", "content_type", "media_type", "mimetype", "*_mime_type"], Recipe::MimeType),
    rule(Kind::Text, &["color", "colour", "*_color", "*_colour"], Recipe::Color),
    rule(Kind::Text, &["currency", "currency_code", "*_currency", "*_currency_code"], Recipe::Currency),
    rule(Kind::Text, &["locale", "*_locale"], Recipe::Locale),
    rule(Kind::Text, &["language", "lang", "language_code", "*_language", "*_lang"], Recipe::Language),
    rule(Kind::Text, &["timezone", "time_zone", "tz", "*_timezone", "*_time_zone"], Recipe::TimeZone),
    rule(Kind::Text, &["version", "*_version", "semver"], Recipe::Version),
    rule(Kind::Text, &["iban", "*_iban"], Recipe::Iban),
    rule(Kind::Text, &["card_number", "credit_card", "credit_card_number", "cc_number", "*_card_number"], Recipe::CardNumber),
    rule(Kind::Text, &["sku", "product_code", "part_number", "serial_number", "code", "*_code", "reference", "*_sku", "*_number", "*_no", "*_reference"], Recipe::Sku),
    rule(Kind::Text, &["status", "*_status"], Recipe::Status),

    // Text: prose
    rule(Kind::Text, &["title", "subject", "headline", "*_title", "heading"], Recipe::Title),
    rule(Kind::Text, &["name", "*_name", "label", "caption", "*_label"], Recipe::Label),
    rule(Kind::Text, &["body", "content", "text", "article", "bio", "biography", "about", "*_body", "*_content", "*_text", "html", "markdown", "long_description"], Recipe::Paragraph),
    rule(Kind::Text, &["description", "summary", "comment", "message", "note", "notes", "remark", "excerpt", "details", "reason", "*_description", "*_summary", "*_comment",
        "*_message", "*_note", "*_notes", "*_reason", "comments", "remarks", "feedback", "review", "instructions", "synopsis", "abstract", "tagline"], Recipe::Sentence),
    rule(Kind::Text, &["category", "tag", "type", "kind", "genre", "topic", "key", "group", "*_category", "*_type", "*_kind", "*_tag", "*_group", "*_key"], Recipe::Word),
    rule(Kind::Text, &["id", "*_id"], Recipe::Token),

    // UUIDs
    rule(Kind::Uuid, &["uuid_v7", "*_uuid_v7"], Recipe::UuidV7),

    // Integers
    rule(Kind::Integer, &["age"], Recipe::Between(18, 90)),
    rule(Kind::Integer, &["year", "*_year"], Recipe::Year),
    rule(Kind::Integer, &["month", "*_month"], Recipe::Between(1, 12)),
    rule(Kind::Integer, &["day", "*_day"], Recipe::Between(1, 28)),
    rule(Kind::Integer, &["hour", "*_hour"], Recipe::Between(0, 23)),
    rule(Kind::Integer, &["minute", "second"], Recipe::Between(0, 59)),
    rule(Kind::Integer, &["weekday", "day_of_week"], Recipe::Between(1, 7)),
    rule(Kind::Integer, &["rating", "stars", "*_rating", "*_stars"], Recipe::Between(1, 5)),
    rule(Kind::Integer, &["difficulty", "level", "priority", "severity", "rank"], Recipe::Between(1, 10)),
    rule(Kind::Integer, &["percent", "percentage", "*_percent", "*_percentage", "progress"], Recipe::Between(0, 100)),
    rule(Kind::Integer, &["quantity", "qty", "amount", "stock", "*_quantity", "*_qty", "*_stock", "units", "capacity"], Recipe::Between(1, 100)),
    rule(Kind::Integer, &["fee", "*_fee", "*_fee_cents", "tax", "*_tax", "tax_amount", "*_tax_amount", "tax_cents", "*_tax_cents", "vat", "vat_amount", "vat_cents", "shipping", "shipping_cost",
        "shipping_price", "shipping_amount", "shipping_total", "shipping_cents", "shipping_cost_cents", "postage", "discount_amount", "discount_cents", "discount_amount_cents",
        "tip", "tip_amount", "tip_cents"], Recipe::Between(0, 1_999)),
    rule(Kind::Integer, &["total", "*_total", "total_cents", "*_total_cents", "total_amount", "total_price", "subtotal", "subtotal_cents"], Recipe::Between(2_000, 99_999)),
    rule(Kind::Integer, &["*_cents", "cents", "price", "*_price", "total", "cost", "*_cost", "balance", "*_balance", "*_amount"],
        Recipe::Between(99, 99_999)),
    rule(Kind::Integer, &["salary", "income", "*_salary"], Recipe::Between(20_000, 150_000)),
    rule(Kind::Integer, &["attempts", "retries", "*_attempts", "*_retries", "retry_count"], Recipe::Between(0, 5)),
    rule(Kind::Integer, &["count", "*_count", "views", "likes", "clicks", "downloads", "num_*", "number_of_*", "*_views", "*_likes", "*_clicks"], Recipe::Between(0, 1_000)),
    rule(Kind::Integer, &["score", "points", "*_score", "*_points"], Recipe::Between(0, 10_000)),
    rule(Kind::Integer, &["duration", "*_duration", "duration_seconds", "*_seconds", "time_taken", "elapsed"], Recipe::Between(1, 3_600)),
    rule(Kind::Integer, &["*_minutes", "minutes"], Recipe::Between(1, 180)),
    rule(Kind::Integer, &["*_hours", "hours"], Recipe::Between(1, 40)),
    rule(Kind::Integer, &["*_days", "days"], Recipe::Between(1, 30)),
    rule(Kind::Integer, &["duration_ms", "*_ms", "*_millis", "latency"], Recipe::Between(1, 10_000)),
    rule(Kind::Integer, &["size", "*_size", "bytes", "*_bytes", "file_size"], Recipe::Between(1_024, 10_485_760)),
    rule(Kind::Integer, &["width", "height", "*_width", "*_height"], Recipe::Between(100, 4_000)),
    rule(Kind::Integer, &["port", "*_port"], Recipe::Between(1_024, 49_151)),
    rule(Kind::Integer, &["http_status", "status_code", "response_code"], Recipe::Between(200, 504)),
    rule(Kind::Integer, &["population", "*_population"], Recipe::Between(1_000, 10_000_000)),
    rule(Kind::Integer, &["version", "revision"], Recipe::Between(1, 20)),
    rule(Kind::Integer, &["position", "sort_order", "ordinal", "sequence", "index", "display_order", "page", "*_position", "*_index"], Recipe::Between(1, 100)),
    rule(Kind::Integer, &["line_no", "line_number", "line_num", "lineno", "*_line_no", "*_line_number", "item_no", "item_number", "sequence_no", "sequence_number", "seq_no", "step_no", "step_number",
        "row_no", "row_number", "page_no", "page_number", "chapter_no", "chapter_number", "episode_no", "episode_number", "season_no", "season_number", "track_no", "track_number",
        "seat_no", "seat_number", "house_number", "building_number", "street_number"], Recipe::Between(1, 100)),
    rule(Kind::Integer, &["weight_g", "weight_grams", "*_weight_g", "*_weight_grams", "grams"], Recipe::Between(50, 5_000)),
    rule(Kind::Integer, &["weight_*", "*_weight_*"], Recipe::Between(1, 200)),
    rule(Kind::Integer, &["pages", "page_count", "*_pages"], Recipe::Between(20, 900)),

    // Floats and decimals
    rule(Kind::Float, &["latitude", "lat", "*_lat", "*_latitude"], Recipe::Latitude),
    rule(Kind::Float, &["longitude", "lng", "lon", "*_lng", "*_lon", "*_longitude"], Recipe::Longitude),
    rule(Kind::Float, &["tax_rate", "*_tax_rate", "vat_rate", "*_vat_rate"], Recipe::Rate),
    rule(Kind::Float, &["accuracy", "probability", "confidence", "ratio", "*_ratio", "*_rate", "rate", "fraction", "precision"], Recipe::Decimal(0, 1, 4)),
    rule(Kind::Float, &["percent", "percentage", "*_percent", "*_percentage", "humidity", "score", "*_score"], Recipe::Decimal(0, 100, 2)),
    rule(Kind::Float, &["rating", "stars", "*_rating"], Recipe::Decimal(1, 5, 1)),
    rule(Kind::Float, &["discount"], Recipe::Decimal(0, 1, 2)),
    rule(Kind::Float, &["salary", "income", "*_salary"], Recipe::Decimal(20_000, 150_000, 2)),
    rule(Kind::Float, &["fee", "*_fee", "tax", "*_tax", "tax_amount", "*_tax_amount", "vat", "vat_amount", "shipping", "shipping_cost", "shipping_price", "shipping_amount",
        "shipping_total", "postage", "discount_amount", "tip", "tip_amount"], Recipe::Decimal(0, 20, 2)),
    rule(Kind::Float, &["total", "*_total", "total_amount", "total_price", "subtotal"], Recipe::Decimal(20, 1_000, 2)),
    rule(Kind::Float, &["price", "*_price", "cost", "*_cost", "amount", "balance", "freight", "*_amount", "*_balance", "budget", "revenue"], Recipe::Decimal(1, 1_000, 2)),
    rule(Kind::Float, &["weight_g", "weight_grams", "*_weight_g", "*_weight_grams", "grams"], Recipe::Decimal(50, 5_000, 0)),
    rule(Kind::Float, &["weight", "*_weight", "weight_*", "*_weight_*"], Recipe::Decimal(1, 200, 1)),
    rule(Kind::Float, &["width", "height", "depth", "length", "*_width", "*_height", "*_length"], Recipe::Decimal(1, 250, 1)),
    rule(Kind::Float, &["distance", "*_distance", "*_km", "speed", "*_speed"], Recipe::Decimal(1, 500, 1)),
    rule(Kind::Float, &["altitude", "elevation"], Recipe::Decimal(0, 3_000, 1)),
    rule(Kind::Float, &["temperature", "*_temperature"], Recipe::Decimal(-20, 40, 1)),

    // Booleans
    rule(Kind::Boolean, &["is_deleted", "deleted", "archived", "is_archived", "is_admin", "admin", "is_banned", "banned", "hidden", "is_hidden", "blocked", "is_blocked", "locked",
        "is_locked", "suspended", "is_suspended", "disabled", "is_disabled", "is_staff", "is_superuser", "is_spam", "spam", "is_test", "failed", "refunded", "cancelled",
        "is_cancelled"], Recipe::Chance(5)),
    rule(Kind::Boolean, &["active", "is_active", "enabled", "is_enabled", "verified", "is_verified", "confirmed", "published", "is_published", "visible", "is_visible", "public",
        "is_public", "available", "is_available", "in_stock", "paid", "is_paid", "*_verified", "*_confirmed", "*_enabled"], Recipe::Chance(80)),
    rule(Kind::Boolean, &["is_*", "has_*", "can_*", "allow_*", "*_required"], Recipe::Chance(50)),

    // Dates and timestamps
    rule(Kind::Date, &["date_of_birth", "birth_date", "birthdate", "birthday", "dob", "born_on", "born"], Recipe::Days(-70 * YEAR, -19 * YEAR)),
    rule(Kind::Date, &["expires_on", "expiry_date", "due_date", "due_on", "valid_until", "deadline", "end_date", "required_date", "expiration_date", "renewal_date", "valid_to",
        "*_due_date", "*_expires_on", "*_expiry_date"], Recipe::Days(1, 366)),
    rule(Kind::Date, &["hired_on", "hire_date", "joined_on", "start_date"], Recipe::Days(-10 * YEAR, 0)),
    rule(Kind::Date, &["date", "*_date", "*_on", "day", "*_day"], Recipe::Days(-2 * YEAR, 0)),
    rule(Kind::Timestamp, &["birth*", "date_of_birth", "dob"], Recipe::Days(-70 * YEAR, -19 * YEAR)),
    rule(Kind::Timestamp, &["expires_at", "*_expires_at", "expires", "due_at", "valid_until", "deadline", "scheduled_at", "valid_to", "renews_at", "*_due_at", "next_*"], Recipe::Days(1, 366)),
    rule(Kind::Timestamp, &["*_at", "*_on", "*_date", "*_time", "timestamp", "date", "time"], Recipe::Days(-2 * YEAR, 0)),

    // Lengths of time
    rule(Kind::Interval, &["timeout", "*_timeout", "delay", "*_delay", "cooldown", "latency"], Recipe::Seconds(1, 120)),
    rule(Kind::Interval, &["duration", "*_duration", "length", "*_length", "elapsed", "time_taken", "runtime", "*_time"], Recipe::Seconds(60, 7_200)),
    rule(Kind::Interval, &["period", "*_period", "validity", "ttl", "retention", "*_retention", "lifetime"], Recipe::Seconds(86_400, 2_592_000)),

    // Networks
    rule(Kind::Network, &["*network*v6", "*subnet*v6", "*cidr*v6", "*prefix*v6", "*v6_network", "*v6_subnet", "*v6_cidr", "*v6_prefix"], Recipe::NetworkV6),
    rule(Kind::Network, &["*network", "*networks", "*subnet", "*subnets", "*cidr", "*cidrs", "*prefix", "*prefixes", "*ip_range", "*ip_ranges"], Recipe::Network),
    rule(Kind::Network, &["*v6", "*ipv6*", "*ip6*"], Recipe::Ipv6),

    // JSON
    rule(Kind::Json, &["tags", "labels", "keywords", "categories", "topics", "roles", "permissions", "scopes", "*_tags", "*_labels", "*_keywords", "*_categories", "*_roles",
        "*_permissions", "*_scopes"], Recipe::Tags),
    rule(Kind::Json, &["settings", "preferences", "prefs", "options", "config", "configuration", "*_settings", "*_preferences", "*_prefs", "*_options", "*_config"], Recipe::Settings),
    rule(Kind::Json, &["address", "location", "*_address", "*_location"], Recipe::Address),
];
