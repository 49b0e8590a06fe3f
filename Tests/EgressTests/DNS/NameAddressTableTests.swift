import NIOCore
import Testing

@testable import Egress

@Suite struct NameAddressTableTests {
  private func answer(_ name: String, _ type: DNSRecordType = .a, in table: inout NameAddressTable) throws -> DNSAnswer
  {
    table.answer(to: try QueryBuilder(name: QueryBuilder.wire(name), type: type.rawValue).query())
  }

  @Test("a name gets one address of each kind, keeps them, and is known again by them")
  func addresses() {
    var table = NameAddressTable()
    let first = table.addresses(for: "api.example.com")
    let second = table.addresses(for: "example.org")
    #expect(first.v4 == [198, 18, 1, 0])
    #expect(first.v6 == [0xfd, 0, 0x5a, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
    #expect(second.v4 == [198, 18, 1, 1])
    #expect(table.addresses(for: "api.example.com") == first)
    #expect(table.name(at: first.v4) == "api.example.com")
    #expect(table.name(at: second.v6) == "example.org")
    #expect(table.name(at: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] + first.v4) == "api.example.com")
    #expect(table.name(at: [198, 18, 1, 9]) == nil)
    #expect(table.name(at: [10, 0, 0, 1]) == nil)
    #expect(table.name(at: []) == nil)
    #expect(NameAddressTable.isSynthetic([198, 19, 255, 255]))
    #expect(!NameAddressTable.isSynthetic([198, 20, 0, 0]))
    #expect(!NameAddressTable.isSynthetic([0xfd, 0, 0x5a, 0x11, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]))
  }

  @Test("the name used longest ago gives way first, and its address is not given again at once")
  func eviction() {
    var table = NameAddressTable(capacity: 3)
    let first = table.addresses(for: "a")
    let second = table.addresses(for: "b")
    _ = table.addresses(for: "c")
    _ = table.name(at: first.v6)
    let fourth = table.addresses(for: "d")
    #expect(table.count == 3)
    #expect(table.name(at: second.v4) == nil)
    #expect(table.name(at: first.v4) == "a")
    #expect(fourth.v4 == [198, 18, 1, 3])
    #expect(table.addresses(for: "b").v4 == [198, 18, 1, 4])
    #expect(table.name(at: fourth.v4) == "d")
  }

  @Test("it agrees with a simple model of itself, over many more names than there are addresses")
  func model() {
    var table = NameAddressTable(capacity: 5)
    var recent: [String] = []
    var known: [String: [UInt8]] = [:]
    var generator = SeededGenerator(seed: 80)
    for _ in 0..<300_000 {
      let name = "n\(Int.random(in: 0..<12, using: &generator))"
      let isKnown = recent.contains(name)
      let address = table.addresses(for: name).v4
      if isKnown, known[name] != address { Issue.record("\(name) lost its address") }
      if !isKnown, recent.contains(where: { known[$0] == address }) { Issue.record("\(name) got a taken address") }
      if !(address[0] == 198 && address[1] & 0xfe == 18) { Issue.record("\(address) is out of range") }
      recent.removeAll { $0 == name }
      recent.append(name)
      if recent.count > 5 { known[recent.removeFirst()] = nil }
      known[name] = address
    }
    #expect(table.count == 5)
    for name in recent { #expect(table.name(at: known[name] ?? []) == name) }
  }

  @Test("the limit of names holds")
  func capacity() {
    var table = NameAddressTable()
    let first = table.addresses(for: "0").v4
    for number in 1..<EgressLimits.addressedNames { _ = table.addresses(for: String(number)) }
    #expect(table.count == EgressLimits.addressedNames)
    #expect(table.name(at: first) == "0")
    _ = table.addresses(for: "one more")
    #expect(table.count == EgressLimits.addressedNames)
    #expect(table.name(at: first) == "0")
    #expect(table.name(at: [198, 18, 1, 1]) == nil)
  }

  @Test("addresses are answered, all other types are empty or refused")
  func types() throws {
    var table = NameAddressTable()
    #expect(try answer("h", .a, in: &table) == .addresses([[198, 18, 1, 0], table.addresses(for: "h").v6]))
    for type in [DNSRecordType.https, .svcb, .txt, .mx, .srv, .ns, .soa, .cname, .null] {
      #expect(try answer("h", type, in: &table) == .noData)
    }
    for type in [DNSRecordType.any, .axfr, .ixfr] { #expect(try answer("h", type, in: &table) == .refused) }
    let chaos = try QueryBuilder(recordClass: 3).query()
    #expect(table.answer(to: chaos) == .refused)
    #expect(DNSRecordType(rawValue: 65280).description == "TYPE65280")
  }

  @Test("names that no host can have get no address")
  func absent() throws {
    var table = NameAddressTable()
    for name in ["a.invalid", "x.onion", "ipv4only.arpa", "use-application-dns.net", "1.2.3.4", "a b.com"] {
      #expect(try answer(name, in: &table) == .noSuchName)
    }
    #expect(table.count == 0)
    #expect(
      try answer("localhost", in: &table) == .addresses([[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1]]))
    #expect(
      try answer("a.LOCALHOST", .aaaa, in: &table)
        == .addresses([[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1]]))
  }

  @Test("our addresses have names, others have none")
  func pointers() throws {
    var table = NameAddressTable()
    let addresses = table.addresses(for: "api.example.com")
    let expected = DNSAnswer.pointer(try #require(DNSName("api.example.com")))
    #expect(try answer("0.1.18.198.in-addr.arpa", .ptr, in: &table) == expected)
    let digits = addresses.v6.reversed().flatMap { [$0 & 15, $0 >> 4] }.map { String($0, radix: 16) }
    #expect(try answer(digits.joined(separator: ".") + ".ip6.arpa", .ptr, in: &table) == expected)
    #expect(try answer("1.0.0.127.in-addr.arpa", .ptr, in: &table) == .pointer(try #require(DNSName("localhost"))))
    for name in ["8.8.8.8.in-addr.arpa", "00.1.18.198.in-addr.arpa", "1.18.198.in-addr.arpa", "example.com"] {
      #expect(try answer(name, .ptr, in: &table) == .noSuchName)
    }
  }

  @Test("a tunnel's questions look different from a tool's")
  func facts() throws {
    let plain = DNSQuestionFacts(try QueryBuilder().query())
    #expect(plain == DNSQuestionFacts(name: try #require(DNSName("api.example.com")), type: .a))
    #expect(plain.labelCount == 3)
    #expect(plain.longestLabel == 7)
    #expect(plain.freeBytes == 3)
    #expect(plain.entropy < 2)
    let tunnel = QueryBuilder.wire(
      "mfrggzdfmztwq2lknnwg23tpobyxe43uovzhk5dvox2gk3dfnz2gs3z3q.ae7bc2d5f4g6h3ijklmnopqrstuvwxyz.t.example.com")
    let facts = DNSQuestionFacts(try QueryBuilder(name: tunnel, type: 16).query())
    #expect(facts.type == .txt)
    #expect(facts.longestLabel > 50)
    #expect(facts.entropy > 4)
    #expect(DNSQuestionFacts(name: try #require(DNSName("aaaa.x.y")), type: .a).entropy == 0)
  }

  @Test("addresses are read and written as the C library does")
  func addressText() {
    #expect(IPAddressText.parse("::ffff:1.2.3.4")?.count == 16)
    #expect(IPAddressText.format([198, 18, 1, 0]) == "198.18.1.0")
    #expect(IPAddressText.format([UInt8](repeating: 0, count: 16)) == "::")
    #expect(IPAddressText.format([1]) == nil)
    for text in ["1.2.3", "01.2.3.4", "1.2.3.4 ", "[::1]", "fe80::1%eth0", "", "1.2.3.4\0"] {
      #expect(IPAddressText.parse(text) == nil)
    }
  }
}
