//! One snapshot for each attribute: the struct, and how its expansion differs from that of the same
//! struct without the attribute.

use super::*;

macro_rules! snapshots {
    ($($name:ident { $($input:tt)* })*) => {$(
        #[test]
        fn $name() {
            assert_snapshot(stringify!($name), &parse_quote!($($input)*));
        }
    )*};
}

fn assert_snapshot(name: &str, input: &DeriveInput) {
    let items = expand(input);
    let plain = ["seed", "diesel"]
        .map(|name| without(name, input.clone()))
        .into_iter()
        .find(|plain| text(plain) != text(input));
    let output = if let Some(plain) = plain {
        let plain = expand(&plain);
        let mut output =
            format!("// differs from a struct without the attribute in\n\n{}", pretty(&new_in(&items, &plain)));
        for gone in gone_from(&items, &plain) {
            output.push_str("\n// and lacks\n\n");
            output.push_str(&gone);
        }
        output
    } else {
        format!("// expands to\n\n{}", pretty(&items))
    };
    let input = text(input);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(name, format!("{input}\n{output}"));
    });
}

fn text(input: &DeriveInput) -> String {
    pretty(&[Item::from(input.clone())])
}

fn without(name: &str, mut input: DeriveInput) -> DeriveInput {
    let is_kept = |attribute: &syn::Attribute| !attribute.path().is_ident(name);
    input.attrs.retain(is_kept);
    match &mut input.data {
        syn::Data::Struct(data) => data.fields.iter_mut().for_each(|field| field.attrs.retain(is_kept)),
        syn::Data::Enum(data) => data.variants.iter_mut().for_each(|variant| variant.attrs.retain(is_kept)),
        syn::Data::Union(_) => {}
    }
    input
}

snapshots! {
    plain {
        pub struct User {
            pub id: i32,
            username: String,
            pub bio: Option<String>,
        }
    }
    newtype {
        struct UserId(String);
    }
    generic_newtype {
        struct Id<T: ?Sized>(Box<T>);
    }
    variants {
        enum Role {
            Guest,
            r#Member,
            Admin {},
        }
    }
    weight {
        enum Role {
            Guest,
            #[seed(weight = 0)]
            Retired,
            #[seed(weight = ADMINS)]
            Admin,
        }
    }

    // ---- Of Diesel ----
    table_name_and_primary_key {
        #[diesel(table_name = crate::schema::memberships, primary_key(user_id, team_id))]
        struct Member {
            user_id: i32,
            team_id: i32,
        }
    }
    belongs_to {
        #[diesel(belongs_to(User))]
        struct Post {
            id: i32,
            user_id: i32,
        }
    }
    column_name {
        struct User {
            #[diesel(column_name = "type")]
            kind: String,
        }
    }
    embed {
        struct User {
            id: i32,
            #[diesel(embed)]
            address: Address,
        }
    }
    serialize_as {
        struct User {
            #[diesel(serialize_as = Cents)]
            price: Option<Euros>,
        }
    }
    generic_model {
        struct Tagged<T: Tag = String> {
            id: i32,
            tag: T,
        }
    }

    // ---- Of a struct ----
    count {
        #[seed(count = 12)]
        struct User {
            id: i32,
        }
    }
    unique_together {
        #[seed(unique(user_id, kind), unique(kind, day))]
        struct Membership {
            user_id: i32,
            #[diesel(column_name = "type")]
            kind: String,
            day: NaiveDate,
        }
    }
    composite_references {
        #[seed(references(tenant_id = orders::tenant_id, r#type = orders::kind, with = 1..=5, agree = true))]
        struct Line {
            id: i32,
            tenant_id: i32,
            r#type: Option<String>,
        }
    }
    composite_that_shares_a_column {
        #[diesel(belongs_to(Order), belongs_to(Tenant))]
        #[seed(references(tenant_id = orders::tenant_id, order_id = orders::id))]
        #[seed(references(tenant_id = products::tenant_id, product_id = products::id, zipf = 1.1))]
        struct Line {
            tenant_id: i32,
            #[seed(references = orders::id)]
            order_id: i32,
            product_id: i32,
        }
    }
    composite_that_references_itself {
        #[seed(references(tenant_id = nodes::tenant_id, parent_id = nodes::id, tree))]
        struct Node {
            #[seed(references = tenants::id)]
            tenant_id: i32,
            id: i32,
            parent_id: Option<i32>,
        }
    }
    differ {
        #[seed(differ(home_id, guest_id))]
        struct Game {
            id: i32,
            #[seed(references = teams::id)]
            home_id: i32,
            #[seed(references = teams::id)]
            guest_id: i32,
        }
    }
    locale_of_a_table {
        #[seed(locale = FR_FR)]
        struct User {
            id: i32,
        }
    }
    key_of_a_table {
        #[seed(key = "people")]
        struct User {
            id: i32,
        }
    }
    crate_path {
        #[seed(crate = crate::reexported)]
        struct UserId(i32);
    }

    // ---- Of a field ----
    references {
        struct Post {
            id: i32,
            #[seed(references = users::id)]
            author_id: Option<i32>,
        }
    }
    references_itself {
        struct User {
            id: i32,
            #[seed(references = users::id)]
            manager_id: Option<i32>,
        }
    }
    with_number {
        struct Post {
            #[seed(references = users::id, with = 3)]
            author_id: i32,
        }
    }
    with_range {
        struct Post {
            #[seed(references = users::id, with = 1..=5)]
            author_id: i32,
        }
    }
    with_weights {
        struct Post {
            #[seed(references = users::id, with = [(0.6, 1..=3), (1, 5)])]
            author_id: i32,
        }
    }
    zipf {
        struct Post {
            #[seed(references = users::id, zipf = 1)]
            author_id: i32,
        }
    }
    tree {
        struct User {
            id: i32,
            #[seed(references = users::id, tree)]
            manager_id: Option<i32>,
        }
    }
    tree_with_roots {
        struct User {
            id: i32,
            #[seed(references = users::id, tree(roots = 1, branching = 1..=6))]
            manager_id: Option<i32>,
        }
    }
    tree_with_depth {
        struct User {
            id: i32,
            #[seed(references = users::id, tree(depth = LEVELS, branching = 3))]
            manager_id: Option<i32>,
        }
    }
    agree {
        struct Task {
            #[seed(references = projects::id, with = 3)]
            project_id: i32,
            #[seed(references = accounts::id, agree = false)]
            account_id: i32,
        }
    }
    unique {
        struct User {
            #[seed(unique)]
            username: String,
        }
    }
    null {
        struct User {
            #[seed(null = 0.2)]
            bio: Option<String>,
        }
    }
    range {
        struct User {
            #[seed(range = "1960-01-01"..="2007-12-31")]
            born: NaiveDate,
        }
    }
    values {
        struct User {
            #[seed(values = ["a", "b"])]
            role: String,
        }
    }
    values_with_weights {
        struct User {
            #[seed(values = [("a", 0.7), ("b", 3)])]
            role: String,
        }
    }
    fake {
        struct User {
            #[seed(fake = FirstName(FR_FR))]
            name: String,
        }
    }
    generator {
        struct User {
            #[seed(generator = int(1..=6))]
            points: i32,
        }
    }
    value {
        struct User {
            first_name: Option<String>,
            #[seed(value = format!("{first_name:?} {}", login.len() + row as usize))]
            name: String,
            #[seed(value = format!("user{row}"))]
            login: String,
        }
    }
    after_a_field {
        struct User {
            created_at: NaiveDateTime,
            #[seed(after = created_at)]
            seen_at: NaiveDateTime,
        }
    }
    after_a_parents_column {
        struct Post {
            #[seed(references = users::id)]
            author_id: i32,
            #[seed(after = users::created_at)]
            written_at: NaiveDateTime,
        }
    }
    max_len {
        struct User {
            #[seed(max_len = 20)]
            username: String,
        }
    }
    precision_and_scale {
        struct Product {
            #[seed(precision = 10, scale = 2)]
            price: BigDecimal,
        }
    }
    locale {
        struct User {
            #[seed(locale = FR_FR)]
            name: String,
        }
    }
    skip {
        struct User {
            id: i32,
            #[seed(skip)]
            bio: String,
        }
    }
    key_of_a_column {
        struct User {
            #[seed(key = "login")]
            username: String,
        }
    }
    mistakes {
        struct Post {
            #[seed(references = users::id, wiht = 3)]
            author_id: i32,
            #[seed(null = 2)]
            title: String,
        }
    }
}
