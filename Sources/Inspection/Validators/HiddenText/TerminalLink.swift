/// A link of a terminal (OSC 8), whose text may be the address of another place than it leads to.
///
/// - Source: E. Koblinger, "Hyperlinks (a.k.a. HTML-like anchors) in terminal emulators".
enum TerminalLink {
  /// - Parameter link: `ESC ] 8 ; parameters ; address ST text ESC ] 8 ; ;`, where ST may be BEL.
  static func check(_ link: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let escape = UInt8(0x1b)
    guard let second = link.dropFirst(4).firstIndex(of: UInt8(ascii: ";")),
      let end = link[second...].firstIndex(where: { $0 == 0x07 || $0 == escape })
    else { return .refuted }
    let address = String(decoding: link[(second + 1)..<end], as: UTF8.self)
    let begin = link[end] == escape ? end + 2 : end + 1
    guard begin < link.count else { return .refuted }
    let text = String(decoding: link[begin...].prefix { $0 != escape }, as: UTF8.self)
    guard let shown = host(inText: text), let meant = host(of: address[...]) else { return .refuted }
    return Validator.Verdict(!isSame(shown, meant))
  }

  /// The host of a text that is an address, with or without its scheme.
  private static func host(inText text: String) -> String? {
    let text = text.drop { $0 == " " || $0 == "<" || $0 == "(" }
    if text.contains("://") { return host(of: text) }
    let host = Self.host(of: "https://" + text)
    // A name such as README.md is a file's, unless a path follows or it begins as hosts do.
    guard let host, host.contains("."), !text.contains(" ") else { return nil }
    let isPlain = text.lowercased() == host
    return !isPlain || host.hasPrefix("www.") || commonEnds.contains { host.hasSuffix($0) } ? host : nil
  }

  private static let commonEnds = [".com", ".org", ".net", ".io", ".dev", ".gov", ".edu"]

  private static func host(of address: Substring) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let authority = address[scheme.upperBound...].prefix { !"/?# ".contains($0) }
    // What stands before an at sign is a name of somebody, whatever it looks like (RFC 3986 §3.2).
    let host = authority.split(separator: "@").last?.prefix { $0 != ":" }.lowercased() ?? ""
    let isHost = host.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e || byte >= 0x80
    }
    return isHost && !host.isEmpty ? host : nil
  }

  /// One host, or one within the other.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    one == other || one.hasSuffix("." + other) || other.hasSuffix("." + one)
  }
}
