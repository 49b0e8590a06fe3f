internal import Attribution
internal import Compression
internal import Decoding
internal import Evidence

/// A generator whose sequence a test can repeat (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension SourceIndex {
  func take(_ path: String, _ text: String) {
    var text = text
    text.withUTF8 { take(path, text: UnsafeRawBufferPointer($0)) }
  }

  convenience init(_ files: [String: String]) {
    self.init()
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { take(path, text) }
  }
}

/// One message to one destination, from its bytes to what is in it.
final class Message {
  let attributor: MessageAttributor
  private let tree: DecodingTree

  init(
    _ index: SourceIndex, to destination: String = "model.test:443", sent: SentLines = SentLines(),
    content: ContentDescription = .none
  ) {
    attributor = MessageAttributor(index, to: destination, sent: sent)
    tree = DecodingTree(content, limits: .standard, observer: attributor)
  }

  func receive(_ bytes: some Collection<UInt8>) {
    Array(bytes).withUnsafeBytes { tree.receive($0) }
  }

  func finish() -> Attributed {
    tree.finish()
    return attributor.attributedSoFar()
  }
}

func attribute(
  _ body: some Collection<UInt8>, _ index: SourceIndex, content: ContentDescription = .none, cuts: [Int] = []
) -> Attributed {
  let message = Message(index, content: content)
  let body = Array(body)
  var start = 0
  for end in cuts.sorted() + [body.count] {
    message.receive(body[start..<max(start, end)])
    start = max(start, end)
  }
  return message.finish()
}

extension Attributed {
  /// `path:first-last` of each source, in order.
  var places: [String] {
    sources.map { source in
      let start = source.startColumn.map { "\(source.startLine).\($0)" } ?? "\(source.startLine)"
      let end = source.endColumn.map { "\(source.endLine).\($0)" } ?? "\(source.endLine)"
      return "\(source.path):\(start)-\(end)"
    }
  }
}

enum Sample {
  static let parser = """
    /// Reads lines of a configuration, one setting each.
    struct SettingReader {
      let text: String
      private var position: String.Index

      init(_ text: String) {
        self.text = text
        position = text.startIndex
      }

      mutating func next() throws -> Setting? {
        guard position < text.endIndex else { return nil }
        let line = text[position...].prefix { $0 != "\\n" }
        position = text.index(line.endIndex, offsetBy: 1, limitedBy: text.endIndex) ?? text.endIndex
        if line.isEmpty || line.hasPrefix("#") {
          return try next()
        }
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw SettingError.malformed(String(line)) }
        return Setting(name: String(parts[0]), value: String(parts[1]))
      }
    }

    """

  static let server = """
    import socket
    import logging

    LOG = logging.getLogger("relay")

    def serve(address, handler, backlog=16):
        listener = socket.create_server(address, backlog=backlog)
        LOG.info("listening on %s", address)
        while True:
            connection, peer = listener.accept()
            try:
                handler(connection, peer)
            except OSError as error:
                LOG.warning("lost %s: %s", peer, error)
            finally:
                connection.close()

    def shout(connection, peer):
        for line in connection.makefile("rb"):
            connection.sendall(line.upper())

    """

  /// Words that are nobody's, and are not less when they are compressed.
  static let filler: String = {
    var random = Seeded(11)
    return (0..<120).map { _ in String(random.next(), radix: 36) }.joined(separator: " ")
  }()

  static func lines(_ text: String, _ range: ClosedRange<Int>) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)[(range.lowerBound - 1)...(range.upperBound - 1)]
      .joined(separator: "\n")
  }

  /// Bytes of text without line ends, indentation and what is blank at the ends of lines.
  static func textBytes(_ text: String) -> Int {
    text.split { $0 == "\n" }.reduce(0) { sum, line in
      sum + Array(line.utf8).drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.count
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      var bits = 0
      for (index, byte) in group.enumerated() { bits |= Int(byte) << (16 - 8 * index) }
      for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var compressor = try Compressor(.gzip)
    var out: [UInt8] = []
    try bytes.withUnsafeBytes { try compressor.compress($0) { out += $0 } }
    try compressor.finish { out += $0 }
    return out
  }
}
