/// What the attempts are told of the machine outside, so that they know what to look for: `name=value` on the command
/// line. Nothing of it helps to get there.
package struct ProbePlace: Sendable {
  private let values: [String: String]
  /// Descriptors that are the prober's own, and no find.
  private(set) var own: Set<Int32> = []

  package init(_ values: [String: String]) {
    self.values = values
  }

  func reporting(over descriptors: [Int32]) -> ProbePlace {
    var copy = self
    copy.own = Set(descriptors)
    return copy
  }

  package init(arguments: some Sequence<String>) {
    var values: [String: String] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
    }
    self.init(values)
  }

  package var arguments: [String] { values.map { "\($0.key)=\($0.value)" }.sorted() }

  /// A directory outside, with a secret file and sockets in it.
  package var outside: String { values["outside"] ?? "/nonexistent" }
  /// The user's home directory, with a secret in each store.
  package var home: String { values["home"] ?? "/nonexistent" }
  package var workspace: String { values["workspace"] ?? "." }
  /// The port of a service on the loopback outside.
  package var servicePort: UInt16 { values["service"].flatMap { UInt16($0) } ?? 9 }
  /// The name of an abstract socket outside.
  package var abstractSocket: String { values["abstract"] ?? "sallyport-verify" }
  /// What stands in every secret that no attempt may ever read.
  package var mark: String { values["mark"] ?? "sallyport-verify-mark" }
  /// What stands in a credential that no request may carry.
  package var credential: String { values["credential"] ?? "" }
  /// The process of the run outside.
  package var process: Int32 { values["process"].flatMap { Int32($0) } ?? 1 }
  /// Process 1, where nobody says another.
  package var firstProcess: Int32 { values["init"].flatMap { Int32($0) } ?? 1 }
  /// Who is asked about names, TCP and UDP alike.
  package var resolver: String { values["resolver"] ?? "8.8.8.8" }
  package var resolverPort: UInt16 { values["resolver-port"].flatMap { UInt16($0) } ?? 53 }
  /// An address that nobody has (RFC 5737), and its like of IPv6 (RFC 3849).
  package var address: String { values["address"] ?? "192.0.2.1" }
  package var addressIPv6: String { values["address6"] ?? "2001:db8::1" }
  /// Where the proxy is inside.
  package var proxyPort: UInt16 { values["proxy"].flatMap { UInt16($0) } ?? 889 }

  /// The destinations that policy lets through; both are the scripted one.
  package static let allowed = "one.test"
  package static let other = "two.test"
  /// Of this one, policy lets a single repository through.
  package static let forge = "forge.test"
  /// Of this one, policy lets the model through. Nothing gets to it: the run connects elsewhere for the name.
  package static let vendor = "api.anthropic.com"
  /// This one only by a policy that comes too late.
  package static let late = "late.test"
  package static let hosts = [allowed, other, forge, vendor, late]
}
