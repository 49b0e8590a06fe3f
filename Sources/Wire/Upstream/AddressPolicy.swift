/// Which addresses may be connected to: the public ones, and what the user granted.
///
/// It is asked about the very address that a socket is then connected to, and once more about the peer of the
/// connected socket; a name that first resolves to one address and then to another (rebinding) gains nothing.
package struct AddressPolicy: Sendable {
  package let grants: [AddressGrant]

  package init(grants: [AddressGrant] = []) {
    self.grants = grants
  }

  /// Refuses `address` unless it is public or granted.
  ///
  /// A metadata address is granted only by naming exactly it, or its host: a wide range is given for other reasons.
  /// - Parameter host: the name that led to it.
  /// - Throws: ``WireError`` with `.addressRefused`.
  package func check(_ address: IPAddress, host: String) throws(WireError) {
    let kind = AddressKind(of: address)
    guard kind != .global, !isGranted(address, kind: kind, host: host) else { return }
    let subject = IPAddress(host) == address ? "this is" : "\(host) is at \(address),"
    throw WireError(
      .addressRefused, at: host, "\(subject) \(kind.phrase), which an agent may not reach unless you allow it.",
      remedy: "If this is meant, grant \(address) or \(host) as a private address, or name one with --connect-to.")
  }

  private func isGranted(_ address: IPAddress, kind: AddressKind, host: String) -> Bool {
    grants.contains { grant in
      switch grant {
      case .host(let name): name == host
      case .range(let range): range.contains(address) && (kind != .metadata || range.isSingle)
      }
    }
  }
}
