/// A page taken apart into its tags and its text, as strictly as it was written: whatever is not well formed is a
/// complaint.
struct Markup {
  private(set) var elements: [Element] = []
  private(set) var complaints: [String] = []
  /// Text outside of `style`, entities resolved.
  private(set) var text = ""

  struct Element {
    let name: String
    let attributes: [String: String]
    /// Names of what it stands in, outermost first.
    let ancestors: [String]
  }

  private static let voidNames: Set = ["meta", "wbr", "br"]

  init(_ bytes: [UInt8]) {
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    var open: [String] = []
    if rest.hasPrefix("<!DOCTYPE html>\n") { rest = rest.dropFirst(16) }
    while let start = rest.firstIndex(of: "<") {
      if open.last != "style" { text += Self.resolved(rest[..<start]) }
      guard let end = rest[start...].firstIndex(of: ">") else {
        complaints.append("a tag without end")
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        if open.popLast() != String(tag.dropFirst()) { complaints.append("</\(tag.dropFirst())> closes nothing") }
        continue
      }
      let element = Element(name: String(tag.prefix { $0 != " " }), attributes: attributes(of: tag), ancestors: open)
      elements.append(element)
      if !Self.voidNames.contains(element.name) { open.append(element.name) }
    }
    text += Self.resolved(rest)
    if !open.isEmpty { complaints.append("\(open) are not closed") }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private mutating func attributes(of tag: Substring) -> [String: String] {
    var found: [String: String] = [:]
    var rest = tag.drop { $0 != " " }
    while let first = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[first...]
      let name = String(rest.prefix { $0 != "=" && $0 != " " })
      rest = rest.dropFirst(name.count)
      if name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) {
        complaints.append("'\(name)' is no attribute's name")
        return found
      }
      var value = ""
      if rest.hasPrefix("=\"") {
        rest = rest.dropFirst(2)
        value = Self.resolved(rest.prefix { $0 != "\"" })
        rest = rest.drop { $0 != "\"" }.dropFirst()
      }
      if found.updateValue(value, forKey: name) != nil { complaints.append("\(name) is there twice") }
    }
    return found
  }

  private static func resolved(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    var result = String(text)
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return result
  }
}
