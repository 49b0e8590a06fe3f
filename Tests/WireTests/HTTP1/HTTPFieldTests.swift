import Testing
import Wire

@Suite struct HTTPFieldTests {
  private let fields = [
    HTTPField(name: "Accept", value: "a"), HTTPField(name: "CONNECTION", value: "close, Upgrade;q=1 , x"),
    HTTPField(name: "accept", value: "b"), HTTPField(name: "ACCEPT", value: "c"),
  ]

  @Test("names are compared without case, and only ASCII letters have case")
  func names() {
    #expect(fields.first(named: "ACCEPT") == "a")
    #expect(fields.all(named: "accept") == ["a", "b", "c"])
    #expect(fields.first(named: "accep") == nil)
    #expect(!HTTPField(name: "X[", value: "").isNamed("X{"))
  }

  @Test("removing and replacing leave the other fields where they are")
  func editing() {
    var edited = fields
    edited.replace(with: HTTPField(name: "accept", value: "d"))
    #expect(edited.map(\.value) == ["d", "close, Upgrade;q=1 , x"])
    edited.remove(named: "connection")
    edited.replace(with: HTTPField(name: "New", value: "n"))
    #expect(edited.map(\.name) == ["accept", "New"])
  }

  @Test("tokens are found in lists")
  func tokens() {
    #expect(fields.hasToken("upgrade", inFieldsNamed: "connection"))
    #expect(fields.hasToken("close", inFieldsNamed: "Connection"))
    #expect(!fields.hasToken("clos", inFieldsNamed: "connection"))
  }

  @Test(
    "an authority is a name or literal with an optional port",
    arguments: [
      ("Example.com.", "example.com", nil), ("h:443", "h", 443), ("[2001:DB8::1]:1", "2001:db8::1", 1),
      ("[::ffff:1.2.3.4]", "::ffff:1.2.3.4", nil), ("127.0.0.1:80", "127.0.0.1", 80), ("a_b-c", "a_b-c", nil),
    ] as [(String, String, UInt16?)])
  func authority(text: String, host: String, port: UInt16?) throws {
    let authority = try #require(HTTPAuthority(text))
    #expect(authority.host == host)
    #expect(authority.port == port)
  }

  @Test(
    "what is no authority is refused",
    arguments: [
      "", ":80", "h:", "h:0", "h:65536", "h:000080", "h:+8", "h:8a", "a b", "a@b", "a/b", "a%2e", "[::1", "::1", "[1]",
      "[::1]x", "[]", "[::1.]", "[::1..]",
      "[::]]", "[::1::2]", "[:::]", "[127.0.0.1]", "[::1\0]", "a,b", "ä", ".", ".a", "[::1%25eth0]", "h:80:80", "127.1",
      "0x7f.1", "2130706433",
      "127.0.0.01", "256.0.0.1", "1.2.3.4.5", "a.0x1",
    ])
  func notAuthority(text: String) {
    #expect(HTTPAuthority(text) == nil)
  }
}
