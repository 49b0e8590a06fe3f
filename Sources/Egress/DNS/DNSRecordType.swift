/// What a question asks for (RFC 1035 §3.2.2 and the IANA registry).
package struct DNSRecordType: RawRepresentable, Sendable, Hashable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let a = Self(rawValue: 1)
  package static let ns = Self(rawValue: 2)
  package static let cname = Self(rawValue: 5)
  package static let soa = Self(rawValue: 6)
  package static let null = Self(rawValue: 10)
  package static let ptr = Self(rawValue: 12)
  package static let mx = Self(rawValue: 15)
  package static let txt = Self(rawValue: 16)
  package static let aaaa = Self(rawValue: 28)
  package static let srv = Self(rawValue: 33)
  package static let opt = Self(rawValue: 41)
  package static let svcb = Self(rawValue: 64)
  package static let https = Self(rawValue: 65)
  package static let ixfr = Self(rawValue: 251)
  package static let axfr = Self(rawValue: 252)
  package static let any = Self(rawValue: 255)

  private static let names: [UInt16: String] = [
    1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 10: "NULL", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV",
    41: "OPT", 64: "SVCB", 65: "HTTPS", 251: "IXFR", 252: "AXFR", 255: "ANY",
  ]
}

extension DNSRecordType: CustomStringConvertible {
  /// `A`, or `TYPE65280` for what has no name here (RFC 3597 §5).
  package var description: String { Self.names[rawValue] ?? "TYPE\(rawValue)" }
}
