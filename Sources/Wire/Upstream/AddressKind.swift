/// What an address is reserved for, after the IANA special-purpose registries (RFC 6890 and successors).
package enum AddressKind: Sendable, Hashable {
  case global
  /// Where clouds hand credentials to whoever asks.
  case metadata
  case loopback
  case privateUse
  case linkLocal
  case sharedCarrier
  case multicast
  case documentation
  case benchmarking
  case unspecified
  case reserved
  /// A tunnel through which an IPv4 address could be reached past this check.
  case tunnel

  package init(of address: IPAddress) {
    switch address {
    case .v4: self = Self.kind(of: address, in: Self.v4Ranges)
    case .v6(let number): self = Self.kind(ofV6: number)
    }
  }

  /// For a message: "a … address".
  package var phrase: String {
    switch self {
    case .global: "a public address"
    case .metadata: "a cloud metadata address"
    case .loopback: "a loopback address of this machine"
    case .privateUse: "a private address"
    case .linkLocal: "a link-local address"
    case .sharedCarrier: "a carrier's shared address"
    case .multicast: "a multicast address"
    case .documentation: "an address for documentation"
    case .benchmarking: "an address for benchmarks"
    case .unspecified: "an unspecified address"
    case .reserved: "a reserved address"
    case .tunnel: "an address of an IPv6 tunnel"
    }
  }

  private static func kind(of address: IPAddress, in table: [(range: AddressRange, kind: Self)]) -> Self {
    table.first { $0.range.contains(address) }?.kind ?? .global
  }

  /// An address that carries an IPv4 address is what that one is, so that none is smuggled in.
  private static func kind(ofV6 number: UInt128) -> Self {
    let named = kind(of: .v6(number), in: v6Ranges)
    guard named == .global else { return named }
    let high = number >> 32
    // IPv4-mapped ::ffff:0:0/96, IPv4-compatible ::/96, translated ::ffff:0:0:0/96, NAT64 64:ff9b::/96 (RFC 6052).
    let isEmbedding = high == 0xffff || high == 0 || high == 0xffff_0000 || high == 0x0064_ff9b_0000_0000_0000_0000
    // ISATAP interface identifiers ::0:5efe:a.b.c.d and ::200:5efe:a.b.c.d (RFC 5214 §6.1).
    let isISATAP = UInt32(truncatingIfNeeded: high) & 0xfdff_ffff == 0x0000_5efe
    guard isEmbedding || isISATAP else { return .global }
    return kind(of: .v4(UInt32(truncatingIfNeeded: number)), in: v4Ranges)
  }

  private static func table(_ rows: [(String, Self)]) -> [(range: AddressRange, kind: Self)] {
    rows.compactMap { text, kind in AddressRange(text).map { ($0, kind) } }
  }

  /// The first match counts: metadata addresses lie within other ranges.
  private static let v4Ranges = table([
    ("169.254.169.254", .metadata), ("169.254.170.2", .metadata), ("169.254.170.23", .metadata),
    ("100.100.100.200", .metadata), ("168.63.129.16", .metadata), ("192.0.0.192", .metadata),
    ("0.0.0.0/8", .unspecified), ("10.0.0.0/8", .privateUse), ("100.64.0.0/10", .sharedCarrier),
    ("127.0.0.0/8", .loopback), ("169.254.0.0/16", .linkLocal), ("172.16.0.0/12", .privateUse),
    ("192.0.0.0/24", .reserved), ("192.0.2.0/24", .documentation), ("192.88.99.0/24", .tunnel),
    ("192.168.0.0/16", .privateUse), ("198.18.0.0/15", .benchmarking), ("198.51.100.0/24", .documentation),
    ("203.0.113.0/24", .documentation), ("224.0.0.0/4", .multicast), ("240.0.0.0/4", .reserved),
  ])

  private static let v6Ranges = table([
    ("fd00:ec2::254", .metadata), ("fd00:ec2::23", .metadata), ("fd20:ce::254", .metadata),
    ("::", .unspecified), ("::1", .loopback), ("64:ff9b:1::/48", .privateUse), ("100::/64", .reserved),
    ("100:0:0:1::/64", .reserved), ("2001::/32", .tunnel), ("2001:2::/48", .benchmarking),
    ("2001:db8::/32", .documentation), ("2001::/23", .reserved), ("2002::/16", .tunnel), ("3fff::/20", .documentation),
    ("5f00::/16", .reserved), ("fc00::/7", .privateUse), ("fe80::/10", .linkLocal), ("fec0::/10", .privateUse),
    ("ff00::/8", .multicast),
  ])
}
