/// A pattern for a request's path, and fields of its query: `/v1/**`, `/*/info/refs?service=git-receive-pack`.
///
/// `*` stays within a segment, `**` crosses them; a final `/**` also matches the path before it. The query's fields are
/// compared one by one, in any order; others may be there too.
package struct PathPattern: Sendable, Hashable {
  package let text: String
  private let path: Glob
  /// `/api/eval` for `/api/eval/**`.
  private let bare: Glob?
  private let fields: [Field]

  private struct Field: Sendable, Hashable {
    let name: [UInt8]
    let value: Glob?
  }

  /// - Returns: `nil` where the text does not begin with `/` or `**`, or is longer than ``PatternLimits`` takes.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "/") || text.hasPrefix("**") else { return nil }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let slash = UInt8(ascii: "/")
    guard let path = Glob(bytes[..<end], separator: slash) else { return nil }
    self.text = text
    self.path = path
    let pathText = bytes[..<end]
    self.bare =
      pathText.count > 3 && pathText.suffix(3).elementsEqual("/**".utf8)
      ? Glob(pathText.dropLast(3), separator: slash) : nil
    var fields: [Field] = []
    for field in bytes[end...].dropFirst().split(separator: UInt8(ascii: "&")) {
      let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first, !name.isEmpty else { return nil }
      let value = parts.count > 1 ? Glob(parts[1], separator: slash) : nil
      if parts.count > 1, value == nil { return nil }
      fields.append(Field(name: Array(name), value: value))
    }
    self.fields = fields
  }

  /// More is more specific; the query's fields count.
  package var specificity: Int {
    (path.literalBytes - (bare == nil ? 0 : 1)) * 4 + (path.isLiteral ? 2 : 0) + fields.count * 64
  }

  /// Whether it matches all that the other one matches, as far as the texts tell: never true where it does not.
  package func covers(_ other: PathPattern) -> Bool {
    func covers(_ glob: Glob) -> Bool { path.covers(glob) || bare?.covers(glob) == true }
    return covers(other.path) && other.bare.map(covers) ?? true && Set(fields).isSubset(of: other.fields)
  }

  /// - Precondition: the caller has looked at ``RequestTarget/isPlain``.
  package func matches(_ target: RequestTarget) -> Bool {
    guard path.matches(target.path) || bare?.matches(target.path) == true else { return false }
    return fields.allSatisfy { target.hasField($0.name, matching: $0.value) }
  }
}
