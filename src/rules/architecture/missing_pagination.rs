use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;
use crate::spec::api::Pagination;

rule! {
    /// An API that answers with a whole collection at once.
    ///
    /// ## Why
    /// Today's collection is small and tomorrow's is not: the answer grows until it fills the memory of a server, the timeout
    /// of a caller, or the patience of a user, and paging cannot be added without breaking callers that expect everything.
    /// Google's API Improvement Proposal 158 wants every method that lists to have pages from the start.
    ///
    /// Looked at are `GET` requests whose path ends with the name of the data that they return.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { missing-pagination: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   store: database
    /// data:
    ///   order: { size: 1 KB, stored_in: store }
    /// apis:
    ///   list: { request: GET /orders, handled_by: app, returns: order }
    /// #                      ^^^^^^^ missing-pagination
    /// flows:
    ///   look: { api: list, steps: ["browser -> app: GET /orders", "app -> store: select"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { missing-pagination: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   store: database
    /// data:
    ///   order: { size: 1 KB, stored_in: store }
    /// apis:
    ///   list: { request: GET /orders, handled_by: app, returns: order, pagination: cursor }
    /// flows:
    ///   look: { api: list, steps: ["browser -> app: GET /orders", "app -> store: select"] }
    /// ```
    ///
    /// ## Known false positives
    /// A collection that is bound to stay small. Say so with `pagination: none`; it is still reported when the design says that
    /// there are more than a thousand records.
    "missing-pagination": Warning, Architecture, Recommended, at Design, on Performance, since "0.2.0", check
}

/// With more records than this, all at once is no decision but a mistake.
const MANY: f64 = 1000.0;
/// As many can always be handed out at once.
const FEW: f64 = 100.0;

/// Whether a part of a path is the plural of an id: `orders` and `order`, `categories` and `category`.
fn is_plural(segment: &str, id: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let (segment, id) = (plain(segment), plain(id));
    let stem = id.strip_suffix('y').map(|stem| format!("{stem}ies"));
    segment == format!("{id}s")
        || segment == format!("{id}es")
        || stem.is_some_and(|plural| segment == plural)
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const PAGES: &[&str] = &["limit", "page", "cursor", "offset", "after", "before", "top", "first"];
    if !case.is_sound {
        return;
    }
    for api in &case.design.apis {
        let value = &api.value;
        let (Some(text), Some(request)) = (value.request, Request::of(value)) else { continue };
        let Some(last) = request.segments().last().filter(|_| request.method == "GET") else { continue };
        let listed = value.returns.iter().find(|data| is_plural(last.0, data.text));
        let Some(data) = listed.and_then(|data| case.names.find(Space::Data, data.text)) else { continue };
        let Some(data) = case.design.data.get(data as usize) else { continue };
        let count = data.value.count.as_ref().and_then(|count| case.central(&count.written));
        let is_many = count.is_some_and(|count| count > MANY);
        let is_bounded = match value.pagination.map(|pagination| pagination.value) {
            Some(Pagination::None) => !is_many,
            Some(_) => true,
            None => PAGES.iter().any(|word| request.query.contains(word)),
        };
        let is_few = count.is_some_and(|count| count <= FEW) && data.value.rate.is_none();
        if is_bounded || is_few {
            continue;
        }
        let all = match count.filter(|_| is_many) {
            Some(count) => {
                format!("all {} of `{}`", format(count, Dimension::NONE, Currency::Usd), data.name.text)
            }
            None => format!("every `{}` there is", data.name.text),
        };
        let message = format!("`{}` answers with {all}, at once", api.name.text);
        let span = text.subspan(request.path_at..request.path_at + request.path.len());
        let mut finding = RULE.finding(span, message).help("hand them out in pages: `pagination: cursor`");
        if let Some(pagination) = value.pagination {
            finding = finding.related(pagination.span, "said here");
        }
        out.push(finding);
    }
}
