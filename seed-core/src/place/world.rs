//! Places of the whole world, by their English names.

use crate::place::{Nation, Place, nation, place};

const AR: Nation = nation("Argentina", "AR", "ARS", "es-AR", "+54 000 555 ####");
const AT: Nation = nation("Austria", "AT", "EUR", "de-AT", "+43 000 555 ####");
const AU: Nation = nation("Australia", "AU", "AUD", "en-AU", "+61 2 5550 ####");
const BR: Nation = nation("Brazil", "BR", "BRL", "pt-BR", "+55 000 555 ####");
const CA: Nation = nation("Canada", "CA", "CAD", "en-CA", "");
const CH: Nation = nation("Switzerland", "CH", "CHF", "de-CH", "+41 000 555 ####");
const CZ: Nation = nation("Czechia", "CZ", "CZK", "cs-CZ", "+420 000 555 ####");
const DE: Nation = nation("Germany", "DE", "EUR", "de-DE", "+49 30 23125 ###");
const DK: Nation = nation("Denmark", "DK", "DKK", "da-DK", "+45 000 555 ####");
const ES: Nation = nation("Spain", "ES", "EUR", "es-ES", "+34 000 555 ####");
const FI: Nation = nation("Finland", "FI", "EUR", "fi-FI", "+358 000 555 ####");
const FR: Nation = nation("France", "FR", "EUR", "fr-FR", "+33 6 39 98 ## ##");
const GB: Nation = nation("United Kingdom", "GB", "GBP", "en-GB", "+44 7700 900###");
const IE: Nation = nation("Ireland", "IE", "EUR", "en-IE", "+353 20 91# ####");
const IN: Nation = nation("India", "IN", "INR", "en-IN", "+91 000 555 ####");
const IT: Nation = nation("Italy", "IT", "EUR", "it-IT", "+39 000 555 ####");
const JP: Nation = nation("Japan", "JP", "JPY", "ja-JP", "+81 000 555 ####");
const MX: Nation = nation("Mexico", "MX", "MXN", "es-MX", "+52 000 555 ####");
const NL: Nation = nation("Netherlands", "NL", "EUR", "nl-NL", "+31 000 555 ####");
const NO: Nation = nation("Norway", "NO", "NOK", "nb-NO", "+47 000 555 ####");
const NZ: Nation = nation("New Zealand", "NZ", "NZD", "en-NZ", "+64 000 555 ####");
const PL: Nation = nation("Poland", "PL", "PLN", "pl-PL", "+48 000 555 ####");
const PT: Nation = nation("Portugal", "PT", "EUR", "pt-PT", "+351 000 555 ####");
const SE: Nation = nation("Sweden", "SE", "SEK", "sv-SE", "+46 8 465 004 ##");
const TR: Nation = nation("Turkey", "TR", "TRY", "tr-TR", "+90 000 555 ####");
const US: Nation = nation("United States", "US", "USD", "en-US", "");
const ZA: Nation = nation("South Africa", "ZA", "ZAR", "en-ZA", "+27 000 555 ####");

#[rustfmt::skip]
pub(super) static PLACES: [Place; 64] = [
    place("Buenos Aires", ("Buenos Aires", "C"), "14##", AR, "America/Argentina/Buenos_Aires", (-34.6037, -58.3816)),
    place("Vienna", ("Vienna", "W"), "10#0", AT, "Europe/Vienna", (48.2082, 16.3738)),
    place("Graz", ("Styria", "ST"), "801#", AT, "Europe/Vienna", (47.0707, 15.4395)),
    place("Sydney", ("New South Wales", "NSW"), "20##", AU, "Australia/Sydney", (-33.8688, 151.2093)),
    place("Melbourne", ("Victoria", "VIC"), "30##", AU, "Australia/Melbourne", (-37.8136, 144.9631)),
    place("Brisbane", ("Queensland", "QLD"), "40##", AU, "Australia/Brisbane", (-27.4698, 153.0251)),
    place("Perth", ("Western Australia", "WA"), "60##", AU, "Australia/Perth", (-31.9523, 115.8613)),
    place("Curitiba", ("Parana", "PR"), "80###-###", BR, "America/Sao_Paulo", (-25.4284, -49.2733)),
    place("Recife", ("Pernambuco", "PE"), "50###-###", BR, "America/Recife", (-8.0476, -34.877)),
    place("Toronto", ("Ontario", "ON"), "M5@ #@#", CA, "America/Toronto", (43.6532, -79.3832)),
    place("Vancouver", ("British Columbia", "BC"), "V6@ #@#", CA, "America/Vancouver", (49.2827, -123.1207)),
    place("Calgary", ("Alberta", "AB"), "T2@ #@#", CA, "America/Edmonton", (51.0447, -114.0719)),
    place("Zurich", ("Zurich", "ZH"), "80##", CH, "Europe/Zurich", (47.3769, 8.5417)),
    place("Bern", ("Bern", "BE"), "30##", CH, "Europe/Zurich", (46.948, 7.4474)),
    place("Prague", ("Prague", "PR"), "1#0 00", CZ, "Europe/Prague", (50.0755, 14.4378)),
    place("Berlin", ("Berlin", "BE"), "10###", DE, "Europe/Berlin", (52.52, 13.405)),
    place("Munich", ("Bavaria", "BY"), "80###", DE, "Europe/Berlin", (48.1351, 11.582)),
    place("Hamburg", ("Hamburg", "HH"), "20###", DE, "Europe/Berlin", (53.5511, 9.9937)),
    place("Cologne", ("North Rhine-Westphalia", "NW"), "50###", DE, "Europe/Berlin", (50.9375, 6.9603)),
    place("Copenhagen", ("Capital Region", "HO"), "21#0", DK, "Europe/Copenhagen", (55.6761, 12.5683)),
    place("Madrid", ("Madrid", "MD"), "280##", ES, "Europe/Madrid", (40.4168, -3.7038)),
    place("Barcelona", ("Catalonia", "CT"), "080##", ES, "Europe/Madrid", (41.3874, 2.1686)),
    place("Seville", ("Andalusia", "AN"), "410##", ES, "Europe/Madrid", (37.3891, -5.9845)),
    place("Helsinki", ("Uusimaa", "UU"), "00##0", FI, "Europe/Helsinki", (60.1699, 24.9384)),
    place("Paris", ("Ile-de-France", "IDF"), "7500#", FR, "Europe/Paris", (48.8566, 2.3522)),
    place("Lyon", ("Auvergne-Rhone-Alpes", "ARA"), "6900#", FR, "Europe/Paris", (45.764, 4.8357)),
    place("Bordeaux", ("Nouvelle-Aquitaine", "NAQ"), "33#00", FR, "Europe/Paris", (44.8378, -0.5792)),
    place("London", ("England", "ENG"), "SE1# #@@", GB, "Europe/London", (51.5072, -0.1276)),
    place("Manchester", ("England", "ENG"), "M1# #@@", GB, "Europe/London", (53.4808, -2.2426)),
    place("Edinburgh", ("Scotland", "SCT"), "EH1# #@@", GB, "Europe/London", (55.9533, -3.1883)),
    place("Cardiff", ("Wales", "WLS"), "CF1# #@@", GB, "Europe/London", (51.4816, -3.1791)),
    place("Dublin", ("Leinster", "L"), "D1# @@##", IE, "Europe/Dublin", (53.3498, -6.2603)),
    place("Cork", ("Munster", "M"), "T12 @@##", IE, "Europe/Dublin", (51.8985, -8.4756)),
    place("Mumbai", ("Maharashtra", "MH"), "4000##", IN, "Asia/Kolkata", (19.076, 72.8777)),
    place("Chennai", ("Tamil Nadu", "TN"), "6000##", IN, "Asia/Kolkata", (13.0827, 80.2707)),
    place("Rome", ("Lazio", "LA"), "001##", IT, "Europe/Rome", (41.9028, 12.4964)),
    place("Milan", ("Lombardy", "LO"), "201##", IT, "Europe/Rome", (45.4642, 9.19)),
    place("Tokyo", ("Tokyo", "TO"), "10#-00##", JP, "Asia/Tokyo", (35.6762, 139.6503)),
    place("Osaka", ("Osaka", "OS"), "53#-00##", JP, "Asia/Tokyo", (34.6937, 135.5023)),
    place("Guadalajara", ("Jalisco", "JAL"), "44###", MX, "America/Mexico_City", (20.6597, -103.3496)),
    place("Monterrey", ("Nuevo Leon", "NLE"), "64###", MX, "America/Monterrey", (25.6866, -100.3161)),
    place("Amsterdam", ("North Holland", "NH"), "10## @@", NL, "Europe/Amsterdam", (52.3676, 4.9041)),
    place("Rotterdam", ("South Holland", "ZH"), "30## @@", NL, "Europe/Amsterdam", (51.9244, 4.4777)),
    place("Oslo", ("Oslo", "OS"), "01##", NO, "Europe/Oslo", (59.9139, 10.7522)),
    place("Auckland", ("Auckland", "AUK"), "10##", NZ, "Pacific/Auckland", (-36.8509, 174.7645)),
    place("Wellington", ("Wellington", "WGN"), "60##", NZ, "Pacific/Auckland", (-41.2924, 174.7787)),
    place("Warsaw", ("Masovia", "MZ"), "00-###", PL, "Europe/Warsaw", (52.2297, 21.0122)),
    place("Krakow", ("Lesser Poland", "MP"), "30-###", PL, "Europe/Warsaw", (50.0647, 19.945)),
    place("Lisbon", ("Lisbon", "LI"), "1##0-###", PT, "Europe/Lisbon", (38.7223, -9.1393)),
    place("Stockholm", ("Stockholm", "AB"), "11# ##", SE, "Europe/Stockholm", (59.3293, 18.0686)),
    place("Istanbul", ("Istanbul", "IS"), "34###", TR, "Europe/Istanbul", (41.0082, 28.9784)),
    place("Atlanta", ("Georgia", "GA"), "303##", US, "America/New_York", (33.749, -84.388)),
    place("Austin", ("Texas", "TX"), "787##", US, "America/Chicago", (30.2672, -97.7431)),
    place("Boston", ("Massachusetts", "MA"), "021##", US, "America/New_York", (42.3601, -71.0589)),
    place("Chicago", ("Illinois", "IL"), "606##", US, "America/Chicago", (41.8781, -87.6298)),
    place("Columbus", ("Ohio", "OH"), "432##", US, "America/New_York", (39.9612, -82.9988)),
    place("Denver", ("Colorado", "CO"), "802##", US, "America/Denver", (39.7392, -104.9903)),
    place("Minneapolis", ("Minnesota", "MN"), "554##", US, "America/Chicago", (44.9778, -93.265)),
    place("Phoenix", ("Arizona", "AZ"), "850##", US, "America/Phoenix", (33.4484, -112.074)),
    place("Portland", ("Oregon", "OR"), "972##", US, "America/Los_Angeles", (45.5152, -122.6784)),
    place("San Diego", ("California", "CA"), "921##", US, "America/Los_Angeles", (32.7157, -117.1611)),
    place("Seattle", ("Washington", "WA"), "981##", US, "America/Los_Angeles", (47.6062, -122.3321)),
    place("Cape Town", ("Western Cape", "WC"), "80##", ZA, "Africa/Johannesburg", (-33.9249, 18.4241)),
    place("Durban", ("KwaZulu-Natal", "KZN"), "40##", ZA, "Africa/Johannesburg", (-29.8587, 31.0218)),
];
