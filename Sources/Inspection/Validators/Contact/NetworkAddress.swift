/// Addresses of hosts and of their interfaces that say where somebody is.
enum NetworkAddress {
  /// An address of the public Internet; the special ones of RFC 6890, resolvers that everybody knows, and what is
  /// rather a version are none.
  static func ipv4(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return .refuted }
    var octets: [Int] = []
    for part in parts {
      let digits = part.map { Int($0) - 0x30 }
      guard (1...3).contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }),
        digits.count == 1 || digits[0] != 0
      else { return .refuted }
      octets.append(IdentifierText.number(digits))
    }
    guard octets.allSatisfy({ $0 < 256 }), isPublic(octets), !isResolver(octets) else { return .refuted }
    return Validator.Verdict(octets.contains { $0 >= 30 })
  }

  /// RFC 6890 and its registry: this network, private, shared, loopback, link-local, protocol assignments,
  /// documentation, benchmarking, multicast, reserved.
  private static func isPublic(_ octets: [Int]) -> Bool {
    switch (octets[0], octets[1], octets[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (224...255, _, _): false
    case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
    case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): false
    // Of a network larger than 256 addresses, hosts may end in 0 and 255; what ends in two zeros is rather a network, and
    // 2.30.50.0 a version.
    default: octets[3] != 0 || octets[2] != 0 && octets[0] >= 30
    }
  }

  private static func isResolver(_ octets: [Int]) -> Bool {
    [
      [8, 8, 8, 8], [8, 8, 4, 4], [1, 1, 1, 1], [1, 0, 0, 1], [9, 9, 9, 9], [208, 67, 222, 222], [208, 67, 220, 220],
    ]
    .contains(octets)
  }

  /// A global unicast address, RFC 4291 §2.2: 2000::/3 without documentation (RFC 3849, RFC 9637) and resolvers. What has
  /// zeros for its interface is a network and no host.
  static func ipv6(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let groups = groups(text), groups[0] >> 13 == 1 else { return .refuted }
    let isDocumentation = groups[0] == 0x2001 && groups[1] == 0xdb8 || groups[0] == 0x3fff && groups[1] < 0x1000
    let isProtocol = groups[0] == 0x2001 && groups[1] < 0x200 || groups[0] == 0x2002
    let resolvers = [[0x2001, 0x4860, 0x4860], [0x2606, 0x4700, 0x4700], [0x2620, 0xfe, 0], [0x2620, 0x119, 0x35]]
    let hasInterface = groups.suffix(4).contains { $0 != 0 }
    return Validator.Verdict(
      !isDocumentation && !isProtocol && hasInterface && !resolvers.contains(Array(groups.prefix(3))))
  }

  /// Eight groups of up to four hexadecimal digits, `::` standing for one run of zeros.
  private static func groups(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard (3...39).contains(text.count) else { return nil }
    var groups: [Int] = []
    var gap: Int?
    var parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
    // At the end, `::` leaves two parts empty.
    if parts.suffix(2).allSatisfy(\.isEmpty) { parts.removeLast() }
    for part in parts {
      if part.isEmpty {
        guard gap == nil else { return nil }
        gap = groups.count
        continue
      }
      let values = part.compactMap(hexadecimal)
      guard values.count == part.count, values.count <= 4 else { return nil }
      groups.append(values.reduce(0) { $0 * 16 + $1 })
    }
    guard let gap else { return groups.count == 8 ? groups : nil }
    guard groups.count < 8 else { return nil }
    groups.insert(contentsOf: [Int](repeating: 0, count: 8 - groups.count), at: gap)
    return groups
  }

  private static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  /// IEEE 802 EUI-48 of one interface: neither zero nor broadcast nor multicast. One that software chose names a device
  /// for a while only.
  static func mac(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let digits = text.compactMap(hexadecimal)
    guard digits.count == 12, Set(digits).count > 3 else { return .refuted }
    let first = digits[0] * 16 + digits[1]
    guard first & 1 == 0, !isCounting(digits) else { return .refuted }
    return first & 2 == 0 ? .confirmed : .doubtful
  }

  /// 00:11:22:33:44:55, 01:23:45:67:89:ab and the like.
  private static func isCounting(_ digits: [Int]) -> Bool {
    let steps = zip(digits.dropFirst(), digits).map { ($0 - $1 + 16) % 16 }
    let pairs = stride(from: 0, to: 12, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
    let pairSteps = Set(zip(pairs.dropFirst(), pairs).map { $0 - $1 })
    return steps.allSatisfy { $0 == 1 } || pairSteps.count == 1
  }
}
