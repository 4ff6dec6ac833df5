//! Tables whose names and columns could be those of what the generated code calls its own.

// Its variables.
diesel::table! {
    names (build) {
        build -> Integer,
        row -> Integer,
        rows -> Integer,
        value -> Text,
        values -> Nullable<Text>,
        index -> Integer,
        column -> Integer,
        #[sql_name = "columns"]
        columns_ -> Integer,
        cells -> Text,
        made -> Integer,
        parents -> Integer,
        out -> Text,
        connection -> Integer,
        serial -> Integer,
        embedded -> Integer,
        given -> Integer,
        #[sql_name = "table"]
        table_ -> Text,
        of -> Integer,
        after -> Integer,
        define -> Integer,
        show -> Text,
        write -> Integer,
        from -> Integer,
        loaders -> Integer,
        seeder -> Integer,
    }
}

diesel::table! {
    children (id) {
        id -> Integer,
        parent -> Integer,
        hint -> Text,
        of -> Nullable<Integer>,
    }
}

// Those of what tells of relations.
diesel::table! {
    relations (id) {
        id -> Integer,
        and -> Integer,
        relation -> Integer,
        pair -> Integer,
        differ -> Integer,
        tree -> Nullable<Integer>,
    }
}

diesel::table! {
    #[sql_name = "type"]
    type_ (id) {
        id -> Integer,
        r#type -> Text,
        r#fn -> Integer,
        r#loop -> Text,
    }
}

diesel::table! {
    tagged (id) {
        id -> Integer,
        tag -> Text,
        weight -> Nullable<Integer>,
    }
}

diesel::table! {
    olds (id) {
        id -> Integer,
        old -> Integer,
        older -> Integer,
    }
}

diesel::table! {
    values (value) {
        value -> Integer,
        row -> Integer,
        rows -> Nullable<Text>,
        column -> Integer,
        cells -> Text,
        made -> Integer,
        build -> Integer,
        index -> Integer,
        out -> Integer,
        connection -> Integer,
        serial -> Integer,
        embedded -> Integer,
        count -> Integer,
        hint -> Text,
        given -> Integer,
        parents -> Integer,
        of -> Integer,
        after -> Integer,
    }
}

pub(crate) const TABLES: &str = r#"
    CREATE TABLE names (
        build INTEGER PRIMARY KEY NOT NULL, row INTEGER NOT NULL, rows INTEGER NOT NULL, value TEXT NOT NULL,
        "values" TEXT, "index" INTEGER NOT NULL, "column" INTEGER NOT NULL, columns INTEGER NOT NULL,
        cells TEXT NOT NULL, made INTEGER NOT NULL, parents INTEGER NOT NULL, out TEXT NOT NULL,
        connection INTEGER NOT NULL, serial INTEGER NOT NULL, embedded INTEGER NOT NULL, given INTEGER NOT NULL,
        "table" TEXT NOT NULL, of INTEGER NOT NULL, after INTEGER NOT NULL, define INTEGER NOT NULL,
        show TEXT NOT NULL, write INTEGER NOT NULL, "from" INTEGER NOT NULL, loaders INTEGER NOT NULL,
        seeder INTEGER NOT NULL
    );
    CREATE TABLE children (
        id INTEGER PRIMARY KEY NOT NULL, parent INTEGER NOT NULL REFERENCES names (build), hint TEXT NOT NULL,
        of INTEGER REFERENCES children (id)
    );
    CREATE TABLE relations (
        id INTEGER PRIMARY KEY NOT NULL, "and" INTEGER NOT NULL REFERENCES names (build), relation INTEGER NOT NULL,
        pair INTEGER NOT NULL REFERENCES names (build), differ INTEGER NOT NULL REFERENCES names (build),
        tree INTEGER REFERENCES relations (id)
    );
    CREATE TABLE "type" (
        id INTEGER PRIMARY KEY NOT NULL, "type" TEXT NOT NULL, fn INTEGER NOT NULL, loop TEXT NOT NULL
    );
    CREATE TABLE tagged (id INTEGER PRIMARY KEY NOT NULL, tag TEXT NOT NULL, weight INTEGER);
    CREATE TABLE olds (id INTEGER PRIMARY KEY NOT NULL, old INTEGER NOT NULL, older INTEGER NOT NULL);
    CREATE TABLE "values" (
        value INTEGER PRIMARY KEY NOT NULL, row INTEGER NOT NULL, rows TEXT, "column" INTEGER NOT NULL,
        cells TEXT NOT NULL, made INTEGER NOT NULL, build INTEGER NOT NULL, "index" INTEGER NOT NULL,
        out INTEGER NOT NULL, connection INTEGER NOT NULL, serial INTEGER NOT NULL, embedded INTEGER NOT NULL,
        count INTEGER NOT NULL, hint TEXT NOT NULL, given INTEGER NOT NULL, parents INTEGER NOT NULL,
        of INTEGER NOT NULL, after INTEGER NOT NULL
    );
"#;
