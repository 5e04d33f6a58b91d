//! File names as URI references.

/// A file name as a reference relative to the root of the sources, or an absolute one for an absolute name.
pub(super) enum Reference {
    Relative(String),
    Absolute(String),
}

/// Percent-encodes all but letters, digits and `-._~/`.
pub(super) fn reference(name: &str) -> Reference {
    let bytes = name.as_bytes();
    let has_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && matches!(bytes.get(1..3), Some(b":/"));
    if let Some(share) = name.strip_prefix("//") {
        Reference::Absolute(format!("file://{}", encode(share)))
    } else if name.starts_with('/') {
        Reference::Absolute(format!("file://{}", encode(name)))
    } else if let (true, Some((drive, rest))) = (has_drive, name.split_once(':')) {
        Reference::Absolute(format!("file:///{drive}:{}", encode(rest)))
    } else {
        Reference::Relative(encode(name.strip_prefix("./").unwrap_or(name)))
    }
}

fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        let (Reference::Relative(uri) | Reference::Absolute(uri)) = reference(name);
        assert_eq!(uri, expected);
        assert_eq!(matches!(reference(name), Reference::Absolute(_)), uri.starts_with("file:"));
    }

    #[test]
    fn names_become_references_that_lead_back_to_them() {
        check("designs/shop.yaml", "designs/shop.yaml");
        check("./shop.yaml", "shop.yaml");
        check("../shop.yaml", "../shop.yaml");
        check("my shop ⭐.yaml", "my%20shop%20%E2%AD%90.yaml");
        check("a:b?c#d%20.yaml", "a%3Ab%3Fc%23d%2520.yaml");
        check("C:x", "C%3Ax");
        check("<stdin>", "%3Cstdin%3E");
        check("a\n\x1b\\b", "a%0A%1B%5Cb");
    }

    #[test]
    fn absolute_names_stay_absolute() {
        check("/home/me/a b.yaml", "file:///home/me/a%20b.yaml");
        check("C:/work/a.yaml", "file:///C:/work/a.yaml");
        check("//host/share/a.yaml", "file://host/share/a.yaml");
    }
}
