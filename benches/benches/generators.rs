//! Nanoseconds that each kind of value costs: a case for each family of generators, and for each way to a parent.
//!
//! `cargo bench -p seed-benches --bench generators NAME` measures those with a name.

#[path = "generators/relations.rs"]
mod relations;

use std::net::IpAddr;

use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use divan::{Bencher, black_box};
use fake::faker::company::raw::CatchPhrase;
use fake::locales::EN;
use ipnetwork::IpNetwork;
use rust_decimal::Decimal;
use seed_core::generators::*;
use seed_core::{BoxGenerator, Cell, Hint, Key, Literal, Locale, Value};
use serde_json::Value as Json;

fn main() {
    // A thousand values at a time, kept as those of a block of rows are.
    divan::Divan::from_args().sample_count(50).sample_size(1_000).main();
}

/// Measures the values of a generator, as a column asks for them: row by row, by a reference without its type.
fn cells<T>(bencher: Bencher<'_, '_>, mut generator: BoxGenerator<T>) {
    generator.prepare(&Hint::new("things", "whatever"));
    generator.check().unwrap();
    row_by_row(bencher, u64::MAX, |cell| generator.value(&cell));
}

/// Measures the values of a unique column, of which there are enough for ten million rows.
fn unique_cells<T>(bencher: Bencher<'_, '_>, mut generator: BoxGenerator<T>) {
    let mut hint = Hint::new("things", "whatever");
    hint.unique = true;
    generator.prepare(&hint);
    generator.check().unwrap();
    let domain = generator.domain().unwrap();
    row_by_row(bencher, domain.size().min(10_000_000), |cell| domain.nth(domain.index(&cell)));
}

fn row_by_row<T>(bencher: Bencher<'_, '_>, rows: u64, value: impl Fn(Cell) -> T) {
    let table = Key::seed(0).child("things");
    let column = table.child("whatever");
    let mut row = 0;
    bencher.bench_local(|| {
        row = (row + 1) % rows;
        value(Cell { table, column, row: black_box(row) })
    });
}

/// Makes a case of each generator.
macro_rules! cases {
    ($measure:ident: $($name:ident = $generator:expr;)*) => {$(
        #[divan::bench]
        fn $name(bencher: Bencher<'_, '_>) {
            $measure(bencher, Generator::boxed($generator));
        }
    )*};
}

fn time(text: &'static str) -> NaiveDateTime {
    text.literal().unwrap()
}

mod numbers {
    use super::*;

    cases! {
        cells:
        serial_i64 = serial::<i64>();
        sequence_i64 = sequence::<i64>(1_000, 10);
        int_i32 = int::<i32>(1..=1_000);
        int_i64 = int::<i64>(0..=i64::MAX);
        float_f32 = float::<f32>(0.0..1.0);
        float_f64 = float::<f64>(0.0..1.0);
        decimal_f64 = decimal::<f64>(0.0..1_000.0, 2);
        decimal_rust_decimal = decimal::<Decimal>("0.00".."1000.00", 2);
        decimal_bigdecimal = decimal::<BigDecimal>("0.00".."1000.00", 2);
        normal_f64 = normal::<f64>(100.0, 15.0);
        log_normal_f64 = log_normal::<f64>(100.0, 2.0);
        exponential_i32 = exponential::<i32>(100.0);
        zipf_i32 = zipf::<i32>(1_000, 1.1);
        chance_of_a_fifth = chance(0.2);
        bits_of_eight = bits(8);
    }
}

mod choices {
    use super::*;

    cases! {
        cells:
        constant_text = constant("open".to_owned());
        values_of_four = values::<String, _>(["open", "closed", "late", "lost"]);
        weighted_of_three = weighted::<String, _>([("user", 8.0), ("admin", 1.0), ("guest", 1.0)]);
        weighted_of_100_numbers = weighted::<i32, _>((0..100).map(|n| (n, f64::from(n + 1))));
        variants_of_three = variants::<u64>(|at| at, &[0.5, 0.3, 0.2]);
        optional_int = optional(int::<i32>(1..=1_000), 0.5);
        one_of_two = one_of([weight(0.9, int::<i32>(1..=100)), weight(0.1, int::<i32>(101..=1_000))]);
        mapped_int = int::<i32>(1..=1_000).map(|n| n * 2);
    }
}

mod times {
    use super::*;

    cases! {
        cells:
        dates = range::<NaiveDate>("1960-01-01"..="2007-12-31");
        times_of_day = range::<NaiveTime>("08:00:00"..="17:59:59");
        timestamps = range::<NaiveDateTime>(time("2024-01-01 00:00:00")..time("2026-01-01 00:00:00"));
        timestamps_recent = recent::<NaiveDateTime>(30);
        timestamps_in_business_hours = business_hours::<NaiveDateTime>(time("2025-01-01 00:00:00")..time("2026-01-01 00:00:00"));
        dates_on_weekdays = weekdays::<NaiveDate>("2025-01-01"..="2025-12-31");
        lengths_of_time = interval::<TimeDelta>("1 minute"..="2 hours");
    }
}

mod people {
    use super::*;

    cases! {
        cells:
        first_names = first_name();
        last_names = last_name();
        middle_names = middle_name();
        full_names = full_name();
        honorifics = honorific();
        genders = gender();
        usernames = username();
        emails = email();
        job_titles = job_title();
        phones = phone();
        ssns = ssn();
    }
}

mod places {
    use super::*;

    cases! {
        cells:
        cities = city();
        states = state();
        countries = country();
        country_codes = country_code();
        postcodes = postcode();
        streets = street();
        house_numbers = house_number();
        time_zones = time_zone();
        currencies = currency();
        latitudes = latitude::<f64>();
        points = point(-1.0..1.0, 50.0..60.0);
        lines = line(-1.0..1.0, -1.0..1.0, 0.0..9.0);
    }
}

mod companies {
    use super::*;

    cases! {
        cells:
        companies = company();
        company_emails = company_email();
        product_names = product_name();
        skus = sku();
        eans = ean();
        isbns = isbn();
        ibans = iban();
        card_numbers = card_number();
    }
}

mod prose {
    use super::*;

    cases! {
        cells:
        one_word = word();
        three_words = words(3..=3);
        ten_words = words(10..=10);
        labels = label();
        titles = title();
        a_sentence = sentence();
        a_paragraph = paragraph();
        three_paragraphs = paragraphs(3..=3);
        catch_phrases_of_fake = Generator::<String>::boxed(fake(CatchPhrase(EN)));
    }
}

mod technical {
    use super::*;

    cases! {
        cells:
        uuids_v4 = uuid_v4();
        uuids_v7 = uuid_v7();
        uuids_v4_as_text = uuid_v4_text();
        tokens = token();
        urls = url();
        domain_names = domain_name();
        slugs = slug();
        file_names = file_name();
        mime_types = mime_type();
        user_agents = user_agent();
        password_hashes = password_hash();
        colors = color();
        versions = version();
        mac_addresses = mac_address();
        ipv4_as_text = ipv4();
        ipv6_as_text = ipv6();
        patterns = pattern("[A-Z]{3}-[0-9]{4}");
        networks = IpNetwork::infer(&Hint::new("hosts", "subnet"));
        addresses = IpAddr::infer(&Hint::new("hosts", "ip"));
        bytes = Vec::<u8>::infer(&Hint::new("files", "content"));
    }
}

mod composed {
    use super::*;

    cases! {
        cells:
        array_of_three_ints = array(int::<i32>(1..=1_000), int(3..=3));
        array_of_three_words = array(word(), int(3..=3));
        vector_of_16 = vector(16);
        json_of_three_fields = json()
            .field("plan", values::<String, _>(["free", "team"]))
            .field("seats", int::<u32>(1..=50))
            .field("note", word());
        json_settings = Json::infer(&Hint::new("users", "settings"));
        json_tags = Json::infer(&Hint::new("posts", "tags"));
    }
}

mod unique {
    use super::*;

    cases! {
        unique_cells:
        ints = int::<i64>(1..=1_000_000_000);
        floats = float::<f64>(0.0..1.0);
        dates_of_a_range = range::<NaiveDate>("0001-01-01"..="9999-12-31");
        usernames = username();
        emails = email();
        full_names = full_name();
        first_names = first_name();
        phones = phone();
        companies = company();
        titles = title();
        slugs = slug();
        skus = sku();
        uuids = uuid_v4();
        tokens = token();
        patterns = pattern("[A-Z]{3}-[0-9]{4}");
    }

    /// As in a column of 20 characters, where many a name is too long to be whole.
    #[divan::bench]
    fn usernames_within_20(bencher: Bencher<'_, '_>) {
        let mut hint = Hint::new("users", "username");
        (hint.unique, hint.max_len) = (true, Some(20));
        let generator = String::infer(&hint);
        let domain = generator.domain().unwrap();
        row_by_row(bencher, 10_000_000, |cell| domain.nth(domain.index(&cell)));
    }

    #[divan::bench]
    fn full_names_in_japanese(bencher: Bencher<'_, '_>) {
        let mut hint = Hint::new("users", "full_name");
        (hint.unique, hint.locale) = (true, Locale::JA_JP);
        let generator = String::infer(&hint);
        let domain = generator.domain().unwrap();
        row_by_row(bencher, 10_000_000, |cell| domain.nth(domain.index(&cell)));
    }
}
