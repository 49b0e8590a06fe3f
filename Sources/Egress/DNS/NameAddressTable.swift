/// Gives each name an address of its own and knows the name again by it, so that a connection to an address tells
/// which name was meant.
///
/// IPv4 addresses are of 198.18.0.0/15, which no network uses (RFC 2544 §C.2.2); IPv6 addresses of fd00:5a11::/64.
/// Both are given in the order of asking, from the 257th on: those before are for the door itself. A name keeps its
/// addresses until as many others as fit were used since; an address is given again as late as possible.
package struct NameAddressTable: Sendable {
  /// A name's two addresses, in network order.
  package struct Addresses: Sendable, Hashable {
    package let v4: [UInt8]
    package let v6: [UInt8]
  }

  /// Names in a ring, from the one used last to the one used longest ago.
  private struct Slot: Sendable {
    var name: String
    var index: Int
    var newer: Int
    var older: Int
  }

  private static let firstIndex = 256
  private static let lastIndex = (1 << 17) - 2
  private static let prefixV6: [UInt8] = [0xfd, 0x00, 0x5a, 0x11, 0, 0, 0, 0, 0, 0, 0, 0]
  private static let prefixMapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

  private let capacity: Int
  private var slots: [Slot] = []
  private var slotsByName: [String: Int] = [:]
  private var slotsByIndex: [Int: Int] = [:]
  private var newest = 0
  private var nextIndex = Self.firstIndex

  /// - Parameter capacity: names at a time; at most half of the addresses, at least 1.
  package init(capacity: Int = EgressLimits.addressedNames) {
    self.capacity = max(1, min(capacity, Self.lastIndex / 2))
  }

  package var count: Int { slots.count }

  /// - Parameter name: in lower case, as ``DNSName/hostName`` gives it.
  package mutating func addresses(for name: String) -> Addresses {
    if let slot = slotsByName[name] {
      moveToFront(slot)
      return Self.addresses(at: slots[slot].index)
    }
    let index = takeFreeIndex()
    let slot: Int
    if slots.count < capacity {
      slot = slots.count
      slots.append(Slot(name: name, index: index, newer: slot, older: slot))
      insertInFront(slot)
    } else {
      slot = slots[newest].newer
      slotsByName[slots[slot].name] = nil
      slotsByIndex[slots[slot].index] = nil
      slots[slot].name = name
      slots[slot].index = index
      newest = slot
    }
    slotsByName[name] = slot
    slotsByIndex[index] = slot
    return Self.addresses(at: index)
  }

  /// - Parameter address: 4 or 16 bytes; an IPv4 address may come mapped into IPv6.
  /// - Returns: `nil` for an address that no name has.
  package mutating func name(at address: [UInt8]) -> String? {
    guard let index = Self.index(of: address), let slot = slotsByIndex[index] else { return nil }
    moveToFront(slot)
    return slots[slot].name
  }

  /// Whether the address is of one of the two ranges, with a name or without.
  package static func isSynthetic(_ address: [UInt8]) -> Bool {
    index(of: address) != nil
  }

  private static func addresses(at index: Int) -> Addresses {
    let bytes = [index >> 24, index >> 16, index >> 8, index].map { UInt8(truncatingIfNeeded: $0) }
    return Addresses(v4: [198, 18 + bytes[1], bytes[2], bytes[3]], v6: prefixV6 + bytes)
  }

  private static func index(of address: [UInt8]) -> Int? {
    if address.count == 4 {
      guard address[0] == 198, address[1] & 0xfe == 18 else { return nil }
      return Int(address[1] & 1) << 16 | Int(address[2]) << 8 | Int(address[3])
    }
    guard address.count == 16 else { return nil }
    if address.starts(with: prefixMapped) { return index(of: Array(address[12...])) }
    guard address.starts(with: prefixV6) else { return nil }
    return address[12...].reduce(0) { $0 << 8 | Int($1) }
  }

  /// There is always one: at most half of the indices are in use.
  private mutating func takeFreeIndex() -> Int {
    while slotsByIndex[nextIndex] != nil { advanceIndex() }
    defer { advanceIndex() }
    return nextIndex
  }

  private mutating func advanceIndex() {
    nextIndex = nextIndex == Self.lastIndex ? Self.firstIndex : nextIndex + 1
  }

  private mutating func moveToFront(_ slot: Int) {
    guard slot != newest else { return }
    let (newer, older) = (slots[slot].newer, slots[slot].older)
    slots[newer].older = older
    slots[older].newer = newer
    insertInFront(slot)
  }

  /// Between the newest and the oldest, which are neighbours in the ring.
  private mutating func insertInFront(_ slot: Int) {
    guard slot != newest else { return }
    let oldest = slots[newest].newer
    slots[slot].newer = oldest
    slots[slot].older = newest
    slots[oldest].older = slot
    slots[newest].newer = slot
    newest = slot
  }
}
