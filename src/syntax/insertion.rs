//! Edits that put a key into a map, or another text in the place of a value: comments, layout and line ends stay.

use super::{Node, NodeKind, Style};
use crate::diagnostic::Edit;
use crate::source::{SourceFile, Span};

/// The edits after which the map at `node` also says `key: value`. `name` is the key that the map stands under, and `first`
/// the key behind which it goes and which a value without keys stands for: `app: service` becomes
/// `app: { kind: service, replicas: 2 }`.
///
/// `None` where the map is written in a way that this does not know, or in a place that others share, such as an anchor.
pub fn with_key(name: Span, node: Node<'_>, first: &str, key: &str, value: &str) -> Option<Vec<Edit>> {
    if !stands_behind(name, node) {
        return None;
    }
    let text = node.sources().text(node.span());
    match node.kind() {
        NodeKind::Scalar if !node.is_null() => around_scalar(node, first, &format!("{key}: {value}")),
        NodeKind::Map if text.starts_with('{') => Some(vec![into_flow(node, first, key, value)?]),
        NodeKind::Map => Some(vec![into_block(node, first, &format!("{key}: {value}"))?]),
        NodeKind::Scalar | NodeKind::List => None,
    }
}

/// The edit after which the scalar at `node`, which stands under the key `name`, reads otherwise.
pub fn with_value(name: Span, node: Node<'_>, value: &str) -> Option<Edit> {
    let is_plain = node.kind() == NodeKind::Scalar && node.style() == Style::Plain && node.is_verbatim();
    (is_plain && !node.is_absent() && stands_behind(name, node)).then(|| Edit {
        span: node.span(),
        wrong: node.text().to_owned(),
        right: value.to_owned(),
    })
}

fn insert(span: Span, at: usize, right: String) -> Edit {
    Edit { span: Span::new(span.file, at, at), wrong: String::new(), right }
}

/// Whether a value is written right behind its key, and neither taken from elsewhere nor given a name for others.
fn stands_behind(key: Span, value: Node<'_>) -> bool {
    let at = value.span();
    let between = Span { start: key.end, end: at.start, ..key };
    if at.file != key.file || at.start < key.end {
        return false;
    }
    let lines = value.sources().text(between).lines();
    let bare: String =
        lines.map(|line| line.split_once('#').map_or(line, |(before, _)| before).trim()).collect();
    bare.trim_start_matches(['"', '\'']) == ":"
}

fn around_scalar(node: Node<'_>, first: &str, more: &str) -> Option<Vec<Edit>> {
    let is_short = match node.style() {
        // Between brackets these would mean something else.
        Style::Plain => !node.text().contains([',', '[', ']', '{', '}', '\n']),
        Style::SingleQuoted | Style::DoubleQuoted => true,
        Style::Literal | Style::Folded => false,
    };
    let span = node.span();
    is_short.then(|| {
        vec![
            insert(span, span.start as usize, format!("{{ {first}: ")),
            insert(span, span.end as usize, format!(", {more} }}")),
        ]
    })
}

/// The key and the value of an entry that is written in one go.
fn entry<'t>(node: Node<'t>, first: &str) -> Option<(Node<'t>, Node<'t>)> {
    node.entries().find(|(key, value)| {
        let is_short = matches!(value.style(), Style::Plain | Style::SingleQuoted | Style::DoubleQuoted);
        let is_scalar = value.kind() == NodeKind::Scalar && is_short && !value.is_absent();
        key.text() == first && is_scalar && stands_behind(key.span(), *value)
    })
}

fn into_flow(node: Node<'_>, first: &str, key: &str, value: &str) -> Option<Edit> {
    let span = node.span();
    if let Some((before, at)) =
        entry(node, first).filter(|(before, at)| span.contains(before.span()) && span.contains(at.span()))
    {
        let quote = if before.style() == Style::DoubleQuoted { "\"" } else { "" };
        return Some(insert(span, at.span().end as usize, format!(", {quote}{key}{quote}: {value}")));
    }
    let open = span.start as usize + 1;
    let inner = node.sources().get(span.file).slice(open..(span.end as usize).saturating_sub(1));
    match node.entries().next() {
        None if inner.trim_matches(' ').is_empty() => {
            let closes = if inner.is_empty() { " " } else { "" };
            Some(insert(span, open, format!(" {key}: {value}{closes}")))
        }
        None => None,
        Some((next, _)) => {
            let lead = inner.get(..(next.span().start as usize).checked_sub(open)?)?;
            lead.trim()
                .is_empty()
                .then(|| insert(span, next.span().start as usize, format!("{key}: {value}, ")))
        }
    }
}

fn into_block(node: Node<'_>, first: &str, line: &str) -> Option<Edit> {
    let span = node.span();
    let file = node.sources().get(span.file);
    let indentation = |key: Node<'_>| {
        let at = key.span().start as usize;
        let begin = file.line_range(file.line_index(at)).start;
        let lead = file.slice(begin..at);
        (span.contains(key.span()) && lead.trim_matches(' ').is_empty()).then_some(lead)
    };
    if let Some((key, value)) = entry(node, first)
        && let Some(lead) = indentation(key)
    {
        let index = file.line_index(value.span().end as usize);
        let end = file.line_range(index).end;
        let line_end = line_end(file, index);
        return Some(insert(span, end, format!("{line_end}{lead}{line}")));
    }
    let (next, _) = node.entries().next()?;
    let lead = indentation(next)?;
    let at = next.span().start as usize;
    let line_end = line_end(file, file.line_index(at));
    Some(insert(span, at, format!("{line}{line_end}{lead}")))
}

/// How a line ends; the last one as the first.
fn line_end(file: &SourceFile, index: usize) -> &str {
    let of = |index: usize| {
        let begin = file.line_range(index).end;
        let next = file.line_starts().get(index + 1).map_or(begin, |at| *at as usize);
        file.slice(begin..next)
    };
    [of(index), of(0)].into_iter().find(|end| !end.is_empty()).unwrap_or("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::syntax::parse;

    /// What becomes of a text in which the component under `app` gets a key.
    fn put(text: &str) -> Option<String> {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
        let parsed = parse(&sources, file);
        let root = parsed.tree.root(&sources).unwrap();
        let (name, node) = root.entries().find(|(key, _)| key.text() == "app").unwrap();
        let mut edits = with_key(name.span(), node, "kind", "replicas", "2")?;
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        let mut new = text.to_owned();
        for edit in edits {
            assert_eq!(sources.text(edit.span), edit.wrong);
            new.replace_range(edit.span.range(), &edit.right);
        }
        Some(new)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(put(text).as_deref(), Some(expected));
        // It is a map with one key more.
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.yaml", expected)).unwrap();
        let parsed = parse(&sources, file);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let app = parsed.tree.root(&sources).unwrap().get("app").unwrap();
        assert_eq!(app.get("replicas").unwrap().text(), "2");
    }

    #[test]
    fn a_block_gets_a_line_behind_its_kind() {
        check(
            "app:\n  kind: service  # ours\n  owner: me\n",
            "app:\n  kind: service  # ours\n  replicas: 2\n  owner: me\n",
        );
        check(
            "app:\n    owner: me\n    kind: service",
            "app:\n    owner: me\n    kind: service\n    replicas: 2",
        );
        check("app:\r\n  kind: 'service'\r\n", "app:\r\n  kind: 'service'\r\n  replicas: 2\r\n");
    }

    #[test]
    fn a_block_without_a_kind_gets_its_first_line() {
        check(
            "app: # ours\n  # a\n  owner: me\n  tech: x\n",
            "app: # ours\n  # a\n  replicas: 2\n  owner: me\n  tech: x\n",
        );
        check("app:\r\n  tech: x", "app:\r\n  replicas: 2\r\n  tech: x");
    }

    #[test]
    fn brackets_get_a_key_behind_the_kind() {
        check("app: { kind: service }\n", "app: { kind: service, replicas: 2 }\n");
        check("app: {kind: service,owner: me}\n", "app: {kind: service, replicas: 2,owner: me}\n");
        check("app: {\n  kind: service, # a\n  }\n", "app: {\n  kind: service, replicas: 2, # a\n  }\n");
        check(
            "{ \"app\": { \"kind\": \"service\" } }",
            "{ \"app\": { \"kind\": \"service\", \"replicas\": 2 } }",
        );
        check("app: { tech: x }\n", "app: { replicas: 2, tech: x }\n");
        check("app: {}\n", "app: { replicas: 2 }\n");
        check("app: { }\n", "app: { replicas: 2 }\n");
    }

    #[test]
    fn a_value_that_stands_for_its_kind_gets_brackets() {
        check("app: service # ours\n", "app: { kind: service, replicas: 2 } # ours\n");
        check("app: \"service\"\n", "app: { kind: \"service\", replicas: 2 }\n");
        check("'app': service\n", "'app': { kind: service, replicas: 2 }\n");
    }

    #[test]
    fn what_others_share_or_nobody_foresaw_is_left_alone() {
        for text in [
            "base: &base { kind: service }\napp: *base\n",
            "app: &base { kind: service }\nother: *base\n",
            "app:\n  &key tech: x\n",
            "app:\n  ? tech\n  : x\n",
            "app: { &key tech: x }\n",
            "app: [service]\n",
            "app: a{b\n",
            "app:\n",
            "app: |\n  service\n",
        ] {
            assert_eq!(put(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_is_replaced_where_it_stands_alone() {
        let replaced = |text: &str| {
            let mut sources = Sources::new();
            let file = sources.add(SourceFile::new("a.yaml", text)).unwrap();
            let parsed = parse(&sources, file);
            let root = parsed.tree.root(&sources).unwrap();
            let (name, node) = root.entries().find(|(key, _)| key.text() == "n").unwrap();
            with_value(name.span(), node, "2").map(|edit| edit.span.range())
        };
        assert_eq!(replaced("n: 1 # a\n"), Some(3..4));
        assert_eq!(replaced("n: '1'\n"), None);
        assert_eq!(replaced("a: &a 1\nn: *a\n"), None);
        assert_eq!(replaced("n: &a 1\nb: *a\n"), None);
        assert_eq!(replaced("n:\n"), None);
    }
}
