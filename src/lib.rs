//! `sysdesign` reads a system design written as YAML, understands it, and says what is wrong with it and what to
//! write instead.
//!
//! ```
//! use sysdesign::{Document, NoFiles, Policy, Workspace, check};
//!
//! let text = "sysdesign: 1\nname: Shop\ncomponents:\n  app: { kind: servise }\n";
//! let mut workspace = Workspace::new();
//! let document = Document { identity: "shop".into(), name: "shop.yaml".into(), bytes: text.into() };
//! workspace.add_design(document, &mut NoFiles);
//! let outcome = check::check(&workspace, &workspace.designs()[0], &Policy::default());
//! assert_eq!(outcome.findings[0].message, "there is no kind `servise`");
//! assert_eq!(outcome.findings[0].help.as_deref(), Some("did you mean `service`?"));
//! ```
//!
//! The way of the data: [`workspace`] (texts) → [`syntax`] (trees with spans) → [`spec`] (what was written) →
//! [`model`] (what it means) → [`rules`] (findings) → [`report`] (bytes). [`check`] runs it from end to end.

pub mod catalog;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod diagrams;
pub mod estimate;
pub mod fix;
pub mod host;
pub mod model;
pub mod numerics;
pub mod quantity;
pub mod report;
pub mod rules;
pub mod schema;
pub mod source;
pub mod spec;
pub mod suggest;
pub mod synonyms;
pub mod syntax;
pub mod workspace;

pub use diagnostic::{Diagnostic, Severity};
pub use model::Model;
pub use rules::Policy;
pub use source::{Sources, Span};
pub use workspace::{Document, Files, NoFiles, Workspace};
