/// `4.3.2.1.in-addr.arpa` (RFC 1035 §3.5) and its like of IPv6 (RFC 3596 §2.5).
enum ReverseName {
  static func address(_ name: DNSName) -> [UInt8]? {
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
    if labels.count == 6, labels.suffix(2) == ["in-addr", "arpa"] {
      let bytes = labels.prefix(4).reversed().compactMap { label in
        UInt8(label).flatMap { String($0) == label ? $0 : nil }
      }
      return bytes.count == 4 ? bytes : nil
    }
    guard labels.count == 34, labels.suffix(2) == ["ip6", "arpa"] else { return nil }
    let digits = labels.prefix(32).reversed().compactMap { $0.utf8.count == 1 ? UInt8($0, radix: 16) : nil }
    guard digits.count == 32 else { return nil }
    return stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
