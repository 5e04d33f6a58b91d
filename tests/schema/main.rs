//! The schema of the language, the pages made from it, and the files that it is about.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod house;
#[cfg(test)]
mod language;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod projects;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod walk;
