internal import NIOCore
internal import Wire

/// Answers of HTTP/1 to three requests that the first byte chooses.
enum HTTP1ResponseTarget {
  struct Reading: Equatable {
    var statuses: [Int] = []
    var framings: [BodyFraming?] = []
    var contents: [[UInt8]] = []
    var trailers: [[HTTPField]] = []
    var heads: [ResponseHead] = []
    var wire: [UInt8] = []
    var remaining: [UInt8] = []
    var isReusable = false
    var error: HTTPSyntaxError.Code?

    static func == (one: Reading, other: Reading) -> Bool {
      one.statuses == other.statuses && one.framings == other.framings && one.contents == other.contents
        && one.trailers == other.trailers && one.wire == other.wire && one.remaining == other.remaining
        && one.isReusable == other.isReusable && one.error == other.error
    }

    init(_ pieces: [[UInt8]], to requests: [RequestHead], _ limits: WireLimits) {
      var parser = ResponseParser(limits: limits)
      for request in requests { parser.expectResponse(to: request) }
      do throws(HTTPSyntaxError) {
        for piece in pieces {
          parser.append(ByteBuffer(bytes: piece))
          while let event = try parser.next() { take(event) }
        }
        isReusable = parser.isReusable
        if parser.hasSwitched {
          remaining = Array(parser.takeRemaining().readableBytesView)
        } else if let event = try parser.finish() {
          take(event)
        }
      } catch {
        self.error = error.code
      }
    }

    private mutating func take(_ event: ResponseParser.Event) {
      switch event {
      case .interim(let head): add(head, nil)
      case .head(let head, let framing): add(head, framing)
      case .body(let content, let bytes):
        contents[contents.count - 1] += Array(content.readableBytesView)
        wire += Array(bytes.readableBytesView)
      case .end(let fields, let bytes):
        trailers[trailers.count - 1] = fields
        wire += Array(bytes.readableBytesView)
      }
    }

    private mutating func add(_ head: ResponseHead, _ framing: BodyFraming?) {
      statuses.append(head.status)
      framings.append(framing)
      contents.append([])
      trailers.append([])
      heads.append(head)
      wire += head.raw.map { Array($0.readableBytesView) } ?? []
    }
  }

  private static let requests: [RequestHead] = {
    let upgrade = [HTTPField(name: "Connection", value: "upgrade"), HTTPField(name: "Upgrade", value: "websocket")]
    return [
      RequestHead(method: "GET", target: "/", authority: "h"), RequestHead(method: "HEAD", target: "/", authority: "h"),
      RequestHead(method: "CONNECT", target: "h:443", authority: "h:443"),
      RequestHead(method: "GET", target: "/", authority: "h", fields: upgrade),
    ]
  }()

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let asked = [choice & 3, choice >> 2 & 3, choice >> 4 & 3].map { requests[Int($0)] }
    for limits in [WireLimits(), HTTP1RequestTarget.small] {
      let whole = Reading([bytes], to: asked, limits)
      for pieces in Pieces.ways(of: bytes) {
        try demand(Reading(pieces, to: asked, limits) == whole, "the answers depend on how the bytes are cut")
      }
      try demand(bytes.starts(with: whole.wire), "an answer has other bytes than those that came")
      if whole.error == nil {
        try demand(whole.wire + whole.remaining == bytes, "bytes are neither forwarded nor refused")
      }
      for head in whole.heads { try check(head) }
    }
  }

  private static func check(_ head: ResponseHead) throws {
    var written = head
    written.raw = nil
    // A reason or field that is no text cannot be written, only forwarded.
    guard let bytes = try? written.serialized() else { return }
    let again = Reading([Array(bytes.readableBytesView)], to: [requests[0]], WireLimits())
    try demand(head.status == 101 || again.statuses == [head.status], "a head that we wrote is refused")
  }
}
