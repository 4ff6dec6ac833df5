//! A proxy before a server, which lets everything through until it loses a COMMIT, or the answer to it.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

/// What gets lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The COMMIT: the server does not hear of it.
    Commit,
    /// Its answer: the server has carried it out.
    Answer,
}

/// A proxy on a port of the loopback address.
#[derive(Debug)]
pub struct Proxy {
    /// The port.
    pub port: u16,
}

/// How far the proxy has come.
const WAITS: u8 = 0;
const ARMED: u8 = 1;
const CUTS: u8 = 2;
const DONE: u8 = 3;

impl Proxy {
    /// A proxy before the server at a port of the loopback address. It breaks the connection once: at the first COMMIT after
    /// a statement that holds one of these words.
    pub fn before(server: u16, words: &'static [&'static str], lost: Lost) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(AtomicU8::new(WAITS));
        // It ends with the process: a test has few connections.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = SocketAddr::from((Ipv4Addr::LOCALHOST, server));
                let Ok(server) = TcpStream::connect_timeout(&server, Duration::from_secs(10)) else { continue };
                let sides = [&client, &server].map(|side| side.try_clone().expect("a second handle"));
                let (to, from) = (state.clone(), state.clone());
                thread::spawn(move || forward(client, server, &to, words, lost));
                let [client, server] = sides;
                thread::spawn(move || answer(server, client, &from));
            }
        });
        Proxy { port }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// From the client to the server.
fn forward(mut client: TcpStream, mut server: TcpStream, state: &AtomicU8, words: &[&str], lost: Lost) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(read @ 1..) = client.read(&mut bytes) {
        let bytes = &bytes[..read];
        if words.iter().any(|word| contains(bytes, word.as_bytes())) {
            let _ = state.compare_exchange(WAITS, ARMED, Ordering::SeqCst, Ordering::SeqCst);
        }
        // A query of PostgreSQL, or of MySQL.
        if contains(bytes, b"COMMIT\0") || bytes.ends_with(b"\x03COMMIT") {
            let cuts = if lost == Lost::Commit { DONE } else { CUTS };
            if state.compare_exchange(ARMED, cuts, Ordering::SeqCst, Ordering::SeqCst).is_ok() && lost == Lost::Commit {
                break;
            }
        }
        if server.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// From the server to the client.
fn answer(mut server: TcpStream, mut client: TcpStream, state: &AtomicU8) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(read @ 1..) = server.read(&mut bytes) {
        let cuts = state.compare_exchange(CUTS, DONE, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        if cuts || client.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}
