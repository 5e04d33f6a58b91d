use crate::rules::rule::rule;

rule! {
    /// Two things with the same id.
    ///
    /// ## Why
    /// Wherever the id is used, nobody can tell which of the two is meant. Components and groups share their ids, since
    /// views and groups may name either; so do the files of one design.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   shop: { kind: service }
    /// groups:
    ///   shop: { contains: shop }
    /// # ^^^^ duplicate-id
    /// ```
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: stores.yaml
    /// components:
    ///   orders: { kind: service }
    /// # file: stores.yaml
    /// components:
    ///   orders: { kind: database }
    /// # ^^^^^^ duplicate-id
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: stores.yaml
    /// components:
    ///   orders: { kind: service }
    /// groups:
    ///   shop: { contains: [orders, order_store] }
    /// # file: stores.yaml
    /// components:
    ///   order_store: { kind: database }
    /// ```
    "duplicate-id": Error, Language, Minimal, since "0.1.0"
}
