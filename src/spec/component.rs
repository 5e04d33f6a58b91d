//! `components:` the boxes of the drawing, and every fact that can be stated of one.

use super::component_numbers::{Erasure, Latency, Overload, Price};
use super::component_parts::{
    Backup, Capacity, Consistency, Encryption, Failover, Quorum, Replicas, Replication, Uses, YesNoOr,
};
use super::low_level::{Module, StateMachine, UseCase};
use super::quantities::{Bytes, Count, Quantity, Rate, Share, Throughput, Time};
use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::values::{IdMap, List, Name, OneOrMore, Spanned, Text};

choice! {
    /// Who can reach a component.
    Exposure = "an exposure";
    /// Anybody on the internet.
    Public = "public",
    /// Only from within.
    Internal = "internal",
}

choice! {
    /// How data is spread over shards.
    Partitioning = "a kind of partitioning";
    /// By ranges of the key.
    Range = "range",
    /// By a hash of the key.
    Hash = "hash",
    /// By a hash that moves little when shards come and go.
    ConsistentHash = "consistent-hash",
    /// By a table of who has what.
    Directory = "directory",
}

choice! {
    /// Which waiting request is served next.
    Discipline = "a service discipline";
    /// The one that came first.
    Fifo = "fifo",
    /// All at once, each a little.
    ProcessorSharing = "processor-sharing",
    /// The most important one.
    Priority = "priority",
}

choice! {
    /// Which instance gets the next request.
    Balancing = "a load-balancing policy";
    /// Each in its turn.
    RoundRobin = "round-robin",
    /// Any.
    Random = "random",
    /// The one with the fewest requests under way.
    LeastLoaded = "least-loaded",
    /// The better of two at random.
    TwoChoices = "two-choices",
    /// Always the same for the same key.
    ConsistentHash = "consistent-hash",
    /// One common queue.
    SharedQueue = "shared-queue",
}

choice! {
    /// What a full cache forgets first.
    Eviction = "an eviction policy";
    /// What was not used for longest.
    Lru = "lru",
    /// What is used least.
    Lfu = "lfu",
    /// What came first.
    Fifo = "fifo",
    /// Anything.
    Random = "random",
    /// What expires next.
    Ttl = "ttl",
    /// Nothing: writes fail.
    None = "none",
}

choice! {
    /// How content gets into a CDN.
    Fill = "a way to fill it";
    /// It is put there beforehand.
    Push = "push",
    /// It is fetched when first asked for.
    Pull = "pull",
}

choice! {
    /// How writes pass a cache.
    WritePolicy = "a write policy";
    /// Into the cache and the store at once.
    WriteThrough = "write-through",
    /// Into the cache, and into the store later.
    WriteBack = "write-back",
    /// Into the store only; the cache is filled by reads.
    CacheAside = "cache-aside",
    /// Into the store; the cache renews itself before it expires.
    RefreshAhead = "refresh-ahead",
    /// Past the cache.
    WriteAround = "write-around",
}

choice! {
    /// How often a message arrives.
    Delivery = "a delivery guarantee";
    /// Never twice, sometimes not at all.
    AtMostOnce = "at-most-once",
    /// Never lost, sometimes twice.
    AtLeastOnce = "at-least-once",
    /// As if once.
    ExactlyOnce = "exactly-once",
}

choice! {
    /// In which order messages arrive.
    Ordering = "an ordering";
    /// Any.
    None = "none",
    /// In order for each key or partition.
    PerKey = "per-key",
    /// In one order for all.
    Total = "total",
}

record! {
    /// A box of the drawing: a client, a service, a store, a queue, somebody else's system.
    Component = "component", Form { shorthand: Some("kind"), may_be_empty: true, ..Form::MAP };
    /// The architectural role. `sysdesign kinds` lists them all.
    /// Example: `service`
    kind: Option<Name<'t>>,
    /// The technology that plays it. `sysdesign kinds` lists those that come with numbers.
    /// Example: `postgresql`
    tech: Option<Name<'t>>,
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Link store`
    name: Option<Text<'t>>,
    /// What it is for.
    /// Example: `Keeps every link that was ever made`
    description: Option<Text<'t>>,
    /// Instances (of each shard); copies of the data too where it replicates.
    /// Example: `3`
    /// Example: `auto`
    /// Example: `{ min: 2, max: 20, target_utilization: 60% }`
    replicas: Option<Replicas<'t>>,
    /// Instances (of each shard) that must be up for it to serve. One is enough when nothing is said.
    /// Example: `2`
    needed: Option<Quantity<'t, Count>>,
    /// The utilisation that instances are counted for. When nothing is said, all that they can do; 70% where `replicas`
    /// is `auto`.
    /// Example: `65%`
    target_utilization: Option<Quantity<'t, Share>>,
    /// Zones that may be lost at peak without overloading the rest.
    /// Example: `1`
    survives_zones: Option<Quantity<'t, Count>>,
    /// Parts that the data or load is split into. Each shard of a store has `replicas` instances; the partitions of a
    /// broker are spread over its instances.
    /// Example: `16`
    shards: Option<Quantity<'t, Count>>,
    /// The field that decides on the shard.
    /// Example: `code`
    shard_key: Option<Text<'t>>,
    /// How data is spread over shards.
    /// Example: `consistent-hash`
    partitioning: Option<Spanned<Partitioning>>,
    /// How copies of the data are kept in step.
    /// Example: `{ mode: leader-follower, sync: semi-sync, lag: 100 ms }`
    replication: Option<Box<Replication<'t>>>,
    /// How many copies must agree.
    /// Example: `{ n: 3, w: 2, r: 2 }`
    quorum: Option<Box<Quorum<'t>>>,
    /// How fresh and ordered reads from it are.
    /// Example: `eventual`
    consistency: Option<Spanned<Consistency>>,
    /// What happens when an instance fails.
    /// Example: `{ mode: active-passive, time: 30 s }`
    failover: Option<Box<Failover<'t>>>,
    /// The zones that it runs in.
    /// Example: `[eu-a, eu-b]`
    zones: OneOrMore<Name<'t>>,
    /// The regions that it runs in.
    /// Example: `[eu]`
    regions: OneOrMore<Name<'t>>,
    /// Whether any instance can serve any request.
    /// Example: `true`
    stateless: Option<Spanned<bool>>,
    /// Where sessions are kept: `client`, `memory`, or the component that keeps them.
    /// Example: `client`
    sessions: Option<Name<'t>>,
    /// Whether a user always comes back to the same instance.
    /// Example: `false`
    sticky: Option<Spanned<bool>>,
    /// Requests that one instance serves, of any kind or by operation.
    /// Example: `{ read: 20k rps, write: 5k rps }`
    capacity: Option<Capacity<'t>>,
    /// How long one request keeps one worker of an instance busy.
    /// Example: `4 ms`
    service_time: Option<Box<Latency<'t>>>,
    /// How long an answer takes without waiting in line.
    /// Example: `{ p50: 2 ms, p99: 10 ms }`
    latency: Option<Box<Latency<'t>>>,
    /// Which waiting request is served next.
    /// Example: `fifo`
    discipline: Option<Spanned<Discipline>>,
    /// Which instance gets the next request.
    /// Example: `least-loaded`
    load_balancing: Option<Spanned<Balancing>>,
    /// Requests that one instance works on at once.
    /// Example: `200`
    concurrency: Option<Quantity<'t, Count>>,
    /// Requests that may wait; more are turned away.
    /// Example: `1000`
    queue_limit: Option<Quantity<'t, Count>>,
    /// What happens to requests beyond what the instances can serve: `queue` (the default) or `reject`.
    /// Example: `reject`
    overload: Option<Spanned<Overload>>,
    /// The share of requests that fail by themselves, each independently of the others.
    /// Example: `0.1%`
    error_rate: Option<Quantity<'t, Share>>,
    /// Connections that one instance accepts.
    /// Example: `500`
    max_connections: Option<Quantity<'t, Count>>,
    /// Memory of one instance.
    /// Example: `16 GB`
    memory: Option<Quantity<'t, Bytes>>,
    /// Disk of one instance.
    /// Example: `2 TB`
    storage: Option<Quantity<'t, Bytes>>,
    /// Network bandwidth of one instance.
    /// Example: `10 Gbps`
    bandwidth: Option<Quantity<'t, Throughput>>,
    /// How often one instance is there.
    /// Example: `99.9%`
    availability: Option<Quantity<'t, Share>>,
    /// The mean time that an instance works before it fails.
    /// Example: `90 days`
    mtbf: Option<Quantity<'t, Time>>,
    /// The mean time until a failed instance is back.
    /// Example: `10 minutes`
    mttr: Option<Quantity<'t, Time>>,
    /// How many failed instances are repaired at the same time; all of them when nothing is said.
    /// Example: `1`
    repair_crews: Option<Quantity<'t, Count>>,
    /// The share of an instance's failures that take all other instances with them: a bad release, a common switch.
    /// Example: `5%`
    common_cause: Option<Quantity<'t, Share>>,
    /// How probable it is that stored data is still there after a year.
    /// Example: `11 nines`
    durability: Option<Quantity<'t, Share>>,
    /// The share of disks (or of what holds one copy) that fail in a year.
    /// Example: `1% / year`
    copy_failures: Option<Quantity<'t, Rate>>,
    /// How long it takes to make a lost copy anew.
    /// Example: `6 hours`
    rebuild_time: Option<Quantity<'t, Time>>,
    /// How many groups of disks the data is spread over, each of which loses its part by itself: the more, the likelier it is
    /// that one of them does.
    /// Example: `1000`
    placement_groups: Option<Quantity<'t, Count>>,
    /// How data is cut into parts instead of being copied whole.
    /// Example: `{ data: 8, parity: 4 }`
    erasure_coding: Option<Box<Erasure<'t>>>,
    /// What indexes take, as a share of the data.
    /// Example: `30%`
    index_overhead: Option<Quantity<'t, Share>>,
    /// How full disks may become.
    /// Example: `70%`
    fill_target: Option<Quantity<'t, Share>>,
    /// How long a cached value lives.
    /// Example: `1 day`
    ttl: Option<Quantity<'t, Time>>,
    /// What a full cache forgets first.
    /// Example: `lru`
    eviction: Option<Spanned<Eviction>>,
    /// The share of reads that the cache answers.
    /// Example: `90%`
    hit_ratio: Option<Quantity<'t, Share>>,
    /// How content gets into it.
    /// Example: `pull`
    fill: Option<Spanned<Fill>>,
    /// How writes pass the cache.
    /// Example: `cache-aside`
    write_policy: Option<Spanned<WritePolicy>>,
    /// How often a message arrives.
    /// Example: `at-least-once`
    delivery: Option<Spanned<Delivery>>,
    /// In which order messages arrive.
    /// Example: `per-key`
    ordering: Option<Spanned<Ordering>>,
    /// Whether messages survive a restart.
    /// Example: `true`
    durable: Option<Spanned<bool>>,
    /// The component that takes messages which cannot be handled, or whether there is one.
    /// Example: `failed_jobs`
    dead_letter: Option<YesNoOr<Name<'t>>>,
    /// How long messages, logs or data are kept.
    /// Example: `7 days`
    retention: Option<Quantity<'t, Time>>,
    /// How long its consumers may be away: what piles up meanwhile is its backlog.
    /// Example: `1 hour`
    consumer_outage: Option<Quantity<'t, Time>>,
    /// How often a scheduled component runs.
    /// Example: `1 hour`
    every: Option<Quantity<'t, Time>>,
    /// How long one scheduled run takes.
    /// Example: `10 minutes`
    run_time: Option<Quantity<'t, Time>>,
    /// Copies for the day when all else is lost.
    /// Example: `{ every: 1 day, keep: 30 days }`
    backup: Option<Box<YesNoOr<Backup<'t>>>>,
    /// Whether the data can be brought back as it was at any moment.
    /// Example: `true`
    point_in_time_recovery: Option<Spanned<bool>>,
    /// Where data is unreadable to others.
    /// Example: `{ at_rest: true, in_transit: true }`
    encryption: Option<Box<YesNoOr<Encryption<'t>>>>,
    /// Who can reach it.
    /// Example: `internal`
    exposure: Option<Spanned<Exposure>>,
    /// How it is told that an instance is well, or whether it is.
    /// Example: `GET /healthz`
    health_check: Option<YesNoOr<Text<'t>>>,
    /// What one instance costs, or several prices by what they are for.
    /// Example: `{ instance: $70 / month, storage: $0.10 / GB / month }`
    price: Option<Price<'t>>,
    /// Connections that no flow draws.
    /// Example: `[metrics, { to: flags, optional: true }]`
    uses: Uses<'t>,
    /// Classes, interfaces and packages inside it.
    /// Example: `{ Encoder: { methods: ["encode(id) -> code"] } }`
    modules: IdMap<'t, Module<'t>>,
    /// States that something inside it goes through.
    /// Example: `{ link: { transitions: ["draft -> active: publish"] } }`
    states: IdMap<'t, StateMachine<'t>>,
    /// What actors get done with it.
    /// Example: `{ shorten: { actor: visitor, text: Shorten a URL } }`
    use_cases: IdMap<'t, UseCase<'t>>,
    /// Who answers for it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/wiki/links`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[core, storage]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this component that are known and accepted, each with a reason.
    /// Example: `[{ rule: unused-component, reason: Kept for the migration }]`
    allow: List<AllowHere<'t>>,
}
