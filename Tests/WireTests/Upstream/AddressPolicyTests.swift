internal import NIOCore
internal import Testing

@testable internal import Wire

@Suite("The address policy")
struct AddressPolicyTests {
  @Test(
    "refuses every kind of address that is not public",
    arguments: [
      "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
      "169.254.1.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1",
      "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
      "255.255.255.255", "168.63.129.16", "100.100.100.200", "::", "::1", "fc00::1", "fd00:ec2::254", "fe80::1",
      "febf::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1", "2001:2::1", "2001::1", "2002:7f00:1::",
      "2002:808:808::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
      "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::ffff:0:10.0.0.1", "2a00:1::5efe:10.0.0.1",
      "2a00:1::200:5efe:192.168.0.1",
    ])
  func refused(text: String) throws {
    let address = try #require(IPAddress(text))
    let error = #expect(throws: WireError.self) { try AddressPolicy().check(address, host: "host.example") }
    #expect(error?.code == .addressRefused)
    #expect(error?.remedy.contains("--connect-to") == true)
  }

  @Test(
    "lets every public address through",
    arguments: [
      "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
      "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e",
      "64:ff9b::808:808", "::ffff:8.8.8.8",
    ])
  func allowed(text: String) throws {
    try AddressPolicy().check(try #require(IPAddress(text)), host: "host.example")
  }

  @Test("lets through what was granted by range, by address or by name, and nothing beside it")
  func grants() throws {
    let policy = AddressPolicy(grants: [
      try .parse("10.1.0.0/16"), try .parse("fd12::/16"), try .parse("192.168.1.5"), try .parse("Build.Internal."),
    ])
    for (address, host) in [
      ("10.1.2.3", "a"), ("fd12::1", "a"), ("192.168.1.5", "a"), ("172.16.0.1", "build.internal"),
    ] {
      try policy.check(try #require(IPAddress(address)), host: host)
    }
    for (address, host) in [("10.2.0.1", "a"), ("fd13::1", "a"), ("192.168.1.6", "a"), ("172.16.0.1", "internal")] {
      let number = try #require(IPAddress(address))
      #expect(throws: WireError.self) { try policy.check(number, host: host) }
    }
  }

  @Test("grants a metadata address only to who names exactly it")
  func metadata() throws {
    let address = try #require(IPAddress("169.254.169.254"))
    let wide = AddressPolicy(grants: [try .parse("169.254.0.0/16"), try .parse("0.0.0.0/0")])
    #expect(throws: WireError.self) { try wide.check(address, host: "a") }
    try AddressPolicy(grants: [try .parse("169.254.169.254")]).check(address, host: "a")
  }

  @Test(
    "refuses grants that are none",
    arguments: ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "fd00::/129", "a b", "1.2.3", "*.a.com"])
  func badGrants(text: String) {
    let error = #expect(throws: WireError.self) { try AddressGrant.parse(text) }
    #expect(error?.code == .configurationInvalid)
  }

  @Test("sees the same number in a socket address as in its text", arguments: ["192.0.2.7", "2001:db8::7"])
  func socketAddresses(text: String) throws {
    let address = try SocketAddress(ipAddress: text, port: 443)
    #expect(IPAddress(address) == IPAddress(text))
    #expect(IPAddress(address)?.description == text)
  }
}
