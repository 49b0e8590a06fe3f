internal import Glibc
internal import NIOCore

/// One measurement, as a line of `key=value` words.
struct Job: Sendable {
  /// What each connection does.
  enum Kind: String {
    /// Posts the body and awaits the answer, over and over.
    case post
    /// The same, each time on a new connection.
    case new
    /// Asks for a stream of events, over and over.
    case events
    /// Posts over HTTP/2, some streams at once.
    case http2
    /// Opens a WebSocket, sends messages that come back, and closes it.
    case webSocket = "websocket"
    /// Posts, and goes away before the body's end or before the answer's.
    case abort
    /// All of them, and bodies of all sizes: each connection has its own.
    case mixed
  }

  /// What the connections of ``Kind/mixed`` do, one after the other.
  private static let mixture: [(Kind, String)] = [
    (.post, "2KB.json"), (.http2, "2KB.json"), (.events, ""), (.post, "60KB.json"), (.webSocket, "2KB.json"),
    (.abort, "60KB.json"), (.http2, "60KB.json"), (.new, "2KB.json"), (.post, "1MB.json"), (.abort, "1MB.json"),
    (.events, ""), (.http2, "1MB.json"),
  ]

  var kind = Kind.post
  var connections = 1
  /// Of all connections together.
  var requests = 1
  /// Before anything is counted.
  var warm = 0
  /// At most so many requests in a second by each connection; 0 is as fast as they are answered.
  var rate = 0
  var events = 50
  var interval = 20
  var body = ByteBuffer()
  /// In the place of one body over and over: a conversation of so many turns, made of these messages, and then another.
  var turns = 0
  /// Conversations of different series have nothing in common, though their connections have the same numbers.
  var series = 0
  private var messages: [ByteBuffer] = []
  /// How long requests are begun, in the place of a number of them; 0 for a number.
  var seconds = 0
  private var bodies: [String: ByteBuffer] = [:]

  init?(_ line: String) {
    for word in line.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let number = Int(parts[1]) ?? 0
      switch parts[0] {
      case "kind":
        guard let kind = Kind(rawValue: String(parts[1])) else { return nil }
        self.kind = kind
      case "connections": connections = number
      case "requests": requests = number
      case "warm": warm = number
      case "rate": rate = number
      case "events": events = number
      case "interval": interval = number
      case "seconds": seconds = number
      case "body":
        guard let bytes = Self.content(of: String(parts[1])) else { return nil }
        body = bytes
      case "turns": turns = number
      case "series": series = number
      case "messages":
        guard let bytes = Self.content(of: String(parts[1])) else { return nil }
        messages = bytes.readableBytesView.split(separator: UInt8(ascii: "\n")).map { ByteBuffer(bytes: $0) }
      default: return nil
      }
    }
    guard kind == .mixed else { return }
    for (_, name) in Self.mixture where !name.isEmpty { bodies[name] = Self.content(of: name) }
  }

  /// What the connection with this number does, and the body that it sends.
  func part(of index: Int) -> (kind: Kind, body: ByteBuffer) {
    guard kind == .mixed else { return (kind, body) }
    let (kind, name) = Self.mixture[index % Self.mixture.count]
    return (kind, bodies[name] ?? ByteBuffer())
  }

  func conversation(of index: Int) -> Conversation? {
    turns > 0 && !messages.isEmpty ? Conversation(messages, turns: turns, series: series, index: index) : nil
  }

  private static func content(of path: String) -> ByteBuffer? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8 << 20)
    return ByteBuffer(bytes: bytes[..<fread(&bytes, 1, bytes.count, file)])
  }
}
