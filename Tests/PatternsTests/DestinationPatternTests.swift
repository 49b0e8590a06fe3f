internal import Evidence
internal import Patterns
internal import Testing

@Suite struct DestinationPatternTests {
  @Test("what is no pattern is refused")
  func refused() {
    for text in [
      "", "a b", "https://a.example.com", "a/b", "10.0.0.0/33", "10.0.0/8", "a.example.com:0", "a.example.com:99999",
      "[::1",
      "[::1]x", ".example.com", "a..b", "bücher.example", "*.", "fe80::1%lo:22x", "300.1.1.1",
    ] { #expect(DestinationPattern(text) == nil, "\(text)") }
  }

  @Test("a range holds its addresses, however they are written")
  func addresses() {
    let cases: [(String, String, Bool)] = [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "9.255.0.1", false), ("10.0.0.0/9", "10.128.0.1", false),
      ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("192.168.1.7", "192.168.1.7", true),
      ("192.168.1.7", "192.168.1.8", false), ("fc00::/7", "fdff::1", true), ("fc00::/7", "fe00::1", false),
      ("[::1]:443", "::1", true), ("[::1]:80", "::1", false), ("127.0.0.0/8", "127.1", true),
      ("127.0.0.0/8", "2130706433", true), ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("fe80::/10", "fe80::1%eth0", true),
      ("*", "anything.example", true),
    ]
    for (pattern, host, wanted) in cases {
      let found = DestinationPattern(pattern)?.matches(Destination(host: host, port: 443))
      #expect(found == wanted, "\(pattern) \(host)")
    }
  }

  @Test("an address is told from a name, also in the forms that only resolvers take")
  func literals() {
    for host in ["1.2.3.4", "127.1", "0x7f000001", "0X7F.1", "::1", "1", "a.1", "fe80::1%eth0"] {
      #expect(AddressLiteral.looksLikeAddress(host.lowercased()), "\(host)")
    }
    for host in ["a.example", "1.2.3.4.example.com", "x0x1", "", "0xg", "a-1"] {
      #expect(!AddressLiteral.looksLikeAddress(host), "\(host)")
    }
  }
}

@Suite("Whose hosts a pattern matches")
struct PatternOwnerTests {
  @Test(
    "a wildcard that strangers' hosts match spans owners",
    arguments: [
      "*", "*:443", "*.com", "*.com:443", "*.*", "a*.com", "*.a.*", "*.a*.com", "x.*.com", "0.0.0.0/0", "::/0",
    ])
  func spans(text: String) throws { #expect(try #require(DestinationPattern(text)).spansOwners) }

  @Test(
    "one whose last two labels are written out does not",
    arguments: [
      "a.example.com", "localhost", "*.example.com", "*.example.com:443", "a*.example.com", "10.0.0.0/8", "::1",
    ])
  func isOwned(text: String) throws { #expect(try #require(DestinationPattern(text)).spansOwners == false) }
}
