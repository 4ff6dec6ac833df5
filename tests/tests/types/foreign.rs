//! Types that neither Diesel nor this project knows: of another crate, and PostgreSQL's composites, domains and bit strings through
//! types of the user's.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql, WriteTuple};
use diesel::sql_types::{BigInt, Integer, Record, Text};
use seed_diesel::{BoxGenerator, Cell, Generator, Hint, Kind, Map, Value, generators, models, seed};
use seed_tests_schema::vector::Vector;

use super::*;

type Db = seed_tests::Postgres;

mod of_another_crate {
    use super::*;

    /// Who implements the trait for types of other crates.
    enum Mine {}

    impl Value<Mine> for Vector {
        const KIND: Kind = Kind::Other;

        fn infer(_: &Hint<'_>) -> BoxGenerator<Vector> {
            let numbers = generators::array(generators::float::<f32>(-1.0..1.0), generators::int(3..=3));
            Box::new(Map::new(Box::new(numbers), Vector))
        }
    }

    /// The foreign type once more, in a newtype.
    #[derive(Debug, Clone, AsExpression, FromSqlRow, Seedable)]
    #[diesel(sql_type = diesel::sql_types::Array<diesel::sql_types::Float>)]
    struct Embedding(Vector);

    type Floats = diesel::sql_types::Array<diesel::sql_types::Float>;

    impl ToSql<Floats, Pg> for Embedding {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            ToSql::<Floats, Pg>::to_sql(&self.0, out)
        }
    }

    impl FromSql<Floats, Pg> for Embedding {
        fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Floats, Pg>::from_sql(bytes).map(Embedding)
        }
    }

    diesel::table! {
        pages (id) {
            id -> Integer,
            place -> Array<Float>,
            earlier -> Nullable<Array<Float>>,
            embedding -> Array<Float>,
        }
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    struct Page {
        id: i32,
        place: Vector,
        earlier: Option<Vector>,
        embedding: Embedding,
    }

    #[test]
    fn a_type_of_another_crate_is_a_value() {
        let mut db = Db::with(
            "CREATE TABLE pages (id INTEGER PRIMARY KEY, place REAL[] NOT NULL, earlier REAL[], embedding REAL[] NOT NULL)",
        );
        seed(&mut db.conn, models![Page]).seed(42).refine::<Page>(|t| t.count(ROWS)).run().unwrap();
        let loaded = pages::table.order(pages::id).load(&mut db.conn).unwrap();
        assert_same::<Page>(&loaded);
        let page: Page = pages::table.select(Page::as_select()).first(&mut db.conn).unwrap();
        assert_eq!((page.id, page.place.0.len(), page.embedding.0.0.len()), (1, 3, 3));
        assert!(page.earlier.is_none_or(|earlier| earlier != page.place));
    }
}

mod of_the_user {
    use super::*;

    #[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(name = "price"))]
    pub struct PriceType;

    #[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(name = "percentage"))]
    pub struct PercentageType;

    #[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(name = "bit"))]
    pub struct BitType;

    /// A composite: `CREATE TYPE price AS (currency TEXT, cents BIGINT)`.
    #[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
    #[diesel(sql_type = PriceType)]
    struct Price {
        currency: String,
        cents: i64,
    }

    impl ToSql<PriceType, Pg> for Price {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            WriteTuple::<(Text, BigInt)>::write_tuple(&(self.currency.as_str(), self.cents), &mut out.reborrow())
        }
    }

    impl FromSql<PriceType, Pg> for Price {
        fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
            let (currency, cents) = FromSql::<Record<(Text, BigInt)>, Pg>::from_sql(bytes)?;
            Ok(Price { currency, cents })
        }
    }

    impl Value for Price {
        const KIND: Kind = Kind::Other;

        fn infer(_: &Hint<'_>) -> BoxGenerator<Price> {
            Box::new(Prices)
        }
    }

    struct Prices;

    impl Generator<Price> for Prices {
        fn value(&self, cell: &Cell) -> Price {
            let part = |name| Cell { column: cell.column.child(name), ..*cell };
            let currency = generators::values::<String, _>(["EUR", "USD"]).value(&part("currency"));
            Price { currency, cents: generators::int(99..=99_999).value(&part("cents")) }
        }
    }

    /// A domain: `CREATE DOMAIN percentage AS INTEGER CHECK (VALUE BETWEEN 0 AND 100)`.
    #[derive(Debug, Clone, Copy, PartialEq, AsExpression, FromSqlRow)]
    #[diesel(sql_type = PercentageType)]
    struct Percentage(i32);

    impl ToSql<PercentageType, Pg> for Percentage {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            ToSql::<Integer, Pg>::to_sql(&self.0, out)
        }
    }

    impl FromSql<PercentageType, Pg> for Percentage {
        fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Integer, Pg>::from_sql(bytes).map(Percentage)
        }
    }

    impl Value for Percentage {
        const KIND: Kind = Kind::Integer;

        fn infer(_: &Hint<'_>) -> BoxGenerator<Percentage> {
            Box::new(Map::new(Box::new(generators::int(0..=100)), Percentage))
        }
    }

    /// A bit string: `BIT(8)`.
    #[derive(Debug, Clone, Copy, PartialEq, AsExpression, FromSqlRow)]
    #[diesel(sql_type = BitType)]
    struct Flags(u8);

    impl ToSql<BitType, Pg> for Flags {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            std::io::Write::write_all(out, &[0, 0, 0, 8, self.0])?;
            Ok(IsNull::No)
        }
    }

    impl FromSql<BitType, Pg> for Flags {
        fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
            match bytes.as_bytes() {
                [0, 0, 0, 8, flags] => Ok(Flags(*flags)),
                other => Err(format!("{other:?} are no 8 bits").into()),
            }
        }
    }

    impl Value for Flags {
        const KIND: Kind = Kind::Other;

        fn infer(_: &Hint<'_>) -> BoxGenerator<Flags> {
            Box::new(Map::new(Box::new(generators::int(0..=u8::MAX)), Flags))
        }
    }

    diesel::table! {
        use diesel::sql_types::*;
        use super::{BitType, PercentageType, PriceType};

        offers (id) {
            id -> Integer,
            price -> PriceType,
            old_price -> Nullable<PriceType>,
            discount -> PercentageType,
            flags -> BitType,
            history -> Array<Nullable<PriceType>>,
        }
    }

    #[derive(Queryable, Selectable, Identifiable, Seedable)]
    struct Offer {
        id: i32,
        price: Price,
        old_price: Option<Price>,
        discount: Percentage,
        flags: Flags,
        history: Vec<Option<Price>>,
    }

    #[test]
    fn composites_domains_and_bit_strings_are_values() {
        let mut db = Db::with(
            "CREATE TYPE price AS (currency TEXT, cents BIGINT);
             CREATE DOMAIN percentage AS INTEGER CHECK (VALUE BETWEEN 0 AND 100);
             CREATE TABLE offers (id INTEGER PRIMARY KEY, price price NOT NULL, old_price price, discount percentage NOT NULL,
                                  flags BIT(8) NOT NULL, history price[] NOT NULL)",
        );
        let copied = Statements::of(&mut db, "offers");
        seed(&mut db.conn, models![Offer]).seed(42).refine::<Offer>(|t| t.count(ROWS)).run().unwrap();
        assert_eq!(copied.words(&mut db), ["COPY"]);
        let loaded = offers::table.order(offers::id).load(&mut db.conn).unwrap();
        assert_same::<Offer>(&loaded);
        assert_eq!(db.number("SELECT count(*) FROM offers WHERE (price).cents BETWEEN 99 AND 99999"), ROWS as i64);
        let offer: Offer = offers::table.select(Offer::as_select()).first(&mut db.conn).unwrap();
        assert_eq!((offer.id, offer.history.len() <= 3), (1, true));
        assert!(offer.discount.0 <= 100 && offer.old_price.is_none_or(|price| price.currency.len() == 3));
        let bits = db.texts("SELECT flags::text AS value FROM offers ORDER BY id LIMIT 1");
        assert_eq!(bits, [format!("{:08b}", offer.flags.0)]);
    }
}
