//! Tree → what the user wrote, typed and not yet resolved: one file per section of the language.

pub mod api;
pub mod arrow;
pub mod assumption;
pub mod collections;
pub mod component;
pub mod component_numbers;
pub mod component_parts;
pub mod data;
pub mod data_field;
pub mod date;
pub mod decision;
pub mod deployment;
pub mod design;
pub mod flow;
pub mod group;
pub mod low_level;
pub mod own_rule;
pub mod quantities;
pub mod record;
pub mod requirement;
pub mod rule_block;
pub mod schemas;
pub mod shape;
pub mod traffic;
pub mod values;
pub mod variant;
pub mod view;
pub mod visited;

pub use design::Design;
