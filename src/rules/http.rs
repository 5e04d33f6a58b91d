//! Requests as people write them: `GET /links/{code}?full=true`.

use crate::spec::api::{Api, Protocol};
use std::ops::Range;

/// A method and a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request<'t> {
    /// `GET`
    pub method: &'t str,
    /// `/links/{code}`, without what is asked for.
    pub path: &'t str,
    /// `full=true`
    pub query: &'t str,
    /// Where the path begins in the text.
    pub path_at: usize,
}

const METHODS: &[&str] = &["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// Methods that change nothing, by RFC 9110.
const SAFE: &[&str] = &["GET", "HEAD", "OPTIONS"];

/// Methods that do the same twice as once, by RFC 9110.
const IDEMPOTENT: &[&str] = &["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];

impl<'t> Request<'t> {
    /// Reads a text that begins with a method and a path; `None` for anything else.
    pub fn parse(text: &'t str) -> Option<Self> {
        let method = text.split(' ').next()?;
        if !METHODS.contains(&method) {
            return None;
        }
        let rest = text.get(method.len()..)?.trim_start();
        let target = rest.split([' ', ',', ';']).next().filter(|target| target.starts_with('/'))?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Some(Self { method, path, query, path_at: text.len() - rest.len() })
    }

    /// What an API is asked with, when that is HTTP.
    pub fn of(api: &Api<'t>) -> Option<Self> {
        const OTHERS: &[Protocol] = &[
            Protocol::Graphql,
            Protocol::Grpc,
            Protocol::Soap,
            Protocol::Thrift,
            Protocol::Websocket,
            Protocol::Webhook,
            Protocol::Webrtc,
        ];
        let speaks_http = api.protocol.is_none_or(|protocol| !OTHERS.contains(&protocol.value));
        Self::parse(api.request.filter(|_| speaks_http)?.text)
    }

    /// Whether it only asks.
    pub fn is_safe(&self) -> bool {
        SAFE.contains(&self.method)
    }

    /// Whether twice is the same as once.
    pub fn is_idempotent(&self) -> bool {
        IDEMPOTENT.contains(&self.method)
    }

    /// The parts of the path, each with its place in the text.
    pub fn segments(&self) -> impl Iterator<Item = (&'t str, Range<usize>)> {
        let mut at = self.path_at;
        self.path.split('/').map(move |segment| {
            let begin = at;
            at += segment.len() + 1;
            (segment, begin..begin + segment.len())
        })
    }

    /// Whether some part of the path is a version: `/v1/links`.
    pub fn has_version(&self) -> bool {
        self.path.split('/').any(is_version)
    }

    /// Whether it asks for the same, whatever stands in the place of `{id}`, and with or without `/api/v1` before it.
    pub fn is_like(&self, other: &Request<'_>) -> bool {
        let is_open = |segment: &str| segment.contains(['{', ':', '<', '…', '*']);
        let (mine, theirs) = (below_prefix(self.path), below_prefix(other.path));
        let same = |(mine, theirs): (&&str, &&str)| mine == theirs || is_open(mine) || is_open(theirs);
        self.method == other.method && mine.len() == theirs.len() && mine.iter().zip(&theirs).all(same)
    }
}

/// `v1`, `v2beta1`, `2026-11-01`
fn is_version(segment: &str) -> bool {
    let digits = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    segment.strip_prefix(['v', 'V']).is_some_and(digits) || (digits(segment) && segment.contains(['.', '-']))
}

/// The parts of a path without those that are the same for all paths.
fn below_prefix(path: &str) -> Vec<&str> {
    let is_prefix = |segment: &&str| segment.is_empty() || *segment == "api" || is_version(segment);
    let trimmed = path.trim_end_matches('/');
    trimmed.split('/').skip_while(is_prefix).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_and_a_path_are_read_wherever_the_text_goes_on() {
        let check = |text: &str, path: &str, query: &str| {
            let read = Request::parse(text).expect("a request");
            assert_eq!((read.path, read.query), (path, query), "{text}");
            assert!(text.get(read.path_at..).is_some_and(|rest| rest.starts_with(path)));
        };
        check("GET /", "/", "");
        check("POST /links", "/links", "");
        check("POST /tickets, with the plate", "/tickets", "");
        check("GET /products?q={words}", "/products", "q={words}");
        check("GET /v2/messages/{id} after the last", "/v2/messages/{id}", "");
        for other in ["GET", "get /links", "PUT to the signed address", "send(text)", "/links", ""] {
            assert_eq!(Request::parse(other), None, "{other}");
        }
    }

    #[test]
    fn what_stands_for_an_id_is_like_any_other() {
        let alike = |a: &str, b: &str| {
            Request::parse(a).expect("a request").is_like(&Request::parse(b).expect("a request"))
        };
        assert!(alike("GET /links/{code}", "GET /links/{id}?full=true"));
        assert!(alike("GET /links/", "GET /links"));
        assert!(alike("GET /api/v1/links/{id}", "GET /links/{code}"));
        assert!(alike("GET /", "GET /"));
        assert!(!alike("GET /", "GET /links"));
        assert!(!alike("GET /links", "POST /links"));
        assert!(!alike("GET /links", "GET /users"));
        assert!(!alike("GET /links/{code}", "GET /links"));
    }
}
