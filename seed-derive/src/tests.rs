//! What is written for each attribute, as snapshots; and that whatever is read, nothing panics.
//!
//! A changed snapshot is blessed by `INSTA_UPDATE=always cargo test -p seed-derive`, and then read.

mod odd;
mod snapshots;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{DeriveInput, Expr, File, ImplItem, Item, Stmt, parse_quote};

/// The expansion of a struct, as its items.
fn expand(input: &DeriveInput) -> Vec<Item> {
    let file: File = syn::parse2(crate::seedable(input)).expect("the expansion is Rust");
    let in_block = |item: Item| match item {
        Item::Const(item) => match *item.expr {
            Expr::Block(block) => block.block.stmts.into_iter().filter_map(item_of).collect(),
            _ => Vec::new(),
        },
        other => vec![other],
    };
    file.items.into_iter().flat_map(in_block).collect()
}

fn item_of(stmt: Stmt) -> Option<Item> {
    match stmt {
        Stmt::Item(item) => Some(item),
        _ => None,
    }
}

/// Items as text.
fn pretty(items: &[Item]) -> String {
    prettyplease::unparse(&File { shebang: None, attrs: Vec::new(), items: items.to_vec() })
}

/// What an item says apart from what is in it.
fn header(item: &Item) -> String {
    let Item::Impl(item) = item else { return pretty(std::slice::from_ref(item)) };
    let mut bare = item.clone();
    bare.items.clear();
    pretty(&[Item::Impl(bare)])
}

/// What is in `items` and not in `plain`: of an impl, the functions that differ.
fn new_in(items: &[Item], plain: &[Item]) -> Vec<Item> {
    let differing = |item: &Item| {
        let Some(other) = plain.iter().find(|other| header(other) == header(item)) else { return Some(item.clone()) };
        let (Item::Impl(item), Item::Impl(other)) = (item, other) else { return None };
        let mut item = item.clone();
        let text = |function: &ImplItem| function.to_token_stream().to_string();
        item.items.retain(|function| other.items.iter().all(|other| text(other) != text(function)));
        (!item.items.is_empty()).then_some(Item::Impl(item))
    };
    items.iter().filter_map(differing).collect()
}

/// The names of what is in `plain` and not in `items`.
fn gone_from(items: &[Item], plain: &[Item]) -> Vec<String> {
    let headers: Vec<String> = items.iter().map(header).collect();
    plain.iter().map(header).filter(|header| !headers.contains(header)).collect()
}
