use super::support::{component, kept_in, role, sensitive, worst};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::component::Exposure;

rule! {
    /// Files that are sensitive in a store that is open to everybody.
    ///
    /// ## Why
    /// A public bucket is listed and downloaded by scripts that do nothing else. Files that somebody may see are given out by
    /// addresses that are signed and expire, while the store itself stays closed (AWS: *Blocking public access to your Amazon
    /// S3 storage*; CWE-552, files or directories accessible to external parties).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: scans }
    ///   scans: { kind: object_store, exposure: public }
    /// #                                        ^^^^^^ sensitive-files-exposed
    /// data:
    ///   passport: { size: 1 MB, stored_in: scans, sensitivity: personal }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: scans }
    ///   scans: { kind: object_store, exposure: internal }
    /// data:
    ///   passport: { size: 1 MB, stored_in: scans, sensitivity: personal }
    /// ```
    "sensitive-files-exposed": Error, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let exposed = |index: u32| {
        let role = role(case, index);
        let is_files = role.has("stores_blobs") && role.has("faces_clients");
        component(case, index)?.value.exposure.filter(|it| is_files && it.value == Exposure::Public)
    };
    let count = u32::try_from(case.design.components.len()).unwrap_or(u32::MAX);
    if !(0..count).any(|index| exposed(index).is_some()) {
        return;
    }
    let levels = sensitive(case);
    for (index, kept) in (0..).zip(kept_in(case, false)) {
        let Some(exposure) = exposed(index) else { continue };
        let Some((data, level)) = worst(&levels, kept.into_iter()) else { continue };
        let data = case.design.data.get(data as usize).map_or("", |data| data.name.text);
        let name = case.component_name(index);
        out.push(
            RULE.finding(exposure.span, format!("anybody can fetch {} from `{name}`", level.shown(data)))
                .related(level.span, "what makes it sensitive")
                .help("write `exposure: internal`, and give out signed addresses that expire"),
        );
    }
}
