#if canImport(Glibc)
  internal import Glibc
#endif

/// An IPv4 or IPv6 address as four or sixteen bytes; an IPv4 address in IPv6 clothes is the IPv4 address.
package struct AddressLiteral: Sendable, Hashable {
  package let bytes: [UInt8]

  /// Reads a host as a resolver would: also `0x7f000001`, `127.1` and `::1%lo`, which dodge naive comparisons.
  package init?(_ host: String) {
    let text = host.split(separator: "%", maxSplits: 1).first.map(String.init) ?? host
    if let address = AddressLiteral(canonical: text) {
      self = address
      return
    }
    var four = in_addr()
    guard AddressLiteral.looksLikeAddress(text), inet_aton(text, &four) != 0 else { return nil }
    self.bytes = withUnsafeBytes(of: four) { Array($0) }
  }

  /// Reads the usual forms only: four decimal numbers, or RFC 4291 §2.2.
  package init?(canonical text: String) {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      self.bytes = withUnsafeBytes(of: four) { Array($0) }
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    let bytes = withUnsafeBytes(of: six) { Array($0) }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
    self.bytes = isMapped ? Array(bytes[12...]) : bytes
  }

  /// Whether a host is an address rather than a name: it has a colon, or its last label is a number (WHATWG URL §3.5).
  package static func looksLikeAddress(_ host: String) -> Bool {
    let bytes = host.utf8
    if bytes.contains(UInt8(ascii: ":")) { return true }
    guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: ".") }) else { return false }
    let dot = bytes[..<last].lastIndex(of: UInt8(ascii: "."))
    let label = bytes[(dot.map { bytes.index(after: $0) } ?? bytes.startIndex)...last]
    if label.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    guard label.starts(with: "0x".utf8) else { return false }
    return label.dropFirst(2).allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}
