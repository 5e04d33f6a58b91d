//! The macros that turn one commented list of keys into a struct, its reader, its schema and its reference page.

use super::schemas::{description, nothing, with_article};
use super::shape::{Reader, Schemas, Visit, visible_span};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Node, NodeKind};
use serde_json::{Map as JsonMap, Value, json};

/// What there is to know of a record besides its members.
#[derive(Clone, Copy)]
pub struct RecordInfo {
    /// What messages call it ("component").
    pub name: &'static str,
    /// All keys, in the order of the documentation.
    pub keys: &'static [&'static str],
    /// How it may be written.
    pub form: Form,
}

/// How a record may be written.
#[derive(Clone, Copy)]
pub struct Form {
    /// The keys that must be there.
    pub required: &'static [&'static str],
    /// The key that a bare value stands for (`redirect: Users are sent …` is its `text`).
    pub shorthand: Option<&'static str>,
    /// Whether nothing at all is a valid value (`app:`).
    pub may_be_empty: bool,
    /// The key that a value which stands alone probably belongs to: no shorthand, only named in the help.
    pub likely: Option<&'static str>,
}

impl Form {
    /// A map of which every key is optional.
    pub const MAP: Self = Self { required: &[], shorthand: None, may_be_empty: false, likely: None };
}

/// Keys of a record that are not fixed words: the arrows of a step, the rule names of a rule block.
pub trait OtherKeys<'t>: Default {
    /// Whether this is such a key.
    fn takes(name: &str) -> bool;
    /// What to write instead of a key that was probably meant to be one.
    fn hint(_: &str) -> Option<String> {
        None
    }
    /// Reads the value of such a key.
    fn add(&mut self, key: Node<'t>, value: Node<'t>, reader: &mut Reader);
    /// Adds what the schema of the record says about them.
    fn describe(object: &mut JsonMap<String, Value>, schemas: &mut Schemas);
    /// Shows the texts in them.
    fn visit(&self, _: &mut dyn Visit<'t>) {}
}

/// Of the records without such keys.
impl<'t> OtherKeys<'t> for () {
    fn takes(_: &str) -> bool {
        false
    }
    fn add(&mut self, _: Node<'t>, _: Node<'t>, _: &mut Reader) {}
    fn describe(_: &mut JsonMap<String, Value>, _: &mut Schemas) {}
}

/// Walks the keys of a record. `member` reads a key that it knows and says whether it did.
pub fn read_record<'t>(
    node: Node<'t>,
    reader: &mut Reader,
    info: &RecordInfo,
    hint: impl Fn(&str) -> Option<String>,
    mut member: impl FnMut(&'t str, Node<'t>, Node<'t>, &mut Reader) -> bool,
) -> bool {
    if node.kind() != NodeKind::Map {
        if info.form.may_be_empty && node.is_null() {
            return true;
        }
        let is_value = node.kind() == NodeKind::Scalar && !node.is_null();
        if let (Some(key), true) = (info.form.shorthand, is_value) {
            return member(key, node, node, reader);
        }
        let name = info.name;
        let article = super::shape::article(name);
        let wanted = match info.form.shorthand {
            Some(key) => format!("{article} {name}: its {key}, or a map of keys and values"),
            None => format!("{article} {name}: a map of keys and values"),
        };
        let keys = match info.keys.split_at_checked(8) {
            Some((first, [_, ..])) => format!("{} …", first.join(", ")),
            _ => info.keys.join(", "),
        };
        let first = node.items().next();
        let dashed = first.and_then(|item| Some(item.entries().next()?.0.text()));
        let help = match (dashed.filter(|key| info.keys.contains(key)), info.form.likely) {
            _ if node.is_null() => None,
            (Some(key), _) => Some(format!("write its keys without dashes: `{key}: …`")),
            (None, Some(likely)) => Some(format!("write it under the key `{likely}`; the keys are: {keys}")),
            (None, None) => Some(format!("write it with its keys: {keys}")),
        };
        reader.wrong_type_with(node, &wanted, help);
        return false;
    }
    for (key, value) in node.entries() {
        let name = key.text();
        if !member(name, key, value, reader) && !name.starts_with("x-") {
            let near = || crate::suggest::closest(name, info.keys.iter().copied());
            if super::shape::is_cut_by_comma(key, value) && near().is_none() {
                reader.text_cut_by_comma(key);
            } else {
                reader.unknown_key(key, info.name, info.keys, hint(name));
                reader.keep_keys_apart(node);
            }
        }
    }
    for required in info.form.required {
        if node.get(required).is_none() {
            let name = info.name;
            let at = node.entries().next().map_or(visible_span(node), |(key, _)| key.span());
            let message = format!("this {name} has no `{required}`");
            let help = format!("add `{required}: …`");
            reader.report(Diagnostic::error("missing-key", at, message).help(help));
        }
    }
    true
}

/// The schema of a record from the schemas of its members.
pub fn record_schema<'t, O: OtherKeys<'t>>(
    docs: &[&str],
    info: &RecordInfo,
    members: JsonMap<String, Value>,
    schemas: &mut Schemas,
) -> Value {
    let shorthand = info.form.shorthand.and_then(|key| members.get(key)).cloned();
    let title = with_article(info.name);
    let mut object = JsonMap::new();
    object.insert("title".into(), title.as_str().into());
    object.insert("type".into(), "object".into());
    object.insert("properties".into(), Value::Object(members));
    object.insert("patternProperties".into(), json!({ "^x-": true }));
    object.insert("additionalProperties".into(), false.into());
    if !info.form.required.is_empty() {
        object.insert("required".into(), info.form.required.into());
    }
    O::describe(&mut object, schemas);
    let mut choices = Vec::new();
    if let Some(Value::Object(mut members)) = shorthand {
        // The description of the member would repeat itself on every value.
        members.remove("description");
        members.remove("examples");
        choices.push(Value::Object(members));
    }
    let mut schema = if choices.is_empty() && !info.form.may_be_empty {
        object
    } else {
        choices.push(Value::Object(object));
        choices.extend(info.form.may_be_empty.then(nothing));
        let mut schema = JsonMap::new();
        schema.insert("title".into(), title.into());
        schema.insert("anyOf".into(), choices.into());
        schema
    };
    schema.insert("description".into(), description(docs).into());
    Value::Object(schema)
}

macro_rules! key_of {
    ($member:ident) => {
        stringify!($member)
    };
    ($member:ident $key:literal) => {
        $key
    };
}
pub(crate) use key_of;

macro_rules! other_keys_type {
    () => {
        ()
    };
    ($type:ty) => {
        $type
    };
}
pub(crate) use other_keys_type;

/// Declares a record of the language: documentation, keys and types in one place.
///
/// `record! { /// docs  Name = "what messages call it", Form { … } { /// docs  key: Type, … } }`, where a key
/// that is no Rust name is given as `member as "key": Type`, and `others name: Type` takes keys that are not
/// fixed words.
macro_rules! record {
    (
        $(#[doc = $docs:literal])*
        $name:ident = $title:literal, $form:expr;
        $(
            $(#[doc = $member_docs:literal])*
            $member:ident $(as $key:literal)? : $type:ty,
        )*
        $(; others $others:ty)?
    ) => {
        $(#[doc = $docs])*
        #[derive(Debug)]
        pub struct $name<'t> {
            /// What was written: for the places of keys.
            pub node: $crate::syntax::Node<'t>,
            $($(#[doc = $member_docs])* pub $member: $type,)*
            /// Keys that are not fixed words.
            pub others: $crate::spec::record::other_keys_type!($($others)?),
        }

        impl<'t> $name<'t> {
            /// What there is to know of this record besides its values.
            pub const INFO: $crate::spec::record::RecordInfo = {
                $crate::spec::record::RecordInfo {
                    name: $title,
                    keys: &[$($crate::spec::record::key_of!($member $($key)?),)*],
                    form: $form,
                }
            };

            /// A record of which nothing is written but the place.
            pub fn empty(node: $crate::syntax::Node<'t>) -> Self {
                Self { node, $($member: Default::default(),)* others: Default::default() }
            }

            /// The place of a key of this record, when it is written.
            pub fn key_span(&self, name: &str) -> Option<$crate::source::Span> {
                self.node.entries().find(|(key, _)| key.text() == name).map(|(key, _)| key.span())
            }
        }

        impl<'t> $crate::spec::shape::Shape<'t> for $name<'t> {
            fn read(node: $crate::syntax::Node<'t>, reader: &mut $crate::spec::shape::Reader) -> Option<Self> {
                type Others<'t> = $crate::spec::record::other_keys_type!($($others)?);
                let mut this = Self::empty(node);
                let hint = <Others<'t> as $crate::spec::record::OtherKeys<'t>>::hint;
                let usable = $crate::spec::record::read_record(node, reader, &Self::INFO, hint, |name, key, value, reader| {
                    match name {
                        $($crate::spec::record::key_of!($member $($key)?) => {
                            $crate::spec::shape::Field::fill(&mut this.$member, value, reader);
                        })*
                        _ if <Others<'t> as $crate::spec::record::OtherKeys<'t>>::takes(name) => {
                            $crate::spec::record::OtherKeys::add(&mut this.others, key, value, reader);
                        }
                        _ => return false,
                    }
                    true
                });
                usable.then_some(this)
            }

            fn visit(&self, visitor: &mut dyn $crate::spec::shape::Visit<'t>) {
                $($crate::spec::shape::Field::visit(&self.$member, visitor);)*
                $crate::spec::record::OtherKeys::visit(&self.others, visitor);
            }

            fn schema(schemas: &mut $crate::spec::shape::Schemas) -> serde_json::Value {
                type Others<'t> = $crate::spec::record::other_keys_type!($($others)?);
                schemas.part($title, |schemas| {
                    let mut members = serde_json::Map::new();
                    $(
                        let member = <$type as $crate::spec::shape::Field<'t>>::schema(schemas);
                        let key = $crate::spec::record::key_of!($member $($key)?);
                        let member = $crate::spec::schemas::member(key, &[$($member_docs),*], member, schemas);
                        members.insert(key.to_owned(), member);
                    )*
                    $crate::spec::record::record_schema::<Others<'t>>(&[$($docs),*], &Self::INFO, members, schemas)
                })
            }
        }
    };
}
pub(crate) use record;

/// Declares a closed set of words: `choice! { /// docs  Name, "what it is": /// docs  Word = "word", … }`.
macro_rules! choice {
    (
        $(#[doc = $docs:literal])*
        $name:ident = $title:literal;
        $($(#[doc = $word_docs:literal])* $word:ident = $text:literal,)*
    ) => {
        $(#[doc = $docs])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $($(#[doc = $word_docs])* $word,)*
        }

        impl $name {
            /// All words, as they are written.
            pub const WORDS: &'static [&'static str] = &[$($text,)*];

            /// The word as it is written.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)*
                }
            }

            /// The value that is written so.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($text => Some(Self::$word),)*
                    _ => None,
                }
            }
        }

        impl<'t> $crate::spec::shape::Shape<'t> for $crate::spec::values::Spanned<$name> {
            fn read(node: $crate::syntax::Node<'t>, reader: &mut $crate::spec::shape::Reader) -> Option<Self> {
                $crate::spec::values::read_word(node, reader, $title, $name::WORDS, $name::from_word)
            }

            fn schema(_: &mut $crate::spec::shape::Schemas) -> serde_json::Value {
                $crate::spec::values::word_schema($title, &[$(($text, &[$($word_docs),*])),*])
            }
        }
    };
}
pub(crate) use choice;
