// @generated automatically by Diesel CLI.

diesel::table! {
    levels (id) {
        id -> Integer,
        #[max_length = 50]
        name -> Varchar,
        difficulty -> Integer,
    }
}

diesel::table! {
    scores (id) {
        id -> Integer,
        session_id -> Integer,
        level_id -> Integer,
        created_at -> Timestamp,
        score -> Integer,
        time_taken -> Integer,
        accuracy -> Float,
    }
}

diesel::table! {
    sessions (id) {
        id -> Integer,
        user_id -> Integer,
        created_at -> Timestamp,
        duration -> Integer,
    }
}

diesel::table! {
    user_profiles (id) {
        id -> Integer,
        user_id -> Integer,
        #[max_length = 30]
        first_name -> Varchar,
        #[max_length = 30]
        last_name -> Varchar,
        #[max_length = 30]
        title -> Varchar,
    }
}

diesel::table! {
    users (id) {
        id -> Integer,
        created_at -> Timestamp,
        #[max_length = 20]
        username -> Varchar,
        date_of_birth -> Date,
    }
}

diesel::joinable!(scores -> levels (level_id));
diesel::joinable!(scores -> sessions (session_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(user_profiles -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(levels, scores, sessions, user_profiles, users,);
