package import Evidence

/// A pattern for a destination: `api.example.com`, `*.example.com`, `q.*.amazonaws.com`, `10.0.0.0/8`, `*`, each with
/// a port behind it where only that port is meant (`example.com:8443`, `[fd00::1]:443`).
///
/// A leading `*.` stands for one or more labels, never for none; another `*` stays within its label. A range of
/// addresses matches destinations given as an address, not names that resolve to one.
package struct DestinationPattern: Sendable, Hashable {
  package let text: String
  package let host: Host
  package let port: UInt16?

  package enum Host: Sendable, Hashable {
    case any
    case name(String)
    /// With its leading dot.
    case suffix(String)
    case glob(Glob)
    case addresses(AddressRange)
  }

  /// - Returns: `nil` where the text is none of the forms above.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= PatternLimits.patternBytes,
      let (hostText, port) = Self.split(text.lowercased()), let host = Self.host(hostText)
    else { return nil }
    self.text = text
    self.host = host
    self.port = port
  }

  package func matches(_ destination: Destination) -> Bool {
    if let port, port != destination.port { return false }
    switch host {
    case .any: return true
    case .name(let name): return destination.host == name
    case .suffix(let suffix):
      let host = destination.host.utf8
      return host.count > suffix.utf8.count && host.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    case .glob(let glob): return glob.matches(Array(destination.host.utf8))
    case .addresses(let range):
      guard AddressLiteral.looksLikeAddress(destination.host), let address = AddressLiteral(destination.host)
      else { return false }
      return range.contains(address)
    }
  }

  /// Whether it matches all that the other one matches, as far as the texts tell: never true where it does not.
  package func covers(_ other: DestinationPattern) -> Bool {
    guard port == nil || port == other.port else { return false }
    switch (host, other.host) {
    case (.any, _): return true
    case (_, .name(let name)): return matches(Destination(host: name, port: other.port ?? port ?? 0))
    case (.addresses(let range), .addresses(let inner)): return range.contains(inner)
    case (.suffix, .suffix), (.suffix, .glob), (.glob, .suffix), (.glob, .glob):
      guard let one = wild, let two = other.wild else { return false }
      return one.covers(two)
    default: return false
    }
  }

  private var wild: Glob? {
    switch host {
    case .glob(let glob): glob
    case .suffix(let suffix): Glob(Array("**\(suffix)".utf8), separator: UInt8(ascii: "."))
    case .any, .name, .addresses: nil
    }
  }

  /// Why no destination can have such a host; `nil` where one can.
  package var impossibility: String? {
    guard let (name, _) = Self.split(text.lowercased()) else { return nil }
    switch host {
    case .any, .addresses: return nil
    case .name, .suffix, .glob: break
    }
    let labels = name.split(separator: ".")
    // RFC 1035 §2.3.4. A star can stand for nothing.
    if labels.contains(where: { $0.utf8.count { $0 != UInt8(ascii: "*") } > 63 }) {
      return "a part of a host's name has at most 63 characters"
    }
    if name.utf8.count(where: { $0 != UInt8(ascii: "*") }) > 254 { return "a host's name has at most 253 characters" }
    let isNumeric = labels.allSatisfy { $0 == "*" || $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    if case .glob = host, isNumeric, labels.count != 4, labels.first != "*" {
      return "addresses have four numbers; a range is written as 10.0.0.0/8"
    }
    return nil
  }

  /// Whether strangers can have hosts that it matches, as far as the text tells: `*`, `*.com`, `a*.example.*`, or every
  /// address. A wildcard of one owner has at least the last two labels written out.
  package var spansOwners: Bool {
    switch host {
    case .any: return true
    case .name: return false
    case .addresses(let range): return range.isEverything
    case .suffix, .glob:
      guard let (name, _) = Self.split(text.lowercased()) else { return true }
      let labels = name.split(separator: ".").suffix(2)
      return labels.count < 2 || labels.contains { $0.contains("*") }
    }
  }

  /// Whether it matches hosts of every top-level domain, or every address: `*`, `*.*`, `0.0.0.0/0`.
  package var spansDomains: Bool {
    if case .addresses(let range) = host { return range.isEverything }
    guard spansOwners, let (name, _) = Self.split(text.lowercased()) else { return false }
    return name.split(separator: ".").last?.contains("*") == true
  }

  private static func split(_ text: String) -> (host: String, port: UInt16?)? {
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      let host = String(text[text.index(after: text.startIndex)..<close])
      let rest = text[text.index(after: close)...]
      if rest.isEmpty { return (host, nil) }
      guard rest.hasPrefix(":"), let port = port(rest.dropFirst()) else { return nil }
      return (host, port)
    }
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    guard colons == 1, let colon = text.firstIndex(of: ":") else { return (text, nil) }
    guard let port = port(text[text.index(after: colon)...]) else { return nil }
    return (String(text[..<colon]), port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0
    else { return nil }
    return port
  }

  private static func host(_ text: String) -> Host? {
    if text == "*" { return .any }
    if text.contains("/") || AddressLiteral.looksLikeAddress(text) {
      return AddressRange(text).map(Host.addresses)
    }
    let name = text.hasSuffix(".") ? String(text.dropLast()) : text
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "*"):
        true
      default: false
      }
    }
    guard isName, !name.isEmpty, name != "*", !name.hasPrefix("."), !name.contains("..") else { return nil }
    guard name.contains("*") else { return .name(name) }
    let rest = name.dropFirst(2)
    if name.hasPrefix("*."), !rest.isEmpty, !rest.contains("*") { return .suffix("." + rest) }
    // A leading "*." crosses labels here too, so that "*.api5.*.sh" means the same as in a plain suffix.
    let pattern = name.hasPrefix("*.") ? "**" + name.dropFirst(1) : name
    return Glob(Array(pattern.utf8), separator: UInt8(ascii: ".")).map(Host.glob)
  }
}
