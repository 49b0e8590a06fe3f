internal import Glibc

/// The kernel's own count of UDP datagrams that nobody in this network namespace listened for.
package enum RefusedDatagrams {
  /// Over IPv4 and IPv6; `nil` where `/proc` does not tell.
  package static var count: UInt64? {
    guard let version4 = text("/proc/self/net/snmp").flatMap(noPorts(inSNMP:)) else { return nil }
    let version6 = text("/proc/self/net/snmp6").flatMap { value(of: "Udp6NoPorts", in: $0) }
    return version4 &+ (version6 ?? 0)
  }

  /// Two lines for each protocol: the names of its counters, then their values.
  package static func noPorts(inSNMP text: String) -> UInt64? {
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("Udp: ") }.map { $0.split(separator: " ") }
    guard lines.count == 2, let column = lines[0].firstIndex(of: "NoPorts"), column < lines[1].count else { return nil }
    return UInt64(lines[1][column])
  }

  private static func value(of name: String, in text: String) -> UInt64? {
    let words = text.split(separator: "\n").map { $0.split(separator: " ") }
    return words.first { $0.first == name[...] }?.last.flatMap { UInt64($0) }
  }

  private static func text(_ path: String) -> String? {
    let file = Descriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
    guard file.number >= 0 else { return nil }
    return Descriptor.readAll(file.number, limit: 1 << 16).map { String(decoding: $0, as: UTF8.self) }
  }
}
