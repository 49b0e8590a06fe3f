internal import Patterns

/// A name with wildcards: an agent's, an endpoint's, a machine's or a directory's.
struct NamePattern: Sendable, Hashable {
  let text: String
  private let glob: Glob
  /// `~/work` for `~/work/**`.
  private let bare: Glob?

  /// `*` does not cross a slash, `**` does; a final `/**` also matches what stands before it.
  init?(_ text: String) {
    let slash = UInt8(ascii: "/")
    guard !text.isEmpty, let glob = Glob(Array(text.utf8), separator: slash) else { return nil }
    self.text = text
    self.glob = glob
    self.bare = text.hasSuffix("/**") ? Glob(Array(text.utf8.dropLast(3)), separator: slash) : nil
  }

  var isLiteral: Bool { glob.isLiteral }

  var isBelowHome: Bool { text == "~" || text.hasPrefix("~/") }

  /// Whether it matches all that the other one matches, as far as the texts tell: never true where it does not.
  func covers(_ other: NamePattern) -> Bool {
    func covers(_ glob: Glob) -> Bool { self.glob.covers(glob) || bare?.covers(glob) == true }
    return covers(other.glob) && other.bare.map(covers) ?? true
  }

  func matches(_ name: some StringProtocol) -> Bool {
    let bytes = Array(name.utf8)
    return glob.matches(bytes) || bare?.matches(bytes) == true
  }
}
