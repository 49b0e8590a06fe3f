internal import Evidence
internal import Testing

@testable internal import Wire

@Suite("--connect-to")
struct ConnectToTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let value: ConnectTo
    var testDescription: String { text }
  }

  static let cases = [
    Case(
      text: "a.example:443:127.0.0.1:8443",
      value: ConnectTo(host: "a.example", port: 443, target: .address(host: "127.0.0.1", port: 8443))),
    Case(text: "::b.example:", value: ConnectTo(host: nil, port: nil, target: .address(host: "b.example", port: nil))),
    Case(
      text: "A.Example.:443::8443",
      value: ConnectTo(host: "a.example", port: 443, target: .address(host: nil, port: 8443))),
    Case(
      text: "[2001:DB8::1]:443:[::1]:8443",
      value: ConnectTo(host: "2001:db8::1", port: 443, target: .address(host: "::1", port: 8443))),
    Case(text: "a:443:/run/x.sock", value: ConnectTo(host: "a", port: 443, target: .unixSocket(path: "/run/x.sock"))),
    Case(text: "::unix:/run/x:y", value: ConnectTo(host: nil, port: nil, target: .unixSocket(path: "/run/x:y"))),
  ]

  @Test("is read as curl reads it, and with socket paths", arguments: cases)
  func reads(_ c: Case) throws {
    #expect(try ConnectTo.parse(c.text) == c.value)
  }

  @Test(
    "says which part is wrong",
    arguments: [
      ("", "colon is missing after HOST"), ("a", "colon is missing after HOST"), ("a:1", "colon is missing after PORT"),
      ("a:1:b", "colon is missing after ADDR"), ("a:0:b:1", "PORT \"0\""), ("a:65536:b:1", "PORT \"65536\""),
      ("a:x:b:1", "PORT \"x\""), ("a:1:b:-2", "PORT after ADDR"), ("a:1:b:2:3", "more after the last PORT"),
      ("[::1:1:b:2", "closing bracket"), ("[zz]:1:b:2", "no IPv6 address"), ("a_*:1:b:2", "no host name"),
      ("a:1:unix:x", "must be absolute"), ("a:1:/" + String(repeating: "x", count: 120), "longer than"),
    ])
  func refuses(text: String, part: String) {
    let error = #expect(throws: WireError.self) { try ConnectTo.parse(text) }
    #expect(error?.sentence.contains(part) == true)
  }

  @Test("matches what it names, and anything where it names nothing")
  func matching() throws {
    let destination = Destination(host: "a.example", port: 443)
    for text in ["a.example:443:b:1", ":443:b:1", "a.example::b:1", "::b:1"] {
      #expect(try ConnectTo.parse(text).matches(destination))
    }
    for text in ["b.example:443:b:1", "a.example:444:b:1"] {
      #expect(try !ConnectTo.parse(text).matches(destination))
    }
  }
}
