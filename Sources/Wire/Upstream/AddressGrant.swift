/// What the user allows although it is not public: a range, an address, or whatever a host name resolves to.
package enum AddressGrant: Sendable, Hashable {
  case range(AddressRange)
  /// Lower case, without the root dot.
  case host(String)

  /// Reads `10.0.0.0/8`, `10.1.2.3`, `[fd00::1]` or `build.internal`.
  /// - Throws: ``WireError`` with `.configurationInvalid`.
  package static func parse(_ text: String) throws(WireError) -> Self {
    if let range = AddressRange(text) { return .range(range) }
    let name = text.hasSuffix(".") ? String(text.dropLast()) : text
    if !name.contains("/"), let name = try? LeafName(name) { return .host(name.text) }
    throw WireError(
      .configurationInvalid, at: text.debugDescription, "is neither an address, nor a range of addresses, nor a host.",
      remedy: "Write it like 10.0.0.0/8, 10.1.2.3, fd00::/8 or build.internal.")
  }
}
