internal import Glibc
internal import SwiftASN1
internal import X509

/// What a leaf certificate is for: a DNS name or an address, checked so that it can stand in a certificate.
package struct LeafName: Sendable, Hashable {
  /// Lower case; an address in its usual text form.
  package let text: String
  private let address: [UInt8]?

  /// - Parameter host: a DNS name (IDNA labels as `xn--…`), or an address without brackets.
  /// - Throws: ``WireError`` with `.nameNotIssuable` for wildcards, empty or overlong labels and other characters
  ///   than letters, digits, hyphen and underscore.
  package init(_ host: String) throws(WireError) {
    text = host.lowercased()
    if let address = Self.addressBytes(text) {
      self.address = address
      return
    }
    address = nil
    guard Self.isDomainName(text) else {
      throw WireError(
        .nameNotIssuable, at: String(host.prefix(80)).debugDescription, "no certificate can be issued for this name.",
        remedy: "It must be a host name of letters, digits and hyphens (international names as xn--…), or an address.")
    }
  }

  var generalName: GeneralName {
    address.map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(text)
  }

  /// X.520 allows 64 characters; clients look at the alternative name only (RFC 9525 §6.2).
  var commonName: String {
    text.utf8.count <= 64 ? text : "Sallyport leaf"
  }

  /// RFC 1123 §2.1 with the underscore that is seen in practice, and at least one letter in the last label, so that
  /// what other programs might take for an address is none.
  private static func isDomainName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...253).contains(bytes.count) else { return false }
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let areLabels = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { byte in
          (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
        }
    }
    return areLabels && labels.last?.contains { (0x61...0x7a).contains($0) } == true
  }

  /// The 4 or 16 bytes of an address literal.
  static func addressBytes(_ text: String) -> [UInt8]? {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
    var v6 = in6_addr()
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
    return nil
  }
}
