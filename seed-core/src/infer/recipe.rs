//! `Recipe`: what is made for a column.

use std::borrow::Cow;
use std::fmt;

/// What is made for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Recipe {
    /// No rule fits: words for text, 1 to 1,000 for an integer, 0 to 1,000 with two decimals for a
    /// float, one of two for a boolean, the two years before the anchor for a date or a timestamp.
    Plain,
    /// The row's person: `alice_smith`.
    Username,
    /// The row's person: `alice.smith@example.com`, never a domain that someone owns.
    Email,
    /// The row's person: `Alice`.
    FirstName,
    /// A second first name: `Marie`.
    MiddleName,
    /// The row's person: `Smith`.
    LastName,
    /// The row's person: `Alice Smith`.
    FullName,
    /// The row's person: `Ms.`, as its first name has it.
    Honorific,
    /// The row's person: `female` or `male`, as its first name has it; `F` or `M` in a column too narrow for it.
    Gender,
    /// `Senior Marketing Manager`.
    JobTitle,
    /// `+1-202-555-0147`: a number kept for fiction.
    Phone,
    /// The row's place: `Columbus`; where the column is unique, a city of its own, `Port Kuhnview`.
    City,
    /// The row's place: `Ohio`; `OH` in a column too narrow for it.
    State,
    /// The row's place: `United States`; `US` in a column too narrow for it.
    Country,
    /// The row's place: `US`.
    CountryCode,
    /// The row's place: `43215`.
    Postcode,
    /// `418 Kuhn Avenue`.
    Street,
    /// The row's place: degrees north of the equator, near its city.
    Latitude,
    /// The row's place: degrees east of Greenwich, near its city.
    Longitude,
    /// The row's company: `Abbott and Kuhn`.
    Company,
    /// The row's company: `info@abbott-kuhn.example.com`.
    CompanyEmail,
    /// The row's company: `abbott-kuhn.example.com`.
    CompanyDomain,
    /// The row's company: `https://abbott-kuhn.example.com`.
    CompanyUrl,
    /// `Rustic Oak Lantern`.
    Product,
    /// `https://example.com/silent-canyon`.
    Url,
    /// `silent-canyon.example.com`: a name that RFC 2606 keeps for examples.
    DomainName,
    /// `silent-canyon`.
    Slug,
    /// `The Silent Canyon of the Amber Harbor`; `Silent Canyon` in fewer than 49 characters.
    Title,
    /// `Silent Canyon`.
    Label,
    /// `canyon`.
    Word,
    /// So many words of prose, both ends included.
    Words(u64, u64),
    /// One sentence.
    Sentence,
    /// So many sentences, both ends included.
    Sentences(u64, u64),
    /// Three to five sentences.
    Paragraph,
    /// So many paragraphs of three to five sentences, with an empty line between them.
    Paragraphs(u64, u64),
    /// `#3fa9c2`.
    Color,
    /// The row's place: `USD`.
    Currency,
    /// The row's place: `en-US`.
    Locale,
    /// The row's place: `en`.
    Language,
    /// The row's place: `America/New_York`.
    TimeZone,
    /// `active`, `pending`, `archived`, …
    Status,
    /// 32 hexadecimal digits.
    Token,
    /// A UUID of version 4.
    Uuid,
    /// A UUID of version 7: its time rises with the row, up to the anchor.
    UuidV7,
    /// A fixed, well-formed bcrypt hash (of the password `password`).
    PasswordHash,
    /// `10.41.7.96`.
    IpAddress,
    /// `2001:db8:7c1:…`, of the network kept for documentation.
    Ipv6,
    /// `02:4f:9a:01:c3:77`, locally administered.
    MacAddress,
    /// What a browser says of itself.
    UserAgent,
    /// `KQZ-4071`.
    Sku,
    /// `2041970553127`: an EAN-13 of the numbers kept for use within a shop; an EAN-8 in a narrower column.
    Ean,
    /// `9799041970553`: 13 digits of a group that is not given out.
    Isbn,
    /// `DE44000004197055312700`: right check digits of no bank, for the row's country where it has one.
    Iban,
    /// `4111110419705534`: begins as the numbers do that card companies publish for tests.
    CardNumber,
    /// `666-04-1970`: an area that is not given out.
    Ssn,
    /// `2.14.3`.
    Version,
    /// `17`: one to three digits.
    HouseNumber,
    /// `silent-canyon.pdf`.
    FileName,
    /// `image/png`.
    MimeType,
    /// Whole numbers, both ends included.
    Between(i64, i64),
    /// A year of the thirty before the anchor, or its own.
    Year,
    /// Numbers of a range, with so many digits after the point.
    Decimal(i64, i64, u32),
    /// A share from 0 to 0.25, with three digits after the point.
    Rate,
    /// True in so many of a hundred rows.
    Chance(u8),
    /// So many days around the anchor: the first, and the one after the last.
    Days(i64, i64),
    /// A length of time in whole seconds, both ends included.
    Seconds(i64, i64),
    /// `10.41.7.0/24`, of a private network.
    Network,
    /// `2001:db8:0:1f::/64`, kept for documentation.
    NetworkV6,
    /// `["canyon", "raven"]`.
    Tags,
    /// `{"theme": "dark", "language": "en-US", …}`.
    Settings,
    /// The row's place: `{"city": "Boston", "country": "US", …}`.
    Address,
}

impl Recipe {
    /// What is made, in a few words: what the plan prints.
    ///
    /// ```
    /// use seed_core::infer::Recipe;
    ///
    /// assert_eq!(Recipe::Email.describe(), "e-mail address of the row's person");
    /// assert_eq!(Recipe::Between(1, 5).describe(), "whole number from 1 to 5");
    /// ```
    pub fn describe(&self) -> Cow<'static, str> {
        let text = match *self {
            Recipe::Plain => "anything of the type",
            Recipe::Username => "username of the row's person",
            Recipe::Email => "e-mail address of the row's person",
            Recipe::FirstName => "first name of the row's person",
            Recipe::MiddleName => "second first name of the row's person",
            Recipe::LastName => "last name of the row's person",
            Recipe::FullName => "name of the row's person",
            Recipe::Honorific => "form of address of the row's person",
            Recipe::Gender => "gender of the row's person",
            Recipe::JobTitle => "job title",
            Recipe::Phone => "phone number kept for fiction",
            Recipe::City => "city of the row's place",
            Recipe::State => "state of the row's place",
            Recipe::Country => "country of the row's place",
            Recipe::CountryCode => "country code of the row's place",
            Recipe::Postcode => "postcode of the row's place",
            Recipe::Street => "street and house number",
            Recipe::Latitude => "latitude of the row's place",
            Recipe::Longitude => "longitude of the row's place",
            Recipe::Company => "name of the row's company",
            Recipe::CompanyEmail => "e-mail address of the row's company",
            Recipe::CompanyDomain => "domain of the row's company",
            Recipe::CompanyUrl => "website of the row's company",
            Recipe::Product => "name of a product",
            Recipe::Url => "address of a page under example.com",
            Recipe::DomainName => "domain under example.com",
            Recipe::Slug => "words with hyphens",
            Recipe::Title => "title of a text",
            Recipe::Label => "name of a thing",
            Recipe::Word => "word",
            Recipe::Sentence => "sentence",
            Recipe::Paragraph => "three to five sentences",
            Recipe::Color => "colour",
            Recipe::Currency => "currency of the row's place",
            Recipe::Locale => "locale of the row's place",
            Recipe::Language => "language of the row's place",
            Recipe::TimeZone => "time zone of the row's place",
            Recipe::Status => "status",
            Recipe::Token => "random hexadecimal digits",
            Recipe::Uuid => "UUID of version 4",
            Recipe::UuidV7 => "UUID of version 7",
            Recipe::PasswordHash => "hash of the password `password`",
            Recipe::IpAddress => "IPv4 address of a private network",
            Recipe::Ipv6 => "IPv6 address for documentation",
            Recipe::MacAddress => "MAC address, locally administered",
            Recipe::UserAgent => "user agent of a browser",
            Recipe::Sku => "article number",
            Recipe::Ean => "EAN for use within a shop",
            Recipe::Isbn => "ISBN of no publisher",
            Recipe::Iban => "IBAN of no bank",
            Recipe::CardNumber => "card number for tests",
            Recipe::Ssn => "social security number of no one",
            Recipe::Version => "version number",
            Recipe::HouseNumber => "house number",
            Recipe::FileName => "file name",
            Recipe::MimeType => "media type",
            Recipe::Rate => "number from 0 to 0.25, 3 decimals",
            Recipe::Year => "year of the last thirty",
            Recipe::Words(fewest, most) => return Cow::Owned(format!("{} words", range(fewest, most))),
            Recipe::Sentences(fewest, most) => return Cow::Owned(format!("{} sentences", range(fewest, most))),
            Recipe::Paragraphs(fewest, most) => return Cow::Owned(format!("{} paragraphs", range(fewest, most))),
            Recipe::Between(first, last) => return Cow::Owned(format!("whole number from {first} to {last}")),
            Recipe::Decimal(first, last, places) => {
                return Cow::Owned(format!("number from {first} to {last}, {places} decimals"));
            }
            Recipe::Chance(percent) => return Cow::Owned(format!("true in {percent} of 100 rows")),
            Recipe::Days(first, last) => return Cow::Owned(days(first, last)),
            Recipe::Seconds(first, last) => return Cow::Owned(seconds(first, last)),
            Recipe::Network => "private network of 256 addresses",
            Recipe::NetworkV6 => "IPv6 network for documentation",
            Recipe::Tags => "list of words",
            Recipe::Settings => "settings of a user",
            Recipe::Address => "street, city and country of the row's place",
        };
        Cow::Borrowed(text)
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}

fn range(fewest: u64, most: u64) -> String {
    if fewest == most { fewest.to_string() } else { format!("{fewest} to {most}") }
}

/// Days around the anchor, in years where they are whole ones.
fn days(first: i64, last: i64) -> String {
    let (near, far) = (first.abs().min(last.abs()), first.abs().max(last.abs()));
    let side = if first < 0 { "before" } else { "after" };
    match (near, far) {
        (0 | 1, far) if far >= 730 => format!("up to {} years {side} the anchor", far / 365),
        (0 | 1, far) => format!("up to {} days {side} the anchor", far - near),
        (near, far) => format!("{} to {} years {side} the anchor", near / 365, far / 365),
    }
}

/// Lengths of time, in the largest unit of which both are a whole number.
fn seconds(first: i64, last: i64) -> String {
    let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds")];
    let whole = units.into_iter().find(|(unit, _)| first % unit == 0 && last % unit == 0);
    let (unit, name) = whole.unwrap_or((1, "seconds"));
    format!("{} to {} {name}", first / unit, last / unit)
}
