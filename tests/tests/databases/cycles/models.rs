//! Models of tables that reference one another.

use chrono::NaiveDateTime;
use seed_diesel::Seedable;

pub(super) mod schema {
    diesel::table! {
        clubs (id) {
            id -> Integer,
            captain_id -> Nullable<Integer>,
            ground_id -> Nullable<Integer>,
            rival_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        players (id) {
            id -> Integer,
            club_id -> Integer,
            mentor_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        grounds (id) {
            id -> Integer,
            owner_id -> Integer,
            keeper_id -> Integer,
        }
    }

    diesel::table! {
        heads (id) {
            id -> Integer,
            tail_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        bodies (id) {
            id -> Integer,
            head_id -> Integer,
        }
    }

    diesel::table! {
        tails (id) {
            id -> Integer,
            body_id -> Integer,
        }
    }

    diesel::table! {
        eggs (id) {
            id -> Integer,
            hen_id -> Integer,
        }
    }

    diesel::table! {
        hens (id) {
            id -> Integer,
            egg_id -> Integer,
        }
    }

    diesel::table! {
        cards (number) {
            #[max_length = 20]
            number -> Varchar,
            buyer_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        stops (line, number) {
            line -> Integer,
            number -> Integer,
            sign_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        signs (id) {
            id -> Integer,
            line -> Integer,
            number -> Integer,
            next_line -> Nullable<Integer>,
            next_number -> Nullable<Integer>,
        }
    }

    diesel::table! {
        desks (id) {
            id -> Integer,
            holder_id -> Nullable<Integer>,
            updated_at -> Timestamp,
        }
    }

    diesel::table! {
        holders (id) {
            id -> Integer,
            desk_id -> Integer,
        }
    }

    diesel::table! {
        buyers (id) {
            id -> Integer,
            #[max_length = 20]
            card_number -> Nullable<Varchar>,
        }
    }
}
use schema::{bodies, buyers, cards, clubs, desks, eggs, grounds, heads, hens, holders, players, signs, stops, tails};

/// On a cycle with its players, on one with its ground, and on one with itself.
#[derive(Seedable)]
#[seed(count = 2_500)]
pub(crate) struct Club {
    id: i32,
    #[seed(references = players::id, null = 0.3)]
    captain_id: Option<i32>,
    #[seed(references = grounds::id, unique, null = 0.4)]
    ground_id: Option<i32>,
    #[seed(references = clubs::id, null = 0.0)]
    rival_id: Option<i32>,
}

#[derive(Seedable)]
pub(crate) struct Player {
    id: i32,
    #[seed(references = clubs::id, with = 3)]
    club_id: i32,
    #[seed(references = players::id)]
    mentor_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 3_000)]
pub(crate) struct Ground {
    id: i32,
    #[seed(references = clubs::id)]
    owner_id: i32,
    #[seed(references = players::id)]
    keeper_id: i32,
}

#[derive(Seedable)]
#[seed(count = 30)]
pub(super) struct Head {
    id: i32,
    #[seed(references = tails::id, null = 0.0)]
    tail_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 40)]
#[diesel(table_name = bodies)]
pub(super) struct Body {
    id: i32,
    #[seed(references = heads::id)]
    head_id: i32,
}

#[derive(Seedable)]
#[seed(count = 50)]
pub(super) struct Tail {
    id: i32,
    #[seed(references = bodies::id)]
    body_id: i32,
}

#[derive(Seedable)]
pub(super) struct Egg {
    id: i32,
    #[seed(references = hens::id)]
    hen_id: i32,
}

#[derive(Seedable)]
pub(super) struct Hen {
    id: i32,
    #[seed(references = eggs::id, with = 2)]
    egg_id: i32,
}

#[derive(Seedable)]
#[seed(count = 100)]
#[diesel(primary_key(number))]
pub(super) struct Card {
    number: String,
    #[seed(references = buyers::id, null = 0.5)]
    buyer_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 60)]
pub(super) struct Buyer {
    id: i32,
    #[seed(references = cards::number, null = 0.5)]
    card_number: Option<String>,
}

#[derive(Seedable)]
#[seed(count = 1_200)]
#[diesel(primary_key(line, number))]
pub(super) struct Stop {
    #[seed(range = 1..=40)]
    line: i32,
    #[seed(range = 1..=60)]
    number: i32,
    #[seed(references = signs::id, null = 0.2)]
    sign_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 1_200)]
#[seed(references(line = stops::line, number = stops::number))]
#[seed(references(next_line = stops::line, next_number = stops::number))]
pub(super) struct Sign {
    id: i32,
    line: i32,
    number: i32,
    #[seed(null = 0.4)]
    next_line: Option<i32>,
    #[seed(null = 0.4)]
    next_number: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 50)]
pub(super) struct Desk {
    id: i32,
    #[seed(references = holders::id, null = 0.2)]
    holder_id: Option<i32>,
    #[seed(range = "2001-01-01 00:00:00"..="2001-12-31 23:59:59")]
    updated_at: NaiveDateTime,
}

#[derive(Seedable)]
#[seed(count = 50)]
pub(super) struct Holder {
    id: i32,
    #[seed(references = desks::id)]
    desk_id: i32,
}
