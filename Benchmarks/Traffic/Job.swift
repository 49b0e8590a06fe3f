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
  }

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
      case "body":
        guard let bytes = Self.content(of: String(parts[1])) else { return nil }
        body = bytes
      default: return nil
      }
    }
  }

  private static func content(of path: String) -> ByteBuffer? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8 << 20)
    return ByteBuffer(bytes: bytes[..<fread(&bytes, 1, bytes.count, file)])
  }
}
