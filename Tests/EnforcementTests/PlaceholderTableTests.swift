import Enforcement
import Evidence
import Patterns
import Testing
import Wire

@Suite("Credentials on the wire")
struct PlaceholderTableTests {
  private let table: PlaceholderTable
  private let own = Destination(host: "api.model.test", port: 443)
  private let other = Destination(host: "paste.test", port: 443)

  init() throws {
    let host = try #require(DestinationPattern("api.model.test"))
    table = PlaceholderTable([
      .init(
        name: "MODEL_KEY", placeholder: "placeholder-0123456789abcdef", value: Secret("the-real-key"), hosts: [host])
    ])
  }

  private func head(_ fields: [HTTPField], target: String = "/") -> RequestHead {
    RequestHead(method: "GET", target: target, fields: fields)
  }

  @Test("the real key is put into fields and target for its own host")
  func ownHost() {
    let fields = [HTTPField(name: "Authorization", value: "Bearer placeholder-0123456789abcdef")]
    let sent = table.substitute(
      into: head(fields, target: "/v1?key=placeholder-0123456789abcdef"), for: own, overTLS: true)
    #expect(sent.fields == [HTTPField(name: "Authorization", value: "Bearer the-real-key")])
    #expect(sent.target == "/v1?key=the-real-key")
  }

  @Test("it is put into Basic credentials too")
  func basic() {
    // "user:placeholder-0123456789abcdef" and "user:the-real-key" in base64.
    let fields = [HTTPField(name: "Authorization", value: "Basic dXNlcjpwbGFjZWhvbGRlci0wMTIzNDU2Nzg5YWJjZGVm")]
    let sent = table.substitute(into: head(fields), for: own, overTLS: true)
    #expect(sent.fields.first?.value == "Basic dXNlcjp0aGUtcmVhbC1rZXk=")
  }

  @Test("another host gets the placeholder, and a key never prints itself")
  func otherHost() {
    let fields = [HTTPField(name: "x-api-key", value: "placeholder-0123456789abcdef")]
    #expect(table.substitute(into: head(fields), for: other, overTLS: true).fields == fields)
    #expect(!"\(table)".contains("the-real-key"))
  }

  @Test("a host without a port means its HTTPS service: neither clear text nor another port gets the key")
  func onlyHTTPS() {
    let fields = [HTTPField(name: "x-api-key", value: "placeholder-0123456789abcdef")]
    for port: UInt16 in [80, 443, 8443] {
      let destination = Destination(host: "api.model.test", port: port)
      for isTLS in [false, true] where !(isTLS && port == 443) {
        #expect(table.substitute(into: head(fields), for: destination, overTLS: isTLS).fields == fields)
      }
    }
  }

  @Test("a port that was named gets it, whatever is spoken there")
  func namedPort() throws {
    let host = try #require(DestinationPattern("gateway.test:4000"))
    let table = PlaceholderTable([
      .init(name: "KEY", placeholder: "placeholder-0123456789abcdef", value: Secret("the-real-key"), hosts: [host])
    ])
    let fields = [HTTPField(name: "x-api-key", value: "placeholder-0123456789abcdef")]
    let sent = table.substitute(
      into: head(fields), for: Destination(host: "gateway.test", port: 4000), overTLS: false)
    #expect(sent.fields.first?.value == "the-real-key")
  }
}
