internal import Enforcement
internal import Evidence
internal import Wire

/// The head that goes upstream: the client's own bytes, less what concerns only its connection with us.
struct OutgoingRequest {
  let head: RequestHead
  let framing: BodyFraming

  /// Of a body that is not the client's any more.
  private static func isDigest(_ name: String) -> Bool {
    ["content-md5", "digest", "content-digest", "repr-digest", "x-goog-hash"].contains(name)
      || name.hasPrefix("x-amz-checksum-")
  }

  private static let extensions = "sec-websocket-extensions"

  /// - Parameters:
  ///   - redactedBody: what is sent in the place of the client's body.
  ///   - wholeBodyBytes: the length of the body, where all of it is here.
  /// - Throws: where the head cannot be written without changing what it means.
  init(
    _ request: ClientRequest, redactedBody: [UInt8]?, wholeBodyBytes: Int?, isHTTP2: Bool
  ) throws(HTTPSyntaxError) {
    var head = request.head
    // Written anew, a head says nothing but what was inspected.
    if head.hasOddSpace { head.raw = nil }
    var dropped = request.droppedNames.filter { $0 != "transfer-encoding" }
    var replaced: [HTTPField] = []
    if let redactedBody {
      framing = .length(redactedBody.count)
      dropped += ["transfer-encoding"] + head.fields.map { $0.name.lowercased() }.filter(Self.isDigest)
    } else if head.version == .http2, let wholeBodyBytes, request.framing != .none {
      framing = .length(wholeBodyBytes)
    } else {
      framing = request.framing
    }
    if case .length(let length) = framing,
      redactedBody != nil || !isHTTP2 && !head.fields.contains(named: "content-length")
    {
      replaced.append(HTTPField(name: "content-length", value: String(length)))
    }
    // Extensions that we could not read are not offered, so that no server chooses one.
    if request.captured.upgrade != nil, let offered = head.fields.first(named: Self.extensions) {
      let readable = PerMessageDeflate.readableOffers(in: head.fields)
      if readable == nil { dropped.append(Self.extensions) }
      if let readable, readable != offered { replaced.append(HTTPField(name: Self.extensions, value: readable)) }
    }
    self.head = try head.rewritten(
      target: request.captured.target == head.target ? nil : request.captured.target, removing: dropped,
      replacing: replaced)
  }
}
