//! Places of one country, by their own names.

use crate::locale::Locale;
use crate::place::{Nation, Place, nation, place};

/// The places of a locale's country; none for English, which is spoken in many.
pub(super) fn places(locale: Locale) -> &'static [Place] {
    match locale {
        Locale::AR_SA => &SAUDI_ARABIA,
        Locale::CY_GB => &WALES,
        Locale::DE_DE => &GERMANY,
        Locale::EN => &[],
        Locale::FA_IR => &IRAN,
        Locale::FR_FR => &FRANCE,
        Locale::IT_IT => &ITALY,
        Locale::JA_JP => &JAPAN,
        Locale::NL_NL => &NETHERLANDS,
        Locale::PT_BR => &BRAZIL,
        Locale::PT_PT => &PORTUGAL,
        Locale::TR_TR => &TURKEY,
        Locale::ZH_CN => &CHINA,
        Locale::ZH_TW => &TAIWAN,
    }
}

const SA: Nation = nation("السعودية", "SA", "SAR", "ar-SA", "+966 000 555 ####");
const GB: Nation = nation("Y Deyrnas Unedig", "GB", "GBP", "cy-GB", "+44 7700 900###");
const DE: Nation = nation("Deutschland", "DE", "EUR", "de-DE", "+49 30 23125 ###");
const IR: Nation = nation("ایران", "IR", "IRR", "fa-IR", "+98 000 555 ####");
const FR: Nation = nation("France", "FR", "EUR", "fr-FR", "+33 6 39 98 ## ##");
const IT: Nation = nation("Italia", "IT", "EUR", "it-IT", "+39 000 555 ####");
const JP: Nation = nation("日本", "JP", "JPY", "ja-JP", "+81 000 555 ####");
const NL: Nation = nation("Nederland", "NL", "EUR", "nl-NL", "+31 000 555 ####");
const BR: Nation = nation("Brasil", "BR", "BRL", "pt-BR", "+55 000 555 ####");
const PT: Nation = nation("Portugal", "PT", "EUR", "pt-PT", "+351 000 555 ####");
const TR: Nation = nation("Türkiye", "TR", "TRY", "tr-TR", "+90 000 555 ####");
const CN: Nation = nation("中国", "CN", "CNY", "zh-CN", "+86 000 555 ####");
const TW: Nation = nation("台灣", "TW", "TWD", "zh-TW", "+886 000 555 ####");

#[rustfmt::skip]
static SAUDI_ARABIA: [Place; 6] = [
    place("الرياض", ("منطقة الرياض", "RI"), "122##", SA, "Asia/Riyadh", (24.7136, 46.6753)),
    place("جدة", ("منطقة مكة المكرمة", "MK"), "234##", SA, "Asia/Riyadh", (21.4858, 39.1925)),
    place("مكة المكرمة", ("منطقة مكة المكرمة", "MK"), "242##", SA, "Asia/Riyadh", (21.3891, 39.8579)),
    place("الدمام", ("المنطقة الشرقية", "SH"), "324##", SA, "Asia/Riyadh", (26.4207, 50.0888)),
    place("أبها", ("منطقة عسير", "AS"), "625##", SA, "Asia/Riyadh", (18.2164, 42.5053)),
    place("تبوك", ("منطقة تبوك", "TB"), "475##", SA, "Asia/Riyadh", (28.3838, 36.5662)),
];

#[rustfmt::skip]
static WALES: [Place; 6] = [
    place("Caerdydd", ("Caerdydd", "CRF"), "CF1# #@@", GB, "Europe/London", (51.4816, -3.1791)),
    place("Abertawe", ("Abertawe", "SWA"), "SA1 #@@", GB, "Europe/London", (51.6214, -3.9436)),
    place("Casnewydd", ("Casnewydd", "NWP"), "NP2# #@@", GB, "Europe/London", (51.5842, -2.9977)),
    place("Wrecsam", ("Wrecsam", "WRX"), "LL1# #@@", GB, "Europe/London", (53.043, -2.9925)),
    place("Bangor", ("Gwynedd", "GWN"), "LL57 #@@", GB, "Europe/London", (53.2274, -4.1293)),
    place("Aberystwyth", ("Ceredigion", "CGN"), "SY23 #@@", GB, "Europe/London", (52.4153, -4.0829)),
];

#[rustfmt::skip]
static GERMANY: [Place; 8] = [
    place("Berlin", ("Berlin", "BE"), "10###", DE, "Europe/Berlin", (52.52, 13.405)),
    place("München", ("Bayern", "BY"), "80###", DE, "Europe/Berlin", (48.1351, 11.582)),
    place("Hamburg", ("Hamburg", "HH"), "20###", DE, "Europe/Berlin", (53.5511, 9.9937)),
    place("Köln", ("Nordrhein-Westfalen", "NW"), "50###", DE, "Europe/Berlin", (50.9375, 6.9603)),
    place("Leipzig", ("Sachsen", "SN"), "04###", DE, "Europe/Berlin", (51.3397, 12.3731)),
    place("Stuttgart", ("Baden-Württemberg", "BW"), "70###", DE, "Europe/Berlin", (48.7758, 9.1829)),
    place("Hannover", ("Niedersachsen", "NI"), "30###", DE, "Europe/Berlin", (52.3759, 9.732)),
    place("Lübeck", ("Schleswig-Holstein", "SH"), "23###", DE, "Europe/Berlin", (53.8655, 10.6866)),
];

#[rustfmt::skip]
static IRAN: [Place; 5] = [
    place("تهران", ("تهران", "TEH"), "11###-#####", IR, "Asia/Tehran", (35.6892, 51.389)),
    place("اصفهان", ("اصفهان", "ESF"), "81###-#####", IR, "Asia/Tehran", (32.6546, 51.668)),
    place("شیراز", ("فارس", "FAR"), "71###-#####", IR, "Asia/Tehran", (29.5918, 52.5837)),
    place("تبریز", ("آذربایجان شرقی", "EAZ"), "51###-#####", IR, "Asia/Tehran", (38.0962, 46.2738)),
    place("مشهد", ("خراسان رضوی", "KHR"), "91###-#####", IR, "Asia/Tehran", (36.2605, 59.6168)),
];

#[rustfmt::skip]
static FRANCE: [Place; 7] = [
    place("Paris", ("Île-de-France", "IDF"), "7500#", FR, "Europe/Paris", (48.8566, 2.3522)),
    place("Lyon", ("Auvergne-Rhône-Alpes", "ARA"), "6900#", FR, "Europe/Paris", (45.764, 4.8357)),
    place("Bordeaux", ("Nouvelle-Aquitaine", "NAQ"), "33#00", FR, "Europe/Paris", (44.8378, -0.5792)),
    place("Marseille", ("Provence-Alpes-Côte d'Azur", "PAC"), "1300#", FR, "Europe/Paris", (43.2965, 5.3698)),
    place("Nantes", ("Pays de la Loire", "PDL"), "44#00", FR, "Europe/Paris", (47.2184, -1.5536)),
    place("Strasbourg", ("Grand Est", "GES"), "67#00", FR, "Europe/Paris", (48.5734, 7.7521)),
    place("Saint-Étienne", ("Auvergne-Rhône-Alpes", "ARA"), "42#00", FR, "Europe/Paris", (45.4397, 4.3872)),
];

#[rustfmt::skip]
static ITALY: [Place; 6] = [
    place("Roma", ("Lazio", "RM"), "001##", IT, "Europe/Rome", (41.9028, 12.4964)),
    place("Milano", ("Lombardia", "MI"), "201##", IT, "Europe/Rome", (45.4642, 9.19)),
    place("Napoli", ("Campania", "NA"), "801##", IT, "Europe/Rome", (40.8518, 14.2681)),
    place("Torino", ("Piemonte", "TO"), "101##", IT, "Europe/Rome", (45.0703, 7.6869)),
    place("Firenze", ("Toscana", "FI"), "501##", IT, "Europe/Rome", (43.7696, 11.2558)),
    place("Forlì", ("Emilia-Romagna", "FC"), "471##", IT, "Europe/Rome", (44.2227, 12.0407)),
];

#[rustfmt::skip]
static JAPAN: [Place; 6] = [
    place("新宿区", ("東京都", "TO"), "16#-00##", JP, "Asia/Tokyo", (35.6938, 139.7034)),
    place("大阪市", ("大阪府", "OS"), "53#-00##", JP, "Asia/Tokyo", (34.6937, 135.5023)),
    place("横浜市", ("神奈川県", "KN"), "22#-00##", JP, "Asia/Tokyo", (35.4437, 139.638)),
    place("名古屋市", ("愛知県", "AI"), "46#-00##", JP, "Asia/Tokyo", (35.1815, 136.9066)),
    place("札幌市", ("北海道", "HK"), "06#-00##", JP, "Asia/Tokyo", (43.0618, 141.3545)),
    place("福岡市", ("福岡県", "FO"), "81#-00##", JP, "Asia/Tokyo", (33.5904, 130.4017)),
];

#[rustfmt::skip]
static NETHERLANDS: [Place; 6] = [
    place("Amsterdam", ("Noord-Holland", "NH"), "10## @@", NL, "Europe/Amsterdam", (52.3676, 4.9041)),
    place("Rotterdam", ("Zuid-Holland", "ZH"), "30## @@", NL, "Europe/Amsterdam", (51.9244, 4.4777)),
    place("Utrecht", ("Utrecht", "UT"), "35## @@", NL, "Europe/Amsterdam", (52.0907, 5.1214)),
    place("Eindhoven", ("Noord-Brabant", "NB"), "56## @@", NL, "Europe/Amsterdam", (51.4416, 5.4697)),
    place("Leeuwarden", ("Fryslân", "FR"), "89## @@", NL, "Europe/Amsterdam", (53.2012, 5.7999)),
    place("Maastricht", ("Limburg", "LI"), "62## @@", NL, "Europe/Amsterdam", (50.8514, 5.691)),
];

#[rustfmt::skip]
static BRAZIL: [Place; 6] = [
    place("São Paulo", ("São Paulo", "SP"), "01###-###", BR, "America/Sao_Paulo", (-23.5558, -46.6396)),
    place("Rio de Janeiro", ("Rio de Janeiro", "RJ"), "20###-###", BR, "America/Sao_Paulo", (-22.9068, -43.1729)),
    place("Brasília", ("Distrito Federal", "DF"), "70###-###", BR, "America/Sao_Paulo", (-15.7939, -47.8828)),
    place("Curitiba", ("Paraná", "PR"), "80###-###", BR, "America/Sao_Paulo", (-25.4284, -49.2733)),
    place("Recife", ("Pernambuco", "PE"), "50###-###", BR, "America/Recife", (-8.0476, -34.877)),
    place("Manaus", ("Amazonas", "AM"), "69###-###", BR, "America/Manaus", (-3.119, -60.0217)),
];

#[rustfmt::skip]
static PORTUGAL: [Place; 6] = [
    place("Lisboa", ("Lisboa", "LI"), "1##0-###", PT, "Europe/Lisbon", (38.7223, -9.1393)),
    place("Porto", ("Porto", "PO"), "40#0-###", PT, "Europe/Lisbon", (41.1579, -8.6291)),
    place("Braga", ("Braga", "BR"), "47#0-###", PT, "Europe/Lisbon", (41.5454, -8.4265)),
    place("Coimbra", ("Coimbra", "CO"), "30#0-###", PT, "Europe/Lisbon", (40.2033, -8.4103)),
    place("Évora", ("Évora", "EV"), "70#0-###", PT, "Europe/Lisbon", (38.571, -7.9135)),
    place("Faro", ("Faro", "FA"), "80#0-###", PT, "Europe/Lisbon", (37.0194, -7.9304)),
];

#[rustfmt::skip]
static TURKEY: [Place; 6] = [
    place("İstanbul", ("İstanbul", "IST"), "34###", TR, "Europe/Istanbul", (41.0082, 28.9784)),
    place("Ankara", ("Ankara", "ANK"), "06###", TR, "Europe/Istanbul", (39.9334, 32.8597)),
    place("İzmir", ("İzmir", "IZM"), "35###", TR, "Europe/Istanbul", (38.4237, 27.1428)),
    place("Bursa", ("Bursa", "BUR"), "16###", TR, "Europe/Istanbul", (40.1885, 29.061)),
    place("Antalya", ("Antalya", "ANT"), "07###", TR, "Europe/Istanbul", (36.8969, 30.7133)),
    place("Adana", ("Adana", "ADA"), "01###", TR, "Europe/Istanbul", (36.9914, 35.3308)),
];

#[rustfmt::skip]
static CHINA: [Place; 6] = [
    place("北京市", ("北京市", "BJ"), "1000##", CN, "Asia/Shanghai", (39.9042, 116.4074)),
    place("上海市", ("上海市", "SH"), "2000##", CN, "Asia/Shanghai", (31.2304, 121.4737)),
    place("广州市", ("广东省", "GD"), "5100##", CN, "Asia/Shanghai", (23.1291, 113.2644)),
    place("成都市", ("四川省", "SC"), "6100##", CN, "Asia/Shanghai", (30.5728, 104.0668)),
    place("武汉市", ("湖北省", "HB"), "4300##", CN, "Asia/Shanghai", (30.5928, 114.3055)),
    place("西安市", ("陕西省", "SN"), "7100##", CN, "Asia/Shanghai", (34.3416, 108.9398)),
];

#[rustfmt::skip]
static TAIWAN: [Place; 5] = [
    place("臺北市", ("臺北市", "TPE"), "10#", TW, "Asia/Taipei", (25.033, 121.5654)),
    place("新北市", ("新北市", "NWT"), "22#", TW, "Asia/Taipei", (25.0169, 121.4628)),
    place("臺中市", ("臺中市", "TXG"), "40#", TW, "Asia/Taipei", (24.1477, 120.6736)),
    place("臺南市", ("臺南市", "TNN"), "70#", TW, "Asia/Taipei", (22.9999, 120.2269)),
    place("高雄市", ("高雄市", "KHH"), "80#", TW, "Asia/Taipei", (22.6273, 120.3014)),
];
