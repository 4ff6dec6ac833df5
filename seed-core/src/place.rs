//! The place of a row: what its city, state, country, postcode, currency and time zone have in
//! common.

use crate::cell::Cell;
use crate::generator::Generator;
use crate::stream::Stream;
use crate::text::cut;

/// A place. All columns of a row that speak of a place ask for the same one, so they agree without
/// knowing of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    /// What ISO 3166-2 writes behind the country, where that is letters.
    pub(crate) state_code: &'static str,
    pub(crate) country: &'static str,
    pub(crate) country_code: &'static str,
    /// `#` stands for any digit, `@` for a letter.
    postcode: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) locale: &'static str,
}

impl Place {
    /// The place of a cell's row, keyed by the table.
    fn of(cell: &Cell) -> &'static Place {
        // No column has a name with a bracket, so no cell draws from the same stream.
        let mut stream = cell.table.child("(place)").stream(cell.row);
        &PLACES[stream.below(PLACES.len() as u64) as usize]
    }

    /// The locales of all places.
    pub(crate) fn locales() -> Vec<&'static str> {
        PLACES.iter().map(|place| place.locale).collect()
    }

    fn postcode(&self, stream: &mut Stream) -> String {
        // Letters that no country leaves out of its postcodes.
        let letters = b"ABEHJLNPRSTX";
        self.postcode
            .chars()
            .map(|shape| match shape {
                '#' => char::from(b'0' + stream.below(10) as u8),
                '@' => char::from(letters[stream.below(letters.len() as u64) as usize]),
                shape => shape,
            })
            .collect()
    }
}

/// A part of the row's place, or where that is too long, a shorter one, cut to a length.
pub(crate) fn text(
    of: fn(&Place) -> &'static str,
    shorter: fn(&Place) -> &'static str,
    max_len: usize,
) -> impl Generator<String> {
    let of = move |cell: &Cell| {
        let place = Place::of(cell);
        let text = of(place);
        if text.len() <= max_len { text.to_owned() } else { shorter(place).to_owned() }
    };
    PlaceText { of, max_len }
}

/// A postcode in the row's place, cut to a length.
pub(crate) fn postcode(max_len: usize) -> impl Generator<String> {
    PlaceText { of: |cell: &Cell| Place::of(cell).postcode(&mut cell.stream()), max_len }
}

struct PlaceText<F> {
    of: F,
    max_len: usize,
}

impl<F: Fn(&Cell) -> String + Send + Sync> Generator<String> for PlaceText<F> {
    fn value(&self, cell: &Cell) -> String {
        let mut text = (self.of)(cell);
        cut(&mut text, self.max_len);
        text
    }
}

/// A country as the places in it write it: name, code, currency, locale.
type Country = (&'static str, &'static str, &'static str, &'static str);

const fn place(
    city: &'static str,
    (state, state_code): (&'static str, &'static str),
    postcode: &'static str,
    (country, country_code, currency, locale): Country,
    time_zone: &'static str,
) -> Place {
    Place { city, state, state_code, country, country_code, postcode, currency, time_zone, locale }
}

const AR: Country = ("Argentina", "AR", "ARS", "es-AR");
const AT: Country = ("Austria", "AT", "EUR", "de-AT");
const AU: Country = ("Australia", "AU", "AUD", "en-AU");
const BR: Country = ("Brazil", "BR", "BRL", "pt-BR");
const CA: Country = ("Canada", "CA", "CAD", "en-CA");
const CH: Country = ("Switzerland", "CH", "CHF", "de-CH");
const CZ: Country = ("Czechia", "CZ", "CZK", "cs-CZ");
const DE: Country = ("Germany", "DE", "EUR", "de-DE");
const DK: Country = ("Denmark", "DK", "DKK", "da-DK");
const ES: Country = ("Spain", "ES", "EUR", "es-ES");
const FI: Country = ("Finland", "FI", "EUR", "fi-FI");
const FR: Country = ("France", "FR", "EUR", "fr-FR");
const GB: Country = ("United Kingdom", "GB", "GBP", "en-GB");
const IE: Country = ("Ireland", "IE", "EUR", "en-IE");
const IN: Country = ("India", "IN", "INR", "en-IN");
const IT: Country = ("Italy", "IT", "EUR", "it-IT");
const JP: Country = ("Japan", "JP", "JPY", "ja-JP");
const MX: Country = ("Mexico", "MX", "MXN", "es-MX");
const NL: Country = ("Netherlands", "NL", "EUR", "nl-NL");
const NO: Country = ("Norway", "NO", "NOK", "nb-NO");
const NZ: Country = ("New Zealand", "NZ", "NZD", "en-NZ");
const PL: Country = ("Poland", "PL", "PLN", "pl-PL");
const PT: Country = ("Portugal", "PT", "EUR", "pt-PT");
const SE: Country = ("Sweden", "SE", "SEK", "sv-SE");
const TR: Country = ("Turkey", "TR", "TRY", "tr-TR");
const US: Country = ("United States", "US", "USD", "en-US");
const ZA: Country = ("South Africa", "ZA", "ZAR", "en-ZA");

#[rustfmt::skip]
const PLACES: [Place; 64] = [
    place("Buenos Aires", ("Buenos Aires", "C"), "14##", AR, "America/Argentina/Buenos_Aires"),
    place("Vienna", ("Vienna", "W"), "10#0", AT, "Europe/Vienna"),
    place("Graz", ("Styria", "ST"), "801#", AT, "Europe/Vienna"),
    place("Sydney", ("New South Wales", "NSW"), "20##", AU, "Australia/Sydney"),
    place("Melbourne", ("Victoria", "VIC"), "30##", AU, "Australia/Melbourne"),
    place("Brisbane", ("Queensland", "QLD"), "40##", AU, "Australia/Brisbane"),
    place("Perth", ("Western Australia", "WA"), "60##", AU, "Australia/Perth"),
    place("Curitiba", ("Parana", "PR"), "80###-###", BR, "America/Sao_Paulo"),
    place("Recife", ("Pernambuco", "PE"), "50###-###", BR, "America/Recife"),
    place("Toronto", ("Ontario", "ON"), "M5@ #@#", CA, "America/Toronto"),
    place("Vancouver", ("British Columbia", "BC"), "V6@ #@#", CA, "America/Vancouver"),
    place("Calgary", ("Alberta", "AB"), "T2@ #@#", CA, "America/Edmonton"),
    place("Zurich", ("Zurich", "ZH"), "80##", CH, "Europe/Zurich"),
    place("Bern", ("Bern", "BE"), "30##", CH, "Europe/Zurich"),
    place("Prague", ("Prague", "PR"), "1#0 00", CZ, "Europe/Prague"),
    place("Berlin", ("Berlin", "BE"), "10###", DE, "Europe/Berlin"),
    place("Munich", ("Bavaria", "BY"), "80###", DE, "Europe/Berlin"),
    place("Hamburg", ("Hamburg", "HH"), "20###", DE, "Europe/Berlin"),
    place("Cologne", ("North Rhine-Westphalia", "NW"), "50###", DE, "Europe/Berlin"),
    place("Copenhagen", ("Capital Region", "HO"), "21#0", DK, "Europe/Copenhagen"),
    place("Madrid", ("Madrid", "MD"), "280##", ES, "Europe/Madrid"),
    place("Barcelona", ("Catalonia", "CT"), "080##", ES, "Europe/Madrid"),
    place("Seville", ("Andalusia", "AN"), "410##", ES, "Europe/Madrid"),
    place("Helsinki", ("Uusimaa", "UU"), "00##0", FI, "Europe/Helsinki"),
    place("Paris", ("Ile-de-France", "IDF"), "7500#", FR, "Europe/Paris"),
    place("Lyon", ("Auvergne-Rhone-Alpes", "ARA"), "6900#", FR, "Europe/Paris"),
    place("Bordeaux", ("Nouvelle-Aquitaine", "NAQ"), "33#00", FR, "Europe/Paris"),
    place("London", ("England", "ENG"), "SE1# #@@", GB, "Europe/London"),
    place("Manchester", ("England", "ENG"), "M1# #@@", GB, "Europe/London"),
    place("Edinburgh", ("Scotland", "SCT"), "EH1# #@@", GB, "Europe/London"),
    place("Cardiff", ("Wales", "WLS"), "CF1# #@@", GB, "Europe/London"),
    place("Dublin", ("Leinster", "L"), "D1# @@##", IE, "Europe/Dublin"),
    place("Cork", ("Munster", "M"), "T12 @@##", IE, "Europe/Dublin"),
    place("Mumbai", ("Maharashtra", "MH"), "4000##", IN, "Asia/Kolkata"),
    place("Chennai", ("Tamil Nadu", "TN"), "6000##", IN, "Asia/Kolkata"),
    place("Rome", ("Lazio", "LA"), "001##", IT, "Europe/Rome"),
    place("Milan", ("Lombardy", "LO"), "201##", IT, "Europe/Rome"),
    place("Tokyo", ("Tokyo", "TO"), "10#-00##", JP, "Asia/Tokyo"),
    place("Osaka", ("Osaka", "OS"), "53#-00##", JP, "Asia/Tokyo"),
    place("Guadalajara", ("Jalisco", "JAL"), "44###", MX, "America/Mexico_City"),
    place("Monterrey", ("Nuevo Leon", "NLE"), "64###", MX, "America/Monterrey"),
    place("Amsterdam", ("North Holland", "NH"), "10## @@", NL, "Europe/Amsterdam"),
    place("Rotterdam", ("South Holland", "ZH"), "30## @@", NL, "Europe/Amsterdam"),
    place("Oslo", ("Oslo", "OS"), "01##", NO, "Europe/Oslo"),
    place("Auckland", ("Auckland", "AUK"), "10##", NZ, "Pacific/Auckland"),
    place("Wellington", ("Wellington", "WGN"), "60##", NZ, "Pacific/Auckland"),
    place("Warsaw", ("Masovia", "MZ"), "00-###", PL, "Europe/Warsaw"),
    place("Krakow", ("Lesser Poland", "MP"), "30-###", PL, "Europe/Warsaw"),
    place("Lisbon", ("Lisbon", "LI"), "1##0-###", PT, "Europe/Lisbon"),
    place("Stockholm", ("Stockholm", "AB"), "11# ##", SE, "Europe/Stockholm"),
    place("Istanbul", ("Istanbul", "IS"), "34###", TR, "Europe/Istanbul"),
    place("Atlanta", ("Georgia", "GA"), "303##", US, "America/New_York"),
    place("Austin", ("Texas", "TX"), "787##", US, "America/Chicago"),
    place("Boston", ("Massachusetts", "MA"), "021##", US, "America/New_York"),
    place("Chicago", ("Illinois", "IL"), "606##", US, "America/Chicago"),
    place("Columbus", ("Ohio", "OH"), "432##", US, "America/New_York"),
    place("Denver", ("Colorado", "CO"), "802##", US, "America/Denver"),
    place("Minneapolis", ("Minnesota", "MN"), "554##", US, "America/Chicago"),
    place("Phoenix", ("Arizona", "AZ"), "850##", US, "America/Phoenix"),
    place("Portland", ("Oregon", "OR"), "972##", US, "America/Los_Angeles"),
    place("San Diego", ("California", "CA"), "921##", US, "America/Los_Angeles"),
    place("Seattle", ("Washington", "WA"), "981##", US, "America/Los_Angeles"),
    place("Cape Town", ("Western Cape", "WC"), "80##", ZA, "Africa/Johannesburg"),
    place("Durban", ("KwaZulu-Natal", "KZN"), "40##", ZA, "Africa/Johannesburg"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn the_columns_of_a_row_agree_on_a_place() {
        let table = Key::seed(1).child("customers");
        let (city, country) =
            (text(|place| place.city, |_| "", 99), text(|place| place.country, |place| place.country_code, 7));
        for row in 0..500 {
            let cell = |column: &str| Cell { table, column: table.child(column), row };
            let place = PLACES.iter().find(|place| place.city == city.value(&cell("city"))).unwrap();
            let country = country.value(&cell("country"));
            assert_eq!(country, if place.country.len() > 7 { place.country_code } else { place.country });
            let postcode = postcode(99).value(&cell("zip"));
            let head: String = place.postcode.chars().take_while(|shape| !"#@".contains(*shape)).collect();
            assert!(postcode.starts_with(&head) && !postcode.contains(['#', '@']), "{postcode} in {}", place.city);
        }
    }

    #[test]
    fn every_code_has_its_length() {
        for place in PLACES {
            assert!(place.country_code.len() == 2 && place.currency.len() == 3 && place.locale.len() == 5, "{place:?}");
            assert!(place.locale.ends_with(place.country_code) && place.state_code.len() <= 3, "{place:?}");
            assert!(place.state_code.chars().all(|letter| letter.is_ascii_uppercase()), "{place:?}");
            assert!(place.city.is_ascii() && place.state.is_ascii(), "{place:?}");
        }
    }
}
