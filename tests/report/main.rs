//! What the report formats promise.

#[cfg(test)]
mod docs;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod json;
#[cfg(test)]
mod random;
#[cfg(test)]
mod sarif;
#[cfg(test)]
mod services;
#[cfg(test)]
mod support;
#[cfg(test)]
mod text;
