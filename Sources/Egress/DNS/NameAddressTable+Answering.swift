extension NameAddressTable {
  /// Answers a question that policy let through.
  ///
  /// Every host name has an address, whether it exists or not: that shows when it is connected to. All other types of
  /// records are empty, so that nothing but names goes through, and no HTTPS record leads around the interception.
  package mutating func answer(to query: DNSQuery) -> DNSAnswer {
    guard query.recordClass == 1 else { return .refused }
    if [.any, .axfr, .ixfr].contains(query.type) { return .refused }
    if query.type == .ptr { return pointer(query.name) }
    guard let host = query.name.hostName, !SpecialNames.areAbsent(host) else { return .noSuchName }
    guard query.type == .a || query.type == .aaaa else { return .noData }
    if SpecialNames.isLoopback(host) { return .addresses([SpecialNames.loopbackV4, SpecialNames.loopbackV6]) }
    let addresses = addresses(for: host)
    return .addresses([addresses.v4, addresses.v6])
  }

  private mutating func pointer(_ name: DNSName) -> DNSAnswer {
    guard let address = ReverseName.address(name) else { return .noSuchName }
    if address == SpecialNames.loopbackV4 || address == SpecialNames.loopbackV6 {
      return DNSName("localhost").map { .pointer($0) } ?? .noSuchName
    }
    guard let host = self.name(at: address), let name = DNSName(host) else { return .noSuchName }
    return .pointer(name)
  }
}
