/// What this room takes from the agent's side before it refuses; each limit has its own error.
package enum EgressLimits {
  /// Bytes of a ClientHello with its record headers. Post-quantum key shares make it 2 KiB; padding and tickets 4.
  package static let clientHelloBytes = 64 * 1024
  /// TLS records that a ClientHello may be cut into. One or two are usual; each costs another look from the start.
  package static let clientHelloRecords = 64
  /// Bytes of a SOCKS4 user name, which nobody checks.
  package static let socksUserBytes = 255
  /// Names that have a synthetic address at a time. A run that asks for more is no coding task; 198.18.0.0/15 has
  /// twice as many addresses, so that one is given again only long after its name was last used.
  package static let addressedNames = 65_000
  /// Bytes of a DNS query; the longest name with options is below 600 (RFC 1035 §2.3.4, RFC 6891).
  package static let dnsQueryBytes = 4096
  /// Pointers that one name may follow (RFC 1035 §4.1.4): as many as it can have labels.
  package static let dnsPointers = 127
}
