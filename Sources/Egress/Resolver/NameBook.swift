internal import Evidence
internal import NIOCore
internal import Synchronization
internal import Wire

/// The names that were asked inside a sandbox and the addresses that we gave for them: a connection to one of those
/// addresses tells which name was meant.
package final class NameBook: Sendable {
  private let table = Mutex(NameAddressTable())
  private let questions = Mutex<[String: Int]>([:])

  package init() {}

  /// How many different names have an address now.
  package var count: Int { table.withLock { $0.count } }

  /// The names that were asked and how often, in any order; of any type, those that have no address included. At most
  /// as many as have an address at a time.
  package var asked: [(name: String, count: Int)] { questions.withLock { $0 }.map { ($0.key, $0.value) } }

  /// The name that has this address, of 4 or 16 bytes in network order.
  package func name(at address: [UInt8]) -> String? { table.withLock { $0.name(at: address) } }

  func answer(to query: DNSQuery) -> DNSAnswer {
    let name = query.name.hostName ?? query.name.description
    questions.withLock { questions in
      if questions[name] != nil || questions.count < EgressLimits.addressedNames { questions[name, default: 0] += 1 }
    }
    return table.withLock { $0.answer(to: query) }
  }

  /// Whom a client means that names a destination to a proxy: one that resolves names itself says one of our addresses.
  ///
  /// - Returns: `nil` for one of our own addresses whose name is not known any more.
  func meant(by destination: Destination) -> Destination? {
    guard let ip = IPAddress(destination.host) else { return destination }
    if let name = table.withLock({ $0.name(at: ip.bytes) }) { return Destination(host: name, port: destination.port) }
    return NameAddressTable.isSynthetic(ip.bytes) ? nil : destination
  }

  /// Whom a client wanted that reached us at `address`: the name that we gave it for, else the address itself.
  ///
  /// - Returns: `nil` for one of our own addresses whose name is not known any more, and for no address.
  func destination(of address: SocketAddress) -> Destination? {
    guard let ip = IPAddress(address), let port = address.port else { return nil }
    let bytes = ip.bytes
    if let name = table.withLock({ $0.name(at: bytes) }) {
      return Destination(host: name, port: UInt16(clamping: port))
    }
    guard !NameAddressTable.isSynthetic(bytes) else { return nil }
    return Destination(host: ip.description, port: UInt16(clamping: port))
  }
}
