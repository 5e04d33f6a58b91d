//! What the report formats promise.

#[cfg(test)]
mod json;
#[cfg(test)]
mod support;
#[cfg(test)]
mod text;
