//! `Gender`: what follows from a first name.

use std::collections::BTreeSet;

use crate::locale::Locale;

/// The gender of a person, which follows from the first name, so that honorific, name and gender of a row
/// agree.
///
/// Names are looked up in a curated list for each language first; one that is in none is decided by its
/// ending (or its characters, in Chinese and Japanese), as most names with that ending are. Names of more
/// than one gender fall on either side, always on the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// How the names of a language tell.
pub(crate) struct Genders {
    women: BTreeSet<&'static str>,
    men: BTreeSet<&'static str>,
    rules: Rules,
}

impl Genders {
    pub(crate) fn new(locale: Locale) -> Genders {
        let rules = Rules::of(locale);
        let words = |list: &'static str| list.split_whitespace().collect();
        Genders { women: words(rules.women), men: words(rules.men), rules }
    }

    pub(crate) fn of(&self, name: &str) -> Gender {
        let Rules { endings, letters, mostly_women, .. } = self.rules;
        let is_female = self.women.contains(name)
            || !self.men.contains(name)
                && (endings.iter().any(|ending| name.ends_with(ending))
                    || name.chars().any(|letter| letters.contains(letter))
                    || mostly_women);
        if is_female { Gender::Female } else { Gender::Male }
    }
}

struct Rules {
    women: &'static str,
    men: &'static str,
    /// Endings of women's names.
    endings: &'static [&'static str],
    /// Characters of women's names.
    letters: &'static str,
    /// What those are of which nothing tells.
    mostly_women: bool,
}

const NONE: Rules = Rules { women: "", men: "", endings: &[], letters: "", mostly_women: false };

impl Rules {
    #[rustfmt::skip]
    fn of(locale: Locale) -> Rules {
        match locale {
            Locale::EN => Rules {
                women: "Abagail Abbey Abbigail Abby Abigail Abigale Abigayle Addison Adele Agnes Aglae Alanis Aleen Alejandrin Alexane Alexis \
                    Alexys Alice Alison Alize Ally Alyce Alyson Alysson Amani Amber Amely Amparo Amy Anabel Anahi Anais Andreane Angel Annabel Annabell Annamae \
                    April Araceli Aracely Ardith Arely Ariane Ashleigh Ashley Ashly Astrid Aubrey Audrey Aurore Autumn Avery Avis Bailey \
                    Beryl Beth Bethany Bethel Betsy Betty Bettye Beverly Birdie Blanche Brandi Brandy Briana Bridget Brisa Britney Brittany Brook \
                    Brooke Brooklyn Bulah Caleigh Cali Camryn Candace Caroline Carley Carli Carmel Carmen Carol Carole Casey Cassidy Cathy Chanel Charity Chasity \
                    Chelsey Cheyenne Chloe Christy Cielo Cindy Citlalli Clare Concepcion Consuelo Cortney Courtney Cristal Crystal Crystel Cydney Dagmar \
                    Daisy Damaris Daphne Daphney Darby Dawn Delaney Delores Desiree Destany Destiney Destini Destiny Diamond Dolly Dolores Dorcas Doris \
                    Dorothy Dorris Dorthy Dulce Easter Ebony Eden Edyth Edythe Eleanore Elenor Eleonore Elinor Elinore Elisabeth Elizabeth Ellen Else Elody \
                    Elise Elyse Emely Emerald Emily Emmy Enid Erin Eryn Estel Estell Esther Ethel Ethyl Eve Fae Faye Fay Felicity Fern Ferne Flo Florence Floy \
                    Frances Gail Gay Genesis Genevieve Germaine Gertrude Gillian Gladyce Gladys Grace Gretchen Guadalupe Gudrun Gwen Gwendolyn Hadley Hailey Haleigh \
                    Haley Harmony Hayley Hazel Hazle Heather Heaven Heidi Helen Hellen Helene Hester Hildegard Hillary Holly Hope Hortense Icie Imani Ines Isabel \
                    Isabell Isobel Itzel Ivory Ivy Jacey Jacinthe Jackeline Jacynthe Jade Jan Janae Jane Janet Janis Janice Jany Jayde Jazmin Jazlyn \
                    Jasmin Jenifer Jennifer Jennyfer Jewel Jewell Jillian Jo Joan Joany Joanny Jocelyn Jody Jordane Joy Joyce Juliet Juana Judy June Justice Kacey \
                    Kaci Kaleigh Kaley Kali Karen Kari Karley Karli Karolann Kathleen Kay Kayleigh Kayley Kayli Katherine Keely Keeley Kelley Kelli Kelly Kelsi Kendall \
                    Kennedi Kennedy Kiley Kim Kimberly Kirsten Kirstin Kitty Kristin Kristy Krystal Krystel Kyleigh Lacey Lacy Laney Larue Laurel Lauren Laury \
                    Lauriane Leann Lempi Lenore Leonor Lesley Leslie Lesly Lexi Libby Lilian Lillian Lilly Lily Lilyan Lindsay Lindsey Litzy Lizeth Lois London Lori Lou \
                    Lourdes Lucile Lucy Lue Lulu Lupe Luz Mabel Mable Macey Maci Mackenzie Macy Madge Madisen Madison Madisyn Madyson Mae Maegan Maeve Magali \
                    Magdalen Makenzie Mallory Mandy Margaret Margarete Margarett Marge Margot Margret Marguerite Mariam Marian Mariane Maribel Marilou Marion \
                    Marisol Marjory Marlen Mary Maryam Maryse Mathilde Matilde Maud Maude Mavis May Maybell Maye Mckenzie Meagan Meaghan Megane Meghan Melany \
                    Melody Mercedes Meredith Merle Miracle Mireille Misty Molly Monserrat Monserrate Muriel Myriam Myrtle Myrtice Myrtis Naomi Nayeli Nichole Nicole \
                    Nikki Noemi Noemy Oceane Opal Paige Pansy Pat Patience Patsy Pearl Penelope Peyton Phoebe Phyllis Polly Precious Princess Prudence Queen \
                    Rachael Rachel Rae Raegan Randi Raquel Raven Reagan Regan Rhiannon Roberta Robyn Rocio Rosamond Rosalind Rosario Rose Rosemary Roxane Rubye \
                    Ruby Ruth Ruthe Sadye Sage Saige Sally Savannah Scarlett Serenity Shanel Shannon Shanon Shany Sharon Shirley Shyann Sibyl Sidney Sigrid Simone \
                    Skye Skylar Soledad Stacey Stacy Stephany Summer Susan Syble Sydney Sydni Taryn Tess Tiffany Tracey Tracy Trinity Unique Valerie Vernice Vicky \
                    Violet Virgie Vivian Viviane Vivien Wendy Whitney Willow Winifred Winnifred Yasmeen Yasmin Yazmin Yoshiko Zoe Zoey Lilliana Sarai Lavonne Yvonne Monique \
                    Jean Joane Megan Claire Clair Diane Constance Candice Beatrice Camille Therese Brigitte Solange Kaitlin Katelin Kaylin \
                    Jayne Carolyne Jazmyne Marilyne Kathryne Charlize Cassandre Clarabelle Loyce Annabelle Dominique Frederique Angelique Clotilde Suzanne Eloise Elouise Louise Leonie Jaquelin Jacquelyn Dakota Lon",
                men: "Abdullah Aditya Arlie Archie Augustine Benjamin Bennie Bernie Billie Bobbie Carmine Charlie Clemmie Claudie Constantine Dannie Donnie Eddie \
                    Elijah Elisha Ernie Eugene Ezra Frankie Freddie Gene Isaiah Izaiah Jamie Jedediah Jedidiah Jeramie Jeremie Jermaine Jimmie Jodie Johnnie Josiah Joshua \
                    Joshuah Judah Lafayette Lee Lennie Llewellyn Lonie Lonnie Louie Luca Malachi Messiah Micah Jonah Asa Ira Nehemiah Nikita Noah Obie Ocie Odie Ollie \
                    Ozzie Reggie Rene Richie Rickie Robbie Romaine Ronnie Sammie Scottie Stevie Tommie Tremaine Tyree Uriah Valentine Vinnie Willie Zachariah \
                    Zechariah Elwyn Devyn Justyn Brandyn Braylyn Jaidyn Wyn Dandre Garcia Columba Baba Jerrie Mose Kole Verlie Merlin Odell Jadyn Hezekiah Jeremiah \
                    Jovany Gerry",
                endings: &["a", "ah", "ie", "ee", "elle", "ette", "ine", "een", "lyn", "lynn", "anne", "yn", "ene", "ise", "nice", "issa"],
                ..NONE
            },
            Locale::FR_FR => Rules {
                women: "Agnès Anaïs Inès Maëlys Margaux Margot Sarah Iris Isis Élisabeth Elisabeth Esther Judith Ruth Rachel Lou Manon Marion Ninon Lison Louison Alison Carmen Gwenn \
                    Gwendoline Élodie Muriel Mariam Meriem Maud Astrid Ingrid Solveig Cléo Chloé Zoé Noé Salomé Daphné Noémi Naomi Lily Emmy Fanny Nelly Kelly Émilie Suzon Alix Maëlis Lys Charly Aliénor \
                    Éléonore Cybèle Eden Maïlys Anouk Fleur Gaud Guenièvre",
                men: "Achille Adolphe Aimable Alexandre Aliaume Alphonse Ambroise Amédée Anastase Ananie Anatole Ange Anselme Antelme Anthelme Antoine Apollinaire Aristide Arsène Auguste \
                    Baptiste Basile Blaise Brice Calixte Christophe Claude Côme Célestin Cyrille Dominique Elie Élie Emile Émile Etienne Étienne Eugène Fabrice Fiacre Fidèle Gonzague Grégoire Guillaume Gustave \
                    Hercule Hippolythe Horace Hyacinthe Ignace Irénée Isidore Jude Jérémie Jérôme Juste Lazare Léandre Léonce Luca Lysandre Maurice Maxence Maxime Modeste Narcisse Octave Pacôme \
                    Patrice Philippe Pierre Rodolphe Rodrigue Serge Sixte Stéphane Sylvère Sylvestre Tancrède Théodore Théophane Théophile Tibère Timothée Ulysse Valère Virgile Zacharie Noa Attila",
                endings: &["a", "e", "ée", "ia"],
                ..NONE
            },
            Locale::IT_IT => Rules {
                women: "Adele Alice Beatrice Celeste Chloe Emily Isabel Matilde Nicole Noemi Sole Irene Rachele",
                men: "Andrea Elia Enea Luca Mattia Nicola Tobia",
                endings: &["a"],
                ..NONE
            },
            Locale::PT_BR | Locale::PT_PT => Rules {
                women: "Abgail Adriele Alice Aline Allison Analu Ariane Beatriz Carol Caroline Clarice Daiane Daniele Danielle Dayane Denise Dirce Elaine Eliane Elis Elizabeth Ellen Eloah Eloá \
                    Emanuelly Emilly Emily Ester Esther Eunice Flor Franciele Gabi Gabrielle Gabrielly Gisele Heloise Iasmin Inês Ingrid Irene Isabel Isabelly Isis Jaqueline Jasmin Jennifer \
                    Joyce Juliane Karen Karine Katherine Kelly Ketlin Laiane Laís Leonor Lidiane Lilian Liz Louise Maitê Malu Mari Mariah Mary Matilde Mel Michele Michelle Milene Miriam Naomi \
                    Nicole Noelí Noemi Raquel Rayane Regiane Ruth Sarah Simone Sophie Stefany Stephanie Stephany Suelen Sueli Suellen Tatiane Taís Thaís Viviane Yasmin Consuelo",
                men: "Luca Noa Nikita",
                endings: &["a"],
                ..NONE
            },
            Locale::DE_DE => Rules {
                women: "Edeltraut Lisbeth Annekathrin Lilly Hildegard Inês Elisabeth Ingrid Birgit Gertrud Irmgard Doris Marion Ruth Kerstin Ingeborg Edith Waltraud",
                men: "Uwe",
                endings: &["a", "e"],
                ..NONE
            },
            Locale::NL_NL => Rules {
                women: "Merel Marloes Karlijn Evelien Loes Marjon Moniek Paulien Annet Fleur Milou Pien Madelief Pleun Fem Daniek Patty Marjolein",
                men: "Jelle Hidde",
                endings: &["a", "e"],
                ..NONE
            },
            Locale::TR_TR => Rules {
                women: "Ayşe Emine Hatice Zeynep Elif Ece Selin Ceren Merve Büşra Fatma Derya Esra Ebru Özlem Gül Gamze Meryem Melek Sibel Nur Yasemin Aylin Pınar Gizem Irmak İrem Tuğçe Dilek \
                    Hülya Sevgi Şule Leyla Aslı Defne Nehir Azra Eylül",
                men: "Mustafa Kaya",
                endings: &["a"],
                ..NONE
            },
            Locale::CY_GB => Rules {
                women: "Aeres Alys Angharad Arianwen Avalon Bethan Briallen Bronwen Cariad Carys Catrin Celyn Ceri Ceridwen Cerys Delyth Dilys Dwyn Ebrill Efa Eirlys Eirwen Eleri Elin Eluned \
                    Enfys Enid Erin Ffion Guinevere Gwen Gwendolyn Gwyneth Heledd Isolde Jennifer Kiah Lowri Lunet Mai Mali Manon Mari Megan Meredith Mererid Nia Rhian Rhiannon Rhoslyn Rhoswen \
                    Seren Sian Siani Sioned Siriol Talaith Tegan Tirion Arlais",
                men: "",
                endings: &["a"],
                ..NONE
            },
            Locale::FA_IR => Rules {
                women: "آدینه آناهیتا آرزو آوا آیدا افسانه افسون افرا بهاره بهنوش باران بیتا پریا پرینسا پروا پرستش پانیذ ترانه ثریا جمیله جیران چنارا چکاوک دلسا دلارام ذلفا رها راستا زهره زهرا ژیونس ژاله \
                    ژینا ژاکلین ساناز ساحل سورنا ستایش سیمین سوگند شادی شهرزاد شبنم شیدا شیوا شیلا شیما شقایق شهین شهلا صبا طناز طلا ظریفه غزال غزل فرح فیروزه کیمیا گیسو گلبهار گوهر گیتی لیلا لعیا لادن لیدا \
                    مژگان مینو مونا مهرسا مهسا مهدیس مریم ناهید نرگس نفس نیکا نیکو والا همتا همدم یاس یاسمین یگانه یلدا",
                ..NONE
            },
            Locale::AR_SA => Rules {
                men: "أحمد محمد علي خالد فهد سعود عبدالله عبدالعزيز عبدالرحمن فيصل سلمان سلطان تركي ناصر ماجد بندر نايف صالح إبراهيم يوسف عمر حسن حسين طلال مشعل وليد ياسر زياد راشد بدر",
                mostly_women: true,
                ..NONE
            },
            Locale::JA_JP => Rules {
                women: "あかり いろは さくら すず すみれ はな ひかり ひまり 七海 咲 凛 凜 栞 楓 杏 未来 紬 葵 蘭 詩 詩織 心 心春 心結 心音 愛 百花 和奏 乃愛 依茉 千晴 明莉 朱莉 心咲",
                letters: "子美香奈菜花華恵絵代江乃桜莉茉羽葉音姫妃里咲衣愛緒",
                ..NONE
            },
            Locale::ZH_CN | Locale::ZH_TW => Rules {
                letters: "婷芬芳娟玲雅怡淑惠慧君佩欣菲燕娇嬌甜芙香娜凝雁娅冰兰蘭莲蓮柳珊虹珍竹妙萍茵瑜柔红紅芍茹婕婉怡钰馨梨巧菱依瑶荷霞莉梦夢芹萱丝絲凤鳳璇丹薇儿菡颖穎蕾翠艳艷嫣绮彤玫蕊桃蝶葵黛妍莹瑩秀美丽麗筱韻静靜芸蓉樺琪鈴伶",
                men: "君翔 君乾 泽君 德君 瀚君 君裕 君壁",
                ..NONE
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn well_known_names_are_what_they_are() {
        use Gender::{Female, Male};
        let cases = [
            (
                Locale::EN,
                Female,
                "Alice Elizabeth Grace Jennifer Susan Ruth Sarah Zoe Carmen Kathleen Claire Beatrice Mariah Yvonne",
            ),
            (
                Locale::EN,
                Male,
                "Benjamin Joshua Noah Eugene Peter George Charlie Luca Alan Ezra Steve Kyle Colin Wayne Lee Maurice",
            ),
            (Locale::FR_FR, Female, "Agnès Marie Chloé Inès Camille Françoise"),
            (Locale::FR_FR, Male, "Pierre Guillaume Jérôme Louis Étienne Philippe"),
            (Locale::DE_DE, Female, "Erika Gertrud Sabine"),
            (Locale::JA_JP, Female, "莉子 さくら"),
            (Locale::JA_JP, Male, "健太 大翔"),
        ];
        for (locale, gender, names) in cases {
            for name in names.split(' ') {
                assert_eq!(Genders::new(locale).of(name), gender, "{name}");
            }
        }
    }

    #[test]
    fn every_language_has_people_of_both_genders() {
        for locale in Locale::ALL {
            let first = &Language::of(locale).first;
            let women = first.iter().filter(|name| name.gender == Gender::Female).count();
            assert!(women * 10 > first.len() && women * 10 < first.len() * 9, "{locale}: {women} of {}", first.len());
        }
    }
}
