//! MariaDB: beside `LOAD DATA LOCAL INFILE` of the same rows, and the best statement of many rows.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use seed_benches::server::Server;
use url::Url;

use crate::schema::{On, Schema};
use crate::turns::Turns;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const LOAD_DATA: &str = "`LOAD DATA LOCAL INFILE`";
const STATEMENT: &str = "one prepared statement of 1,000 rows";
const OURS: &str = "seed-diesel";
const PLAIN: &str = "plain Diesel, 1,000 rows a statement";

/// The server, and what of its settings decides how fast it writes.
pub(crate) fn describe() -> Result<String> {
    let mut conn = MysqlConnection::establish(&std::env::var("TEST_MYSQL_URL")?)?;
    let settings = ["version", "innodb_flush_log_at_trx_commit", "innodb_doublewrite", "innodb_buffer_pool_size"];
    let shown = settings.map(|name| format!("'{name} ', @@{name}")).join(", ', ', ");
    Ok(format!("MariaDB: {}", text(&mut conn, &format!("CONCAT({shown})"))?))
}

pub(crate) fn compare<S: On<MysqlConnection>>(count: u64, rounds: u64) -> Result<()> {
    let server = Server::of("TEST_MYSQL_URL")?;
    let fresh = || server.fresh::<MysqlConnection>(S::MYSQL);
    let mut conn = fresh()?;
    let total = S::seed(&mut conn, count).run()?.total();
    let folder = tempfile::tempdir()?;
    write_files::<S>(&mut conn, folder.path())?;
    let rows = S::rows(&mut conn)?;
    let expected = fingerprint::<S>(&mut conn)?;
    drop(conn);

    Turns::new(format!("{}, MariaDB", S::NAME), total, &fresh, &fingerprint::<S>)
        .side(LOAD_DATA, |_| load_data::<S>(&server, folder.path()))
        .side(STATEMENT, |conn| conn.transaction(|conn| S::insert_arrays(conn, &rows)))
        .side(OURS, |conn| Ok(S::seed(conn, count).run().map(drop)?))
        .side(PLAIN, |conn| conn.transaction(|conn| S::insert(conn, &rows)))
        .target(OURS, LOAD_DATA, 0.8)
        .target(OURS, STATEMENT, 0.95)
        .run(rounds, &expected)?;
    server.drop::<MysqlConnection>()
}

/// Writes a file for each table: a line for each row, its cells between tabs.
fn write_files<S: Schema>(conn: &mut MysqlConnection, folder: &Path) -> Result<()> {
    for table in S::TABLES {
        // A `FLOAT` as text has six digits, and would be another number.
        let columns = text(
            conn,
            &format!(
                "(SELECT GROUP_CONCAT(IF(DATA_TYPE = 'float', CONCAT('CAST(', COLUMN_NAME, ' AS DOUBLE)'), COLUMN_NAME) \
                         ORDER BY ORDINAL_POSITION) \
                  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '{table}')"
            ),
        )?;
        let cells: Vec<String> = columns.split(',').map(|column| format!("COALESCE({column}, '\\\\N')")).collect();
        let lines = format!("SELECT CONCAT_WS('\t', {}) FROM {table} ORDER BY id", cells.join(", "));
        let lines = sql::<Text>(&lines);
        let mut file = BufWriter::new(File::create(folder.join(table))?);
        for line in lines.load::<String>(conn)? {
            writeln!(file, "{line}")?;
        }
        file.flush()?;
    }
    Ok(())
}

/// Loads the files through the server's own client. The time of its start counts.
fn load_data<S: Schema>(server: &Server, folder: &Path) -> Result<()> {
    let url = Url::parse(server.url())?;
    let mut script = "START TRANSACTION;\n".to_owned();
    for table in S::TABLES {
        let file = folder.join(table);
        script += &format!("LOAD DATA LOCAL INFILE '{}' INTO TABLE {table};\n", file.display());
    }
    script += "COMMIT;\n";
    let mut client = Command::new("mariadb")
        .args(["--no-defaults", "--local-infile=1", "--default-character-set=utf8mb4", "--protocol=tcp"])
        .args(["--host", url.host_str().unwrap_or_default(), "--user", url.username()])
        .args(["--port", &url.port().unwrap_or(3306).to_string()])
        .arg(url.path().trim_start_matches('/'))
        .env("MYSQL_PWD", url.password().unwrap_or_default())
        .stdin(Stdio::piped())
        .spawn()?;
    client.stdin.take().ok_or("the client has no input")?.write_all(script.as_bytes())?;
    match client.wait()?.success() {
        true => Ok(()),
        false => Err("`LOAD DATA` fails".into()),
    }
}

fn fingerprint<S: Schema>(conn: &mut MysqlConnection) -> Result<String> {
    let mut sums = String::new();
    for table in S::TABLES {
        #[derive(QueryableByName)]
        struct Checksum {
            #[diesel(sql_type = diesel::sql_types::BigInt, column_name = "Checksum")]
            sum: i64,
        }
        let checksum: Checksum = diesel::sql_query(format!("CHECKSUM TABLE {table}")).get_result(conn)?;
        sums += &format!("{table} {}\n", checksum.sum);
    }
    Ok(sums)
}

fn text(conn: &mut MysqlConnection, expression: &str) -> Result<String> {
    Ok(diesel::select(sql::<Text>(expression)).get_result(conn)?)
}
