//! MySQL and MariaDB: everything stays on. To prove each foreign key by a query when all rows are there costs what the checks of
//! single rows cost (see "Loading" in `benches/README.md`), and an index that is made again ends the transaction.

use diesel::mysql::MysqlConnection;
use diesel::result::QueryResult;

use crate::backend::TableName;
use crate::rebuild::{Asked, Constraint, NotBack, PaysFrom, Rebuild};

impl Rebuild for MysqlConnection {
    const PAYS_FROM: PaysFrom = PaysFrom::NEVER;

    fn constraints(&mut self, _: &[TableName], _: Asked) -> QueryResult<Vec<Constraint>> {
        Ok(Vec::new())
    }

    fn switch_off(&mut self, _: &[TableName], _: Asked) -> QueryResult<()> {
        Ok(())
    }

    fn take_off(&mut self, (): &mut (), _: &[TableName]) -> QueryResult<Vec<Constraint>> {
        Ok(Vec::new())
    }

    fn put_back(&mut self, (): &mut (), _: &[TableName]) -> Result<(), NotBack> {
        Ok(())
    }

    fn switch_on(&mut self, (): ()) -> QueryResult<()> {
        Ok(())
    }
}
