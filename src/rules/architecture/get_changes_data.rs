use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;
use crate::rules::wording::quoted_list;
use std::collections::HashSet;

rule! {
    /// A GET request that takes data in or changes what is stored.
    ///
    /// ## Why
    /// Browsers fetch links ahead of a click, crawlers follow them, proxies and retries repeat them: by RFC 9110, section
    /// 9.2.1, GET is safe, so nobody asks before sending one. What it changes is then changed by whoever passes by. Content in
    /// a GET request has no meaning by section 9.3.1, and some servers drop it.
    ///
    /// Looked at are APIs that say what they accept, and flows that wait until data is written to a durable store.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// apis:
    ///   add: { request: "GET /links/add?url={url}", handled_by: app }
    /// #                  ^^^ get-changes-data
    /// #                             ^^^ api-not-rest-shaped
    /// flows:
    ///   shorten:
    ///     api: add
    ///     steps:
    ///       - browser -> app: GET /links/add
    ///       - app -> links: insert the link
    ///         writes: [link]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// apis:
    ///   add: { request: POST /links, handled_by: app }
    /// flows:
    ///   shorten:
    ///     api: add
    ///     steps:
    ///       - browser -> app: POST /links
    ///       - app -> links: insert the link
    ///         writes: [link]
    /// ```
    ///
    /// ## Known false positives
    /// What is noted of the request itself, such as a counter of visits or the time of the last one. The caller need not wait
    /// for that: send it as a message (`~>`), or say `optional: true`.
    "get-changes-data": Warning, Architecture, Recommended, on Consistency, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told = HashSet::new();
    let is_get = |index: u32| {
        let api = &case.design.apis.get(index as usize)?.value;
        let request = Request::of(api).filter(Request::is_safe)?;
        Some((api, request))
    };
    for index in (0..).take(case.design.apis.len()) {
        let Some((api, request)) = is_get(index).filter(|(api, _)| !api.accepts.is_empty()) else { continue };
        let Some(span) = api.request.map(|text| text.subspan(0..request.method.len())) else { continue };
        let taken: Vec<&str> = api.accepts.iter().map(|data| data.text).collect();
        let message = format!("a {} request cannot carry {}", request.method, quoted_list(&taken, 3));
        let mut finding = RULE.finding(span, message).help("write `POST`, or take out `accepts:`");
        if let Some(accepts) = api.key_span("accepts") {
            finding = finding.related(accepts, "what it takes in");
        }
        told.insert(index);
        out.push(finding);
    }
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let api = flow.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let Some((index, (api, request))) = api.and_then(|index| Some((index, is_get(index)?))) else {
            continue;
        };
        let changes = calls.calls.iter().find(|call| {
            let durable = support::role(case, call.to).has("durable");
            call.waits && call.is_last && durable && !call.is_optional() && !call.step.writes.is_empty()
        });
        let (Some(call), Some(text)) = (changes.filter(|_| told.insert(index)), api.request) else {
            continue;
        };
        let written: Vec<&str> = call.step.writes.iter().map(|data| data.text).collect();
        let message = format!(
            "a {} request changes {} in `{}`",
            request.method,
            quoted_list(&written, 3),
            case.component_name(call.to)
        );
        let help =
            "write `POST`, `PUT` or `DELETE`; what is only noted of the request can be a message: `~>`";
        let mut finding = RULE.finding(text.subspan(0..request.method.len()), message).help(help);
        if let Some(place) = call.step.writes.first() {
            finding = finding.related(place.span, "written here, while the caller waits");
        }
        out.push(finding);
    }
}
