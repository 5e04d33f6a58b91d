//! Words that people bring from other tools, and what the language calls the same thing.
//!
//! Spelling does not lead from `type` to `kind` or from `db` to `database`; only knowing both words does. A word stands
//! here when it has one meaning: what could mean two things is better left to the reader.

/// The keys that people look for in a record, and the keys that it has.
const KEYS: &[(&str, &[&str], &str)] = &[
    ("component", &["type"], "kind"),
    ("component", &["technology", "engine", "product", "software"], "tech"),
    ("component", &["instances", "count", "nodes", "replica_count", "scale"], "replicas"),
    ("component", &["partitions"], "shards"),
    ("component", &["partition_key", "sharding_key"], "shard_key"),
    ("component", &["expiry", "expiration", "expires"], "ttl"),
    ("component", &["depends_on", "dependencies", "calls", "connects_to"], "uses"),
    ("component", &["cost"], "price"),
    ("component", &["disk"], "storage"),
    ("component", &["ram"], "memory"),
    ("component", &["throughput", "max_rps"], "capacity"),
    ("API", &["handler", "component", "service", "served_by"], "handled_by"),
    ("API", &["path", "endpoint", "url", "route"], "request"),
    ("API", &["rps", "qps", "frequency"], "rate"),
    ("API", &["authentication"], "auth"),
    ("flow", &["trigger"], "api"),
    ("flow", &["schedule", "cron", "interval"], "every"),
    ("flow", &["requirements"], "satisfies"),
    ("step", &["if", "probability", "when", "odds"], "chance"),
    ("step", &["repeat", "loop", "for_each"], "times"),
    ("step", &["retry"], "retries"),
    ("step", &["alternatives", "switch", "branch", "alt"], "either"),
    ("step", &["do", "then"], "steps"),
    ("alternative", &["if", "when", "case"], "text"),
    ("alternative", &["probability", "odds"], "chance"),
    ("alternative", &["do", "then"], "steps"),
    ("retry policy", &["max", "count", "max_attempts", "times"], "attempts"),
    ("retry policy", &["delay", "interval", "wait"], "pause"),
    ("requirement", &["condition", "target", "slo", "must"], "check"),
    ("requirement", &["title"], "text"),
    ("data entry", &["columns", "attributes", "properties"], "fields"),
    ("data entry", &["store", "database", "component"], "stored_in"),
    ("data entry", &["ttl"], "retention"),
    ("group", &["components", "members"], "contains"),
    ("design", &["title"], "name"),
    ("design", &["description"], "summary"),
    ("design", &["includes", "imports", "import"], "include"),
    ("design", &["endpoints"], "apis"),
    ("design", &["scenarios", "use_cases"], "flows"),
    ("design", &["services", "nodes"], "components"),
    ("design", &["entities", "models"], "data"),
    ("design", &["questions"], "open_questions"),
    ("design", &["adrs"], "decisions"),
];

/// The keys that people look for in a record, and where the language says the same in another way.
const ELSEWHERE: &[(&str, &[&str], &str)] = &[
    (
        "design",
        &[
            "connections",
            "connection",
            "links",
            "edges",
            "arrows",
            "relations",
            "relationships",
            "calls",
            "dependencies",
        ],
        "say who calls whom in the steps of a flow (`flows: { visit: { steps: [\"web -> app\"] } }`), or with `uses:` on a component",
    ),
    (
        "design",
        &["users", "dau", "mau", "load", "rate", "rps", "qps", "requests"],
        "write such numbers under `assumptions:` (`users: 1M`), and how often a flow runs as its `rate:` (`users * 5 / day`)",
    ),
    (
        "component",
        &["size", "data_size", "rows", "records"],
        "what is stored, and how large a record is, stands under `data:`; how much one instance can hold is its `storage:` or `memory:`",
    ),
    (
        "component",
        &["rate", "rps", "qps", "load", "traffic", "requests"],
        "how often it is called follows from the flows and APIs, which have a `rate:`; how much one instance can take is its `capacity:`",
    ),
];

/// What people call a kind of component, and what the catalogue calls it.
pub(crate) const KINDS: &[(&[&str], &str)] = &[
    (&["microservice", "server", "backend", "web_server", "app_server", "application"], "service"),
    (&["db", "rdbms", "sql", "relational_database"], "database"),
    (&["lb", "balancer"], "load_balancer"),
    (&["user", "actor", "person", "browser", "customer"], "client"),
    (&["frontend", "front_end", "spa", "web_app"], "browser_app"),
    (&["app", "ios_app", "android_app"], "mobile_app"),
    (&["gateway"], "api_gateway"),
    (&["message_queue", "message_broker", "broker", "mq", "task_queue"], "queue"),
    (&["event_stream", "event_log", "log_stream", "event_bus"], "stream"),
    (&["topic", "pub_sub"], "pubsub"),
    (&["blob_store", "blob_storage", "bucket", "object_storage"], "object_store"),
    (&["file_system", "filesystem"], "file_store"),
    (&["third_party", "external_service", "external", "saas", "vendor"], "external_system"),
    (&["kv", "kv_store", "key_value"], "key_value_store"),
    (&["nosql"], "document_store"),
    (&["search", "search_engine"], "search_index"),
    (&["warehouse", "olap"], "data_warehouse"),
    (&["tsdb"], "time_series_database"),
    (&["metrics", "observability"], "monitoring"),
    (&["logs"], "logging"),
    (&["cron", "cron_job", "cronjob"], "scheduler"),
    (&["job", "consumer", "background_job"], "worker"),
    (&["lambda", "function", "faas", "cloud_function"], "serverless_function"),
    (&["idp", "auth_provider"], "identity_provider"),
    (&["batch", "batch_job"], "batch_processor"),
    (&["proxy"], "reverse_proxy"),
    (&["vault", "secrets"], "secret_store"),
];

/// What people write for one word of a closed set. The set tells whether the word fits.
const WORDS: &[(&[&str], &str)] = &[
    (&["master_slave", "primary_replica", "primary_secondary", "single_leader"], "leader-follower"),
    (&["master_master", "active_active", "multi_master"], "multi-leader"),
    (&["synchronous"], "sync"),
    (&["asynchronous"], "async"),
    (&["read_your_own_writes"], "read-your-writes"),
    (&["pii", "private"], "personal"),
    (&["high", "critical", "required"], "must"),
    (&["medium"], "should"),
    (&["low"], "could"),
    (&["warn"], "warning"),
    (&["ignore", "none", "false"], "off"),
    (&["ws", "wss"], "websocket"),
    (&["token", "bearer"], "jwt"),
    (&["lr", "horizontal"], "left-right"),
    (&["tb", "vertical"], "top-bottom"),
    (&["bounded_context"], "context"),
    (&["trust_boundary"], "boundary"),
    (&["done", "approved"], "accepted"),
];

/// What databases and programming languages call the types of fields.
pub(crate) const FIELD_TYPES: &[(&[&str], &str)] = &[
    (&["varchar", "nvarchar", "character_varying", "str", "citext"], "string"),
    (&["longtext", "mediumtext", "clob"], "text"),
    (&["boolean", "bit"], "bool"),
    (&["tinyint", "byte", "i8", "u8"], "int8"),
    (&["smallint", "short", "i16", "u16"], "int16"),
    (&["i32", "u32", "int4"], "int32"),
    (&["bigint", "bigserial", "long", "i64", "u64", "int8_t", "number"], "int64"),
    (&["integer", "serial"], "int"),
    (&["real", "f32", "float4"], "float32"),
    (&["double", "double_precision", "f64", "float8"], "float64"),
    (&["numeric"], "decimal"),
    (&["currency", "amount"], "money"),
    (&["guid", "ulid"], "uuid"),
    (&["datetime", "timestamptz", "datetime2", "instant"], "timestamp"),
    (&["interval", "timedelta"], "duration"),
    (&["jsonb", "object", "document"], "json"),
    (&["binary", "varbinary", "bytea"], "bytes"),
    (&["file", "image", "video", "audio"], "blob"),
    (&["geopoint", "geography", "geometry", "location", "latlng"], "point"),
    (&["embedding"], "vector"),
    (&["array", "set"], "list"),
    (&["dict", "hash", "hashmap"], "map"),
];

/// The type of a field that is meant.
pub fn field_type(word: &str) -> Option<&'static str> {
    meant(FIELD_TYPES, word).next()
}

/// The key of a record that is meant by a word of another tool.
pub fn key(record: &str, word: &str) -> Option<&'static str> {
    let word = folded(word);
    KEYS.iter().find(|(of, words, _)| *of == record && words.contains(&word.as_str())).map(|found| found.2)
}

/// Where the language says what somebody looks for in a record under this word.
pub fn elsewhere(record: &str, word: &str) -> Option<&'static str> {
    let word = folded(word);
    ELSEWHERE
        .iter()
        .find(|(of, words, _)| *of == record && words.contains(&word.as_str()))
        .map(|found| found.2)
}

/// The kind of component that is meant.
pub fn kind(word: &str) -> Option<&'static str> {
    meant(KINDS, word).next()
}

/// The one of `words` that is meant.
pub fn word(word: &str, words: &[&str]) -> Option<&'static str> {
    meant(WORDS, word).find(|meant| words.contains(meant))
}

fn meant(table: &'static [(&[&str], &str)], word: &str) -> impl Iterator<Item = &'static str> {
    let word = folded(word);
    table.iter().filter(move |(words, _)| words.contains(&word.as_str())).map(|found| found.1)
}

/// `Message queue` and `message-queue` are `message_queue`.
fn folded(word: &str) -> String {
    word.to_ascii_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_tools_are_understood() {
        assert_eq!(key("component", "type"), Some("kind"));
        assert_eq!(key("data entry", "type"), None);
        assert_eq!(kind("Message queue"), Some("queue"));
        assert_eq!(word("master-slave", &["leader-follower", "none"]), Some("leader-follower"));
        assert_eq!(word("master-slave", &["sync", "async"]), None);
        assert_eq!(field_type("VARCHAR"), Some("string"));
        assert_eq!(field_type("double precision"), Some("float64"));
    }
}
