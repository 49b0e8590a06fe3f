internal import Evidence

/// What a comment in a file lets stand: `sallyport:allow(github-token) a made-up one, for the parser's tests`.
///
/// It counts on its own line, and on the line below where it stands alone. Without a reason it counts for nothing.
struct AllowingComment: Hashable {
  /// Detectors, or classes of data.
  let names: Set<String>
  /// Why it counts for nothing, whatever it names.
  let problem: UncountedComment.Problem?
  let reason: String
  /// Nothing but white space and a comment's beginning stands before it.
  let standsAlone: Bool

  private static let mark = Array("sallyport:allow(".utf8)

  /// - Parameter line: its last bytes.
  init?(endOfLine line: [UInt8]) {
    guard let begin = Self.offset(of: Self.mark, in: line) else { return nil }
    let rest = line[(begin + Self.mark.count)...]
    let end = rest.firstIndex(of: UInt8(ascii: ")"))
    let names = rest[..<(end ?? rest.startIndex)].split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
    let reason = end.map { Self.trimmed(rest[($0 + 1)...]) } ?? []
    let text = String(decoding: reason, as: UTF8.self)
    problem = end == nil ? .open : names.isEmpty ? .noName : Self.saysSomething(text) ? nil : .noReason
    self.names = Set(names.map { String(decoding: $0, as: UTF8.self) })
    self.reason = text
    standsAlone = line[..<begin].allSatisfy { Self.commentBeginnings.contains($0) }
  }

  func allows(_ detector: String, of dataClass: String) -> Bool {
    problem == nil && (names.contains(detector) || names.contains(dataClass))
  }

  /// `# // /* <!-- -- ; % ' "` and white space.
  private static let commentBeginnings = Set(" \t#/*<!-;%'\"".utf8)

  /// Without what ends a comment, and white space.
  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "\t") }
    while let last = text.last, " \t\r*/->%#}]\"'`".utf8.contains(last) { text.removeLast() }
    return text
  }

  /// Whether there are letters in it: ends of comments, quotation marks and what nobody sees are no reason.
  private static func saysSomething(_ reason: String) -> Bool {
    reason.unicodeScalars.count { $0.properties.isAlphabetic } >= 2
  }

  private static func offset(of wanted: [UInt8], in line: [UInt8]) -> Int? {
    guard line.count >= wanted.count else { return nil }
    return (0...line.count - wanted.count).first { line[$0] == wanted[0] && line[$0...].starts(with: wanted) }
  }
}
