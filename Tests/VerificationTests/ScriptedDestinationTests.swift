internal import Glibc
internal import Testing

@testable internal import Verification

@Suite struct ScriptedDestinationTests {
  @Test("every request is seen, those too that hide behind another's body or end")
  func hidden() throws {
    let destination = try ScriptedDestination()
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = destination.port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(result == 0)
    let text =
      "POST /first HTTP/1.1\r\nContent-Length: 4\r\n\r\nbodyGET /hidden/a HTTP/1.1\r\n\r\nGET /third HTTP/1.1\r\n\r\n"
    #expect(write(client, text, text.utf8.count) == text.utf8.count)
    shutdown(client, Int32(SHUT_WR))
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while read(client, &buffer, buffer.count) > 0 {}
    close(client)
    destination.stop()
    #expect(destination.asked == ["/first", "/hidden/a", "/third"])
  }
}

@Suite struct LineBufferTests {
  @Test("lines are whole, wherever they were cut")
  func lines() {
    var buffer = LineBuffer()
    #expect(buffer.take(Array("a".utf8)).isEmpty)
    let lines = buffer.take(Array("b\n\nc\nd".utf8)).map { String(decoding: $0, as: UTF8.self) }
    #expect(lines == ["ab", "", "c"])
    #expect(buffer.take([10]) == [[UInt8(ascii: "d")]])
  }
}
