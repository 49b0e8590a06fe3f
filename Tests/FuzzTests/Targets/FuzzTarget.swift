/// One reader of bytes that we did not write, and what must hold whatever they are.
struct FuzzTarget: Sendable, CustomStringConvertible {
  /// The name for `make fuzz TARGET=…`, and of the folder with its seeds.
  let name: String
  /// Throws ``BrokenPromise``, or does not return at all.
  let check: @Sendable ([UInt8]) throws -> Void

  var description: String { name }

  /// What the fuzzer's callback, which can hold nothing, asks. Set once, before it is first called.
  nonisolated(unsafe) static var chosen: FuzzTarget?

  static let all: [FuzzTarget] = [
    FuzzTarget(name: "http1-request", check: HTTP1RequestTarget.check),
    FuzzTarget(name: "http1-response", check: HTTP1ResponseTarget.check),
    FuzzTarget(name: "http2", check: HTTP2Target.check),
    FuzzTarget(name: "websocket", check: WebSocketTarget.check),
    FuzzTarget(name: "fields", check: FieldTarget.check),
    FuzzTarget(name: "tls-hello", check: TLSHelloTarget.check),
    FuzzTarget(name: "socks", check: SOCKSTarget.check),
    FuzzTarget(name: "dns", check: DNSTarget.check),
    FuzzTarget(name: "json", check: JSONTarget.check),
    FuzzTarget(name: "compression", check: CompressionTarget.check),
    FuzzTarget(name: "decoding", check: DecodingTarget.check),
    FuzzTarget(name: "inspection", check: InspectionTarget.check),
    FuzzTarget(name: "redaction", check: RedactionTarget.check),
    FuzzTarget(name: "restoration", check: RestorationTarget.check),
    FuzzTarget(name: "attribution", check: AttributionTarget.check),
    FuzzTarget(name: "fingerprints", check: FingerprintTarget.check),
    FuzzTarget(name: "documents", check: DocumentTarget.check),
    FuzzTarget(name: "patterns", check: PatternTarget.check),
    FuzzTarget(name: "ledger", check: LedgerTarget.check),
    FuzzTarget(name: "control", check: ControlTarget.check),
    FuzzTarget(name: "screen", check: ScreenTarget.check),
    FuzzTarget(name: "git", check: GitTarget.check),
    FuzzTarget(name: "feed", check: FeedTarget.check),
  ]
}
