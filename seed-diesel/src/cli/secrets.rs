//! Hides passwords in every printed text: those of the command line's parser, of a client library, and of the application.

use percent_encoding::percent_decode_str;

/// Texts that hold a password, and the passwords in them.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Shown as a whole nowhere.
    whole: Vec<String>,
    /// Shown as a word nowhere.
    words: Vec<String>,
}

/// What is shown in their place.
const HIDDEN: &str = "***";

impl Secrets {
    /// Of the program's arguments and its environment.
    pub(super) fn of_process() -> Secrets {
        let mut secrets = Secrets::of(std::env::args().skip(1));
        if let Ok(url) = std::env::var("DATABASE_URL") {
            secrets.add(&url);
        }
        if let Ok(password) = std::env::var("PGPASSWORD") {
            secrets.add_words(&password);
        }
        secrets
    }

    /// Of arguments.
    fn of(arguments: impl IntoIterator<Item = String>) -> Secrets {
        let mut secrets = Secrets::default();
        for argument in arguments {
            // Of `--database-url=postgres://…`, the value as well.
            let value = argument.strip_prefix("--").and_then(|option| option.split_once('=')).map(|(_, value)| value);
            value.into_iter().for_each(|value| secrets.add(value));
            secrets.add(&argument);
        }
        secrets
    }

    /// A text that may be the URL of a database, well written or not.
    pub(super) fn add(&mut self, text: &str) {
        let is_url = text.contains("://") || text.contains('@') && text.contains(':');
        if is_url {
            let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
            // All that may be meant as the password: nobody says where one ends that is not encoded.
            if let Some((userinfo, _)) = rest.rsplit_once('@')
                && let Some((_, password)) = userinfo.split_once(':')
            {
                self.add_words(password);
            } else if let Some((_, password)) = rest.split_once(':') {
                // The host is missing: `postgres://me:secret/game`.
                let password = password.split(['/', '?']).next().unwrap_or_default();
                if password.parse::<u16>().is_err() {
                    self.add_words(password);
                }
            }
        }
        // `password=secret`, in a query or among the words of libpq. A value may have blanks that should be quoted.
        let mut has_option = false;
        for (at, _) in text.to_ascii_lowercase().match_indices("pass") {
            if let Some((name, value)) = text[at..].split_once('=')
                && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter.is_whitespace())
            {
                has_option = true;
                self.add_words(value.trim_start_matches([' ', '\'', '"']));
            }
        }
        if is_url || has_option {
            self.whole.push(text.to_owned());
            // The longest first, or its rest would be left.
            self.whole.sort_by_key(|text| std::cmp::Reverse(text.len()));
        }
    }

    /// A password, and each part of it that a message may quote.
    fn add_words(&mut self, password: &str) {
        let decoded = percent_decode_str(password).decode_utf8_lossy().into_owned();
        for text in [password, &decoded] {
            let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
            self.words.extend(parts.map(str::to_owned));
            // Some parsers cut at these alone.
            let parts = text.split(['@', '/', '?', '#', ':', '&', '=', ' ']).filter(|part| !part.is_empty());
            self.words.extend(parts.map(str::to_owned));
            if !text.is_empty() {
                self.words.push(text.to_owned());
            }
        }
        self.words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        self.words.dedup();
    }

    /// A text without them.
    pub(super) fn hide(&self, text: &str) -> String {
        let whole = self.whole.iter().fold(text.to_owned(), |text, whole| text.replace(whole.as_str(), HIDDEN));
        self.words.iter().fold(whole, |text, word| hide_word(&text, word))
    }
}

/// Hides a word wherever it is not a part of a longer one.
fn hide_word(text: &str, word: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let continues = |end: Option<char>, next: Option<char>| {
            end.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
        };
        let is_part = continues(word.chars().next(), before.chars().next_back().or_else(|| hidden.chars().next_back()))
            || continues(word.chars().next_back(), after.chars().next());
        hidden.push_str(before);
        hidden.push_str(if is_part { word } else { HIDDEN });
        rest = after;
    }
    hidden + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(url: &str, text: &str) -> String {
        let mut secrets = Secrets::default();
        secrets.add(url);
        secrets.hide(text)
    }

    #[test]
    fn a_url_is_hidden_as_a_whole() {
        let url = "postgres://me:hunter2@db/game";
        assert_eq!(
            hide(url, "unexpected argument 'postgres://me:hunter2@db/game' found"),
            "unexpected argument '***' found"
        );
        assert_eq!(hide("game.sqlite3", "`game.sqlite3` is there"), "`game.sqlite3` is there");
    }

    #[test]
    fn a_part_of_a_password_is_hidden() {
        for (url, text) in [
            ("postgres://me:hunter2@host/game", "password \"hunter2\""),
            ("postgres://me:p@hunter2@host/game", "could not translate host name \"hunter2@host\""),
            ("postgres://me:p/hunter2@host/game", "database \"hunter2@host/game\" does not exist"),
            ("postgres://me:hunter2/game", "invalid integer value \"hunter2\" for connection option \"port\""),
            ("postgres://me:%68unter2@host/game", "`hunter2`"),
            ("host=h password=my hunter2=x", "invalid connection option \"hunter2\""),
            ("postgres://host/game?password=my&hunter2", "`hunter2`"),
            ("postgres://host/game?sslpassword=hunter2", "`hunter2`"),
            ("host=h PASSWORD = 'my hunter2'", "at \"hunter2'\""),
            ("me:hunter2@host", "`hunter2`"),
        ] {
            let hidden = hide(url, text);
            assert!(!hidden.contains("hunter2"), "{url}: {hidden}");
        }
    }

    #[test]
    fn a_short_password_hides_no_part_of_a_word() {
        assert_eq!(hide("postgres://me:se@host/game", "seed se \"se\""), "seed *** \"***\"");
    }

    #[cfg(all(feature = "mysql", feature = "postgres", feature = "sqlite"))]
    mod forms {
        use clap::Parser as _;
        use diesel::{Connection, MysqlConnection, PgConnection, SqliteConnection};

        use super::*;
        use crate::address::Locate;
        use crate::cli::args::Args;

        /// What is printed of a URL that is given in some place of the command line.
        fn printed<C: Connection + Locate>(arguments: &[String]) -> Vec<String> {
            let mut secrets = Secrets::of(arguments.iter().cloned());
            let program = ["seed".to_owned()];
            let args = match Args::try_parse_from(program.iter().chain(arguments)) {
                Ok(args) => args,
                Err(error) => return vec![secrets.hide(&error.to_string())],
            };
            let mut printed = Vec::new();
            if let Some(config) = &args.config {
                let message = crate::cli::config::read(config, &[]).unwrap_err();
                printed.push(secrets.hide(&message));
            }
            let Some(url) = &args.database_url else { return printed };
            secrets.add(url);
            match C::locate(url) {
                // Of SQLite a file would be made, whose name is no secret.
                Ok(address) if address.file.is_some() => {}
                Ok(address) => {
                    printed.push(address.place);
                    // Nobody listens at this port.
                    if address.url.contains("127.0.0.1") && address.url.contains('1') {
                        let error = C::establish(&address.url).err().map(|error| error.to_string());
                        printed.push(secrets.hide(&error.unwrap_or_default()));
                    }
                }
                Err(message) => printed.push(secrets.hide(&message)),
            }
            printed
        }

        #[test]
        fn no_form_of_a_url_shows_its_password() {
            let passwords = [
                "hunter2",
                "hunter2@",
                "@hunter2",
                "a@hunter2",
                "a/hunter2",
                "a?hunter2",
                "a#hunter2",
                "a:hunter2",
                "a b hunter2",
                "hunter2%",
                "%hunter2",
                "hunter2%40",
                "hunter2%00",
                "a&hunter2",
                "a=hunter2",
                "'hunter2",
                "a,hunter2",
                "[hunter2",
                "hunter2]",
                "a\\hunter2",
                "\"hunter2\"",
                "a@b/hunter2",
                "a%2Fhunter2",
                "hunter2+",
            ];
            let forms: [fn(&str, &str) -> String; 12] = [
                |scheme, password| format!("{scheme}://me:{password}@127.0.0.1:1/game"),
                |scheme, password| format!("{scheme}://me:{password}@127.0.0.1:1"),
                |scheme, password| format!("{scheme}://me:{password}@/game"),
                |scheme, password| format!("{scheme}://me:{password}@[/game"),
                // Without a host, what comes after an `@` would be it.
                |scheme, password| format!("{scheme}://me:{}/game", password.replace('@', "")),
                |scheme, password| format!("{scheme}://:{password}@127.0.0.1:1/game"),
                |scheme, password| format!("{scheme}://127.0.0.1:1/game?password={password}"),
                |scheme, password| format!("{scheme}:/me:{password}@127.0.0.1:1/game"),
                |scheme, password| format!("{scheme}:me:{password}@127.0.0.1:1/game"),
                |_, password| format!("me:{password}@127.0.0.1:1/game"),
                |_, password| format!("host=127.0.0.1 port=1 password={password}"),
                |_, password| format!("host=127.0.0.1 port=1 password='{password}"),
            ];
            let places: [fn(String) -> Vec<String>; 6] = [
                |url| vec!["--database-url".to_owned(), url],
                |url| vec![format!("--database-url={url}")],
                |url| vec![url],
                |url| vec!["--config".to_owned(), url],
                |url| vec!["--count".to_owned(), url],
                |url| vec!["--databse-url".to_owned(), url],
            ];
            let mut tried = 0;
            for scheme in ["postgres", "POSTGRESQL", "mysql", "MariaDB", "sqlite", "oracle"] {
                for (form, place) in forms.iter().flat_map(|form| places.iter().map(move |place| (form, place))) {
                    for arguments in passwords.iter().map(|password| place(form(scheme, password))) {
                        let mut all = printed::<PgConnection>(&arguments);
                        all.extend(printed::<MysqlConnection>(&arguments));
                        all.extend(printed::<SqliteConnection>(&arguments));
                        for text in all {
                            assert!(!text.contains("hunter2"), "{arguments:?}: {text}");
                        }
                        tried += 1;
                    }
                }
            }
            assert!(tried >= 2_000, "{tried}");
        }
    }
}
