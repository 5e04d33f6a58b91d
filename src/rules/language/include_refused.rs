use crate::rules::rule::rule;

rule! {
    /// A file named under `include:` or `catalog:` that a design may not read.
    ///
    /// ## Why
    /// A design may come from a stranger, and checking it must not read files that have nothing to do with it. And it
    /// should mean the same on every machine. So paths are relative, written with `/`, and stay inside the project, which
    /// is the folder of `sysdesign.toml`, or of the design when there is none.
    ///
    /// ## Example
    /// ```yaml
    /// include: [/home/ann/shop/stores.yaml, "data\\orders.yaml"]
    /// #         ^^^^^^^^^^^^^^^^^^^^^^^^^^ include-refused
    /// #                                     ^^^^^^^^^^^^^^^^^^^ include-refused
    /// components:
    ///   app: { kind: service }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// # file: design.yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// include: [stores.yaml, data/orders.yaml]
    /// components:
    ///   app: { kind: service }
    /// # file: stores.yaml
    /// components:
    ///   order_store: { kind: database }
    /// # file: data/orders.yaml
    /// data:
    ///   order: { size: 2 KB, stored_in: order_store }
    /// flows:
    ///   order: { rate: 2 / s, steps: ["app -> order_store: insert order"] }
    /// ```
    "include-refused": Error, Language, Minimal, since "0.1.0"
}
