internal import NIOCore
internal import Wire

/// Requests of HTTP/1: nothing is read twice or skipped, in whatever pieces it comes, and what we write of it says the
/// same.
enum HTTP1RequestTarget {
  struct Reading: Equatable {
    var heads: [RequestHead] = []
    var framings: [BodyFraming] = []
    var contents: [[UInt8]] = []
    var trailers: [[HTTPField]] = []
    var wire: [[UInt8]] = []
    var remaining: [UInt8] = []
    var error: HTTPSyntaxError.Code?

    static func == (one: Reading, other: Reading) -> Bool {
      one.heads.map(\.raw) == other.heads.map(\.raw) && one.framings == other.framings
        && one.contents == other.contents && one.trailers == other.trailers && one.wire == other.wire
        && one.remaining == other.remaining && one.error == other.error
    }

    init(_ pieces: [[UInt8]], _ limits: WireLimits) {
      var parser = RequestParser(limits: limits)
      do throws(HTTPSyntaxError) {
        for piece in pieces {
          parser.append(ByteBuffer(bytes: piece))
          while true {
            while let event = try parser.next() { take(event) }
            guard parser.isAwaitingSwitch, heads.last?.method != "CONNECT" else { break }
            parser.resume()
          }
        }
        if parser.isAwaitingSwitch {
          remaining = Array(parser.takeRemaining().readableBytesView)
        } else {
          try parser.finish()
        }
      } catch {
        self.error = error.code
      }
    }

    private mutating func take(_ event: RequestParser.Event) {
      switch event {
      case .head(let head, let framing):
        heads.append(head)
        framings.append(framing)
        contents.append([])
        trailers.append([])
        wire.append(head.raw.map { Array($0.readableBytesView) } ?? [])
      case .body(let content, let bytes):
        contents[contents.count - 1] += Array(content.readableBytesView)
        wire[wire.count - 1] += Array(bytes.readableBytesView)
      case .end(let fields, let bytes):
        trailers[trailers.count - 1] = fields
        wire[wire.count - 1] += Array(bytes.readableBytesView)
      }
    }
  }

  static let small: WireLimits = {
    var limits = WireLimits()
    limits.headBytes = 256
    limits.targetBytes = 32
    limits.headFields = 6
    limits.chunkExtensionBytes = 8
    limits.chunkSizeDigits = 4
    limits.trailerBytes = 48
    limits.trailerFields = 2
    limits.interimResponses = 2
    return limits
  }()

  static func check(_ bytes: [UInt8]) throws {
    for limits in [WireLimits(), small] {
      let whole = Reading([bytes], limits)
      for pieces in Pieces.ways(of: bytes) {
        try demand(Reading(pieces, limits) == whole, "the requests depend on how the bytes are cut")
      }
      try checkPlaces(whole, bytes)
      for (head, framing) in zip(whole.heads, whole.framings) { try check(head, framing) }
    }
  }

  /// What events carry is the input, in order; between two requests there may be one empty line that nobody forwards.
  private static func checkPlaces(_ reading: Reading, _ bytes: [UInt8]) throws {
    var rest = bytes[...]
    for wire in reading.wire {
      if rest.starts(with: "\r\n".utf8) { rest = rest.dropFirst(2) }
      try demand(rest.starts(with: wire), "a request has other bytes than those that came")
      rest = rest.dropFirst(wire.count)
    }
    try demand(
      reading.error != nil || reading.remaining.isEmpty || rest.elementsEqual(reading.remaining), "bytes behind")
    if reading.error == nil, reading.remaining.isEmpty {
      try demand(rest.isEmpty || rest.elementsEqual("\r\n".utf8), "bytes are neither forwarded nor refused")
    }
  }

  /// A head that was let in can be written, and is then read as the same.
  private static func check(_ head: RequestHead, _ framing: BodyFraming) throws {
    // Of HTTP/1.0 it may be that only the connection tells.
    guard head.authority != nil else { return }
    var written = head
    written.raw = nil
    for one in [written, try head.rewritten(target: head.originTarget, removing: RequestHead.proxyFields)] {
      let bytes = Array(try one.serialized().readableBytesView)
      let limits = WireLimits()
      let again = Reading([bytes], limits)
      guard let read = again.heads.first, again.heads.count == 1, let first = again.framings.first else {
        throw BrokenPromise(description: "a head that we wrote is refused: \(String(describing: again.error))")
      }
      try demand(read.method == head.method && first == framing, "a head that we wrote is another request")
      try demand(read.target == one.target, "a head that we wrote has another target")
      let authority = head.authority.flatMap { HTTPAuthority($0) }
      try demand(read.authority.flatMap { HTTPAuthority($0) } == authority, "a head that we wrote is for another host")
    }
  }
}
