//! `Text`: every recipe of text as a generator that a model can name.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, Generator};
use crate::infer::recipe::Recipe;
use crate::range::IntoBounds;
use crate::text;
use crate::value::Hint;

/// Text by a recipe of [inference](crate::infer), within the length, in the locale and as distinct as the column
/// wants it: what [`email()`](email), [`city()`](city) and the others make.
///
/// ```
/// use seed_core::{Cell, Generator, Hint, Key, Locale};
/// use seed_core::generators::full_name;
///
/// let column = Key::seed(42).child("users").child("author");
/// let cell = Cell { table: Key::seed(42).child("users"), column, row: 0 };
/// let mut name = full_name();
/// assert_eq!(name.value(&cell), "Freeman Leannon");
///
/// // What the builder does with a column of a model.
/// let mut hint = Hint::new("users", "author");
/// hint.locale = Locale::FR_FR;
/// name.prepare(&hint);
/// assert_eq!(name.value(&cell), "Gildas Giordano");
/// ```
pub struct Text {
    recipe: Result<Recipe, String>,
    texts: BoxGenerator<String>,
}

impl Text {
    fn new(recipe: Recipe) -> Text {
        Text { recipe: Ok(recipe), texts: text::generator(recipe, &Hint::new("", "")) }
    }

    fn counted(bounds: impl IntoBounds<u64>, recipe: fn(u64, u64) -> Recipe) -> Text {
        let bounds = bounds.into_bounds().and_then(|(fewest, most, inclusive)| {
            let last = if inclusive { Some(most) } else { most.checked_sub(1) };
            last.filter(|&last| (1..=last).contains(&fewest) && last <= MOST).map(|last| (fewest, last)).ok_or_else(|| {
                format!(
                    "from `{fewest}` to `{most}` is no number of words or sentences; write 1 to {MOST}, and the lower one first"
                )
            })
        });
        match bounds {
            Ok((fewest, most)) => Text::new(recipe(fewest, most)),
            Err(message) => Text { recipe: Err(message), ..Text::new(Recipe::Word) },
        }
    }
}

/// More words, sentences or paragraphs than these are no text of a row.
const MOST: u64 = 100_000;

impl Generator<String> for Text {
    fn value(&self, cell: &Cell) -> String {
        self.texts.value(cell)
    }

    fn domain(&self) -> Option<&dyn Domain<String>> {
        self.texts.domain()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        if let Ok(recipe) = self.recipe {
            self.texts = text::generator(recipe, hint);
        }
    }

    fn check(&self) -> Result<(), String> {
        self.recipe.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

/// So many words of prose, 1 to 100,000, both ends of `a..=b` included; fewer where the column is too narrow.
///
/// ```
/// # use seed_core::{Cell, Generator, Key, generators::words};
/// # let key = Key::seed(42).child("posts");
/// # let cell = Cell { table: key, column: key.child("teaser"), row: 0 };
/// assert_eq!(words(2..=4).value(&cell), "optio facere provident nihil");
/// ```
pub fn words(bounds: impl IntoBounds<u64>) -> Text {
    Text::counted(bounds, Recipe::Words)
}

/// So many sentences, 1 to 100,000, both ends of `a..=b` included; fewer where the column is too narrow.
///
/// ```
/// # use seed_core::{Cell, Generator, Key, generators::sentences};
/// # let key = Key::seed(42).child("posts");
/// # let cell = Cell { table: key, column: key.child("teaser"), row: 0 };
/// assert_eq!(sentences(2..=2).value(&cell), "Facere provident nihil reiciendis ut quos qui sit in laudantium. Sapiente sed voluptas dicta natus pariatur.");
/// ```
pub fn sentences(bounds: impl IntoBounds<u64>) -> Text {
    Text::counted(bounds, Recipe::Sentences)
}

/// So many paragraphs, 1 to 100,000, with an empty line between them, both ends of `a..=b` included; fewer where the column is too
/// narrow.
///
/// ```
/// # use seed_core::{Cell, Generator, Key, generators::paragraphs};
/// # let key = Key::seed(42).child("posts");
/// # let cell = Cell { table: key, column: key.child("body"), row: 0 };
/// assert_eq!(paragraphs(3..=3).value(&cell).lines().count(), 5);
/// ```
pub fn paragraphs(bounds: impl IntoBounds<u64>) -> Text {
    Text::counted(bounds, Recipe::Paragraphs)
}

/// A function for each recipe, with its first value of a column `users.it` as an example.
macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident => $recipe:ident, $example:literal;)*) => {$(
        $(#[doc = $doc])+
        ///
        /// ```
        /// # use seed_core::{Cell, Generator, Key, generators};
        /// # let key = Key::seed(42).child("users");
        /// # let cell = Cell { table: key, column: key.child("it"), row: 0 };
        #[doc = concat!("assert_eq!(generators::", stringify!($name), "().value(&cell), \"", $example, "\");")]
        /// ```
        pub fn $name() -> Text {
            Text::new(Recipe::$recipe)
        }
    )*};
}
texts! {
    /// A username of the row's person: `alice_smith`. Numbered where all names are used up, unique or not, so that accounts are different ones.
    username => Username, "freeman_leannon";
    /// An e-mail address of the row's person, of a domain that RFC 2606 keeps for examples.
    email => Email, "freeman.leannon@example.org";
    /// The first name of the row's person. A unique column goes on with double names where the list is used up.
    first_name => FirstName, "Freeman";
    /// A second first name of the row's person, of the gender of the first.
    middle_name => MiddleName, "Dion";
    /// The last name of the row's person. A unique column goes on with double names where the list is used up.
    last_name => LastName, "Leannon";
    /// The name of the row's person, in the order of the locale.
    full_name => FullName, "Freeman Leannon";
    /// A form of address that fits the gender of the row's person.
    honorific => Honorific, "Mr.";
    /// The gender of the row's person, which follows from the first name: `female` or `male`, in the words of the locale; `F` or `M` in a column too narrow for them.
    gender => Gender, "male";
    /// A job title.
    job_title => JobTitle, "District Banking Producer";
    /// A phone number in the country of the row's place: of a range kept for fiction where the country has one, and else of an area `000`, which no country has. A unique column has numbers of one country, with an extension where they are used up.
    phone => Phone, "+55 000 555 2642";
    /// A social security number of the United States, of an area that is not given out.
    ssn => Ssn, "666-26-4278";
    /// The city of the row's place; where the column is unique, one that does not exist.
    city => City, "Recife";
    /// The state, province or region of the row's place; its code in a column of fewer than 14 characters.
    state => State, "Pernambuco";
    /// The country of the row's place; its code in a column of fewer than 14 characters. In a table of countries, and where the column is unique, one of the 249 of ISO 3166-1.
    country => Country, "Brazil";
    /// The code of two letters of [`country`].
    country_code => CountryCode, "BR";
    /// A postcode that fits the city of the row's place.
    postcode => Postcode, "50262-331";
    /// A street and a house number.
    street => Street, "143 Buckridge Lane";
    /// A house number.
    house_number => HouseNumber, "265";
    /// The name of the row's company.
    company => Company, "Beer and Koss";
    /// The e-mail address of the row's company.
    company_email => CompanyEmail, "info@beer-koss.example.com";
    /// The domain of the row's company, under `example.com`.
    company_domain => CompanyDomain, "beer-koss.example.com";
    /// The website of the row's company.
    company_url => CompanyUrl, "https://beer-koss.example.com";
    /// The name of a product.
    product_name => Product, "Heavy Glass Cup";
    /// The address of a page under `example.com`.
    url => Url, "https://example.com/southern-delta";
    /// A domain under `example.com`.
    domain_name => DomainName, "southern-delta.example.com";
    /// Words with a hyphen between them, as a part of an address.
    slug => Slug, "southern-delta";
    /// The title of a text; of fewer words in a column of fewer than 49 characters.
    title => Title, "The Solar Haven of the Southern Delta";
    /// The name of a thing.
    label => Label, "Southern Delta";
    /// A word.
    word => Word, "delta";
    /// A sentence of 4 to 12 words. A unique column has titles.
    sentence => Sentence, "Magnam quis ullam consequuntur ut non sed aspernatur molestiae.";
    /// Three to five sentences. A unique column has titles.
    paragraph => Paragraph, "Magnam quis ullam consequuntur ut non sed aspernatur molestiae. Voluptas unde asperiores natus assumenda deleniti quia at voluptas aliquid ut eligendi. Aliquid quia sed ratione assumenda quos ad ut quia tenetur magni.";
    /// A colour as the web writes it.
    color => Color, "#43a7b9";
    /// The currency of the row's place, by its code of ISO 4217.
    currency => Currency, "BRL";
    /// The locale of the row's place.
    locale_code => Locale, "pt-BR";
    /// The language of the row's place, by its code of ISO 639-1.
    language => Language, "pt";
    /// The time zone of the row's place.
    time_zone => TimeZone, "America/Recife";
    /// One of `active`, `pending`, `archived`, `draft` and `closed`.
    status => Status, "archived";
    /// 32 hexadecimal digits.
    token => Token, "43a7b9fa877918fc5ca44872414439cd";
    /// A UUID of version 4 in a column of text.
    uuid_v4_text => Uuid, "43a7b9fa-8779-45ca-9121-18fc414439cd";
    /// A UUID of version 7 in a column of text: its time rises with the row, from two years before the anchor up to it.
    uuid_v7_text => UuidV7, "018cc778-5000-7000-8000-b3fb7a4ccaac";
    /// A bcrypt hash of the password `password`, always the same one: logging in is possible, and hashing once is enough.
    password_hash => PasswordHash, "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
    /// An IPv4 address of the private network `10.0.0.0/8`.
    ipv4 => IpAddress, "10.67.167.185";
    /// An IPv6 address of `2001:db8::/32`, which is kept for documentation.
    ipv6 => Ipv6, "2001:db8:43a7:b9fa:5ca4:4872:8779:18fc";
    /// A MAC address that is locally administered.
    mac_address => MacAddress, "02:43:a7:b9:fa:87";
    /// What a browser says of itself.
    user_agent => UserAgent, "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.2642";
    /// The number of an article.
    sku => Sku, "GWQ-9510";
    /// An EAN-13 with its check digit, of the numbers kept for use within a shop; an EAN-8 in a narrower column.
    ean => Ean, "2264278052965";
    /// 13 digits with the check digit of an ISBN, of a group that is not given out.
    isbn => Isbn, "9799264278058";
    /// An IBAN with its check digits, in the country of the row's place where that has one, of a bank that does not exist.
    iban => Iban, "BR6300000000000002642780529";
    /// A card number of 16 digits with its check digit, which begins as the numbers do that card companies publish for tests.
    card_number => CardNumber, "2223002642780525";
    /// A version number of three parts.
    version => Version, "2.32.13";
    /// The name of a file.
    file_name => FileName, "southern-delta.txt";
    /// A media type.
    mime_type => MimeType, "image/jpeg";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::locale::Locale;

    #[test]
    fn a_column_prepares_its_text() {
        let key = Key::seed(1).child("t");
        let cell = Cell { table: key, column: key.child("c"), row: 3 };
        let mut hint = Hint::new("t", "c");
        (hint.max_len, hint.unique, hint.locale) = (Some(12), true, Locale::JA_JP);
        let mut name = full_name();
        name.prepare(&hint);
        let domain = name.domain().unwrap();
        assert!(domain.nth(domain.index(&cell)).chars().count() <= 12 && !name.value(&cell).is_ascii());
        assert!(sentence().domain().is_none());
    }

    #[test]
    fn a_number_of_words_is_one_or_more() {
        assert!(words(1..=1).check().is_ok() && sentences(1..3).check().is_ok());
        assert_eq!(
            words(3..3).check().unwrap_err(),
            "from `3` to `3` is no number of words or sentences; write 1 to 100000, and the lower one first"
        );
        assert!(paragraphs(0..=2).check().is_err());
        assert!(words(1..=100_000).check().is_ok() && words(1..=100_001).check().is_err());
        assert!(words(1..=u64::MAX).check().is_err() && sentences(0..u64::MAX).check().is_err());
    }
}
