//! `apis:` what callers can ask for.

use super::quantities::{Bytes, Quantity, Rate};
use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::traffic::Traffic;
use super::values::{List, Name, OneOrMore, Spanned, Text};

choice! {
    /// How a caller proves who it is.
    Auth = "a way to authenticate";
    /// Not at all.
    None = "none",
    /// A key sent with each request.
    ApiKey = "api-key",
    /// User name and password with each request.
    Basic = "basic",
    /// A session cookie.
    Session = "session",
    /// A signed token.
    Jwt = "jwt",
    /// OAuth 2.
    Oauth2 = "oauth2",
    /// OpenID Connect.
    Oidc = "oidc",
    /// SAML.
    Saml = "saml",
    /// Client certificates.
    Mtls = "mtls",
    /// A signature over the request.
    Hmac = "hmac",
}

choice! {
    /// How caller and callee talk.
    Protocol = "a protocol";
    /// HTTP/1.1 or HTTP/2 without a stricter style.
    Http = "http",
    /// HTTP over TLS.
    Https = "https",
    /// HTTP/3 over QUIC.
    Http3 = "http3",
    /// REST over HTTP.
    Rest = "rest",
    /// GraphQL over HTTP.
    Graphql = "graphql",
    /// gRPC.
    Grpc = "grpc",
    /// SOAP.
    Soap = "soap",
    /// Thrift.
    Thrift = "thrift",
    /// WebSocket.
    Websocket = "websocket",
    /// Server-sent events.
    Sse = "sse",
    /// Long polling.
    LongPolling = "long-polling",
    /// A webhook: the server calls the client.
    Webhook = "webhook",
    /// Bare TCP.
    Tcp = "tcp",
    /// Bare UDP.
    Udp = "udp",
    /// DNS.
    Dns = "dns",
    /// AMQP.
    Amqp = "amqp",
    /// MQTT.
    Mqtt = "mqtt",
    /// Kafka's protocol.
    Kafka = "kafka",
    /// SQL over the database's own protocol.
    Sql = "sql",
    /// Redis' protocol.
    Redis = "redis",
    /// SMTP.
    Smtp = "smtp",
    /// FTP or SFTP.
    Sftp = "sftp",
    /// WebRTC.
    Webrtc = "webrtc",
}

choice! {
    /// How long lists are handed out.
    Pagination = "a kind of pagination";
    /// All at once.
    None = "none",
    /// From an opaque place onwards.
    Cursor = "cursor",
    /// From a number onwards.
    Offset = "offset",
    /// Numbered pages.
    Page = "page",
}

record! {
    /// Something callers can ask the system for.
    Api = "API", Form { likely: Some("request"), ..Form::MAP };
    /// The name shown in documents, when the id is not enough.
    /// Example: `Create a link`
    name: Option<Text<'t>>,
    /// What it does.
    /// Example: `Stores a long URL and answers with its short code`
    description: Option<Text<'t>>,
    /// Method and path, query or call.
    /// Example: `POST /links`
    request: Option<Text<'t>>,
    /// The component that answers.
    /// Example: `app`
    handled_by: Option<Name<'t>>,
    /// How often it is called, on average.
    /// Example: `100M / month`
    rate: Option<Quantity<'t, Rate>>,
    /// How its traffic differs from that of the whole design.
    /// Example: `{ peak: 10x }`
    traffic: Option<Traffic<'t>>,
    /// How callers prove who they are.
    /// Example: `oauth2`
    auth: Option<Spanned<Auth>>,
    /// What a caller must be allowed to do.
    /// Example: `links:write`
    authorization: Option<Text<'t>>,
    /// How often one caller may call.
    /// Example: `10 / minute / user`
    rate_limit: Option<Quantity<'t, Rate>>,
    /// Whether anybody may call it.
    /// Example: `true`
    public: Option<Spanned<bool>>,
    /// How caller and system talk.
    /// Example: `rest`
    protocol: Option<Spanned<Protocol>>,
    /// The version that callers name.
    /// Example: `v1`
    version: Option<Text<'t>>,
    /// How long lists are handed out.
    /// Example: `cursor`
    pagination: Option<Spanned<Pagination>>,
    /// Whether the same call twice does the same as once.
    /// Example: `true`
    idempotent: Option<Spanned<bool>>,
    /// The size of a request.
    /// Example: `2 KB`
    request_size: Option<Quantity<'t, Bytes>>,
    /// The size of an answer.
    /// Example: `500 B`
    response_size: Option<Quantity<'t, Bytes>>,
    /// The data that a request carries.
    /// Example: `[link]`
    accepts: OneOrMore<Name<'t>>,
    /// The data that an answer carries.
    /// Example: `[link]`
    returns: OneOrMore<Name<'t>>,
    /// The ways it can fail that callers must expect.
    /// Example: `["404 no such link", "429 too many requests"]`
    errors: OneOrMore<Text<'t>>,
    /// Whether callers should stop using it.
    /// Example: `false`
    deprecated: Option<Spanned<bool>>,
    /// Who answers for it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/openapi.yaml`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[public]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this API that are known and accepted, each with a reason.
    /// Example: `[{ rule: undefined-rate, reason: Nobody calls it before the launch }]`
    allow: List<AllowHere<'t>>,
}
