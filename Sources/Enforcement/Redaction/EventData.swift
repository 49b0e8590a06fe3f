/// The data of a server-sent event (WHATWG HTML §9.2.6).
enum EventData {
  private static let name = Array("data:".utf8)

  /// Where the data is; `nil` where there is none, or where it is in several lines, which no model API does.
  static func range(in event: [UInt8]) -> Range<Int>? {
    var found: Range<Int>?
    var start = 0
    while start < event.count {
      let end = event[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? event.count
      if event[start..<end].starts(with: name) {
        guard found == nil else { return nil }
        found = start + name.count..<end
      }
      start = end + 1
    }
    return found
  }
}
