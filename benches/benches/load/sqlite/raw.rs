//! SQLite through its own interface: what its fastest user would do.

use std::error::Error;
use std::ffi::{CStr, CString, c_int};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ptr;

use libsqlite3_sys as ffi;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A connection.
pub(super) struct Raw(*mut ffi::sqlite3);

/// A prepared statement.
struct Statement<'a> {
    raw: &'a Raw,
    statement: *mut ffi::sqlite3_stmt,
}

/// The rows of a table, ready to be bound.
pub(super) struct Rows {
    columns: usize,
    cells: Vec<Cell>,
    /// The texts of all cells, one behind the other.
    texts: Vec<u8>,
}

enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    /// Where it begins, and how long it is.
    Text(usize, c_int),
}

impl Rows {
    pub(super) fn fingerprint(&self) -> (usize, u64) {
        let mut hasher = DefaultHasher::new();
        for cell in &self.cells {
            match cell {
                Cell::Null => 0.hash(&mut hasher),
                Cell::Integer(number) => number.hash(&mut hasher),
                Cell::Real(number) => number.to_bits().hash(&mut hasher),
                Cell::Text(_, length) => length.hash(&mut hasher),
            }
        }
        self.texts.hash(&mut hasher);
        (self.cells.len(), hasher.finish())
    }
}

impl Raw {
    pub(super) fn open(file: &str) -> Result<Raw> {
        let mut raw = Raw(ptr::null_mut());
        let file = CString::new(file)?;
        // SAFETY: the name ends in NUL; what is opened is closed by `drop`, also where it fails.
        let code = unsafe { ffi::sqlite3_open(file.as_ptr(), &mut raw.0) };
        raw.check(code)?;
        Ok(raw)
    }

    pub(super) fn execute(&self, sql: &str) -> Result<()> {
        let sql = CString::new(sql)?;
        // SAFETY: the connection is open, and the text ends in NUL.
        self.check(unsafe { ffi::sqlite3_exec(self.0, sql.as_ptr(), None, ptr::null_mut(), ptr::null_mut()) })
    }

    /// All rows of a table.
    pub(super) fn rows(&self, table: &str) -> Result<Rows> {
        let statement = self.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
        // SAFETY, here and below: the statement is prepared, and the columns that are read are those it has.
        let columns = unsafe { ffi::sqlite3_column_count(statement.statement) };
        let mut rows = Rows { columns: columns as usize, cells: Vec::new(), texts: Vec::new() };
        while statement.step()? {
            for column in 0..columns {
                let cell = unsafe {
                    match ffi::sqlite3_column_type(statement.statement, column) {
                        ffi::SQLITE_NULL => Cell::Null,
                        ffi::SQLITE_INTEGER => Cell::Integer(ffi::sqlite3_column_int64(statement.statement, column)),
                        ffi::SQLITE_FLOAT => Cell::Real(ffi::sqlite3_column_double(statement.statement, column)),
                        _ => {
                            let text = ffi::sqlite3_column_text(statement.statement, column);
                            let length = ffi::sqlite3_column_bytes(statement.statement, column);
                            let cell = Cell::Text(rows.texts.len(), length);
                            rows.texts.extend_from_slice(std::slice::from_raw_parts(text, length as usize));
                            cell
                        }
                    }
                };
                rows.cells.push(cell);
            }
        }
        Ok(rows)
    }

    /// Inserts all rows of a table, one after the other.
    pub(super) fn insert(&self, table: &str, rows: &Rows) -> Result<()> {
        let places = vec!["?"; rows.columns].join(", ");
        let statement = self.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
        for row in rows.cells.chunks(rows.columns) {
            for (at, cell) in (1..).zip(row) {
                // SAFETY: the statement has as many places as the row has cells, and the texts outlive it.
                self.check(unsafe {
                    match *cell {
                        Cell::Null => ffi::sqlite3_bind_null(statement.statement, at),
                        Cell::Integer(number) => ffi::sqlite3_bind_int64(statement.statement, at, number),
                        Cell::Real(number) => ffi::sqlite3_bind_double(statement.statement, at, number),
                        Cell::Text(start, length) => {
                            let text = rows.texts[start..].as_ptr().cast();
                            ffi::sqlite3_bind_text(statement.statement, at, text, length, ffi::SQLITE_STATIC())
                        }
                    }
                })?;
            }
            statement.step()?;
            // SAFETY: the statement is prepared.
            self.check(unsafe { ffi::sqlite3_reset(statement.statement) })?;
        }
        Ok(())
    }

    fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        let sql = CString::new(sql)?;
        let mut statement = Statement { raw: self, statement: ptr::null_mut() };
        // SAFETY: the connection is open, and the text ends in NUL.
        let code =
            unsafe { ffi::sqlite3_prepare_v2(self.0, sql.as_ptr(), -1, &mut statement.statement, ptr::null_mut()) };
        self.check(code)?;
        Ok(statement)
    }

    fn check(&self, code: c_int) -> Result<()> {
        if code == ffi::SQLITE_OK {
            return Ok(());
        }
        // SAFETY: the message belongs to the connection, which is open.
        Err(unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.0)) }.to_string_lossy().into())
    }
}

impl Statement<'_> {
    /// Whether there is a row.
    fn step(&self) -> Result<bool> {
        // SAFETY: the statement is prepared.
        match unsafe { ffi::sqlite3_step(self.statement) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => Ok(false),
            code => self.raw.check(code).map(|()| false),
        }
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        // SAFETY: it is used no more, and may be null.
        unsafe { ffi::sqlite3_finalize(self.statement) };
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: it is used no more, and may be null.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}
