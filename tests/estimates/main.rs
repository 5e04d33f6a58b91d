//! Designs whose numbers are known from elsewhere: a published estimate, a formula worked by hand, a computation with
//! another program. Each says what must come out under `x-expected`, and in a comment how that is known.

#[cfg(test)]
mod accuracy;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod exactness;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod known;
#[cfg(test)]
mod program;
#[cfg(test)]
mod properties;
