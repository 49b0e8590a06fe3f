internal import CLinux

/// A datagram that came to a wildcard socket, with the way back to whoever sent it.
package struct Datagram: Sendable {
  package let bytes: [UInt8]
  private let route: cl_route

  /// Takes the next one without waiting.
  ///
  /// - Parameter buffer: its size is the most a datagram may have; longer ones are thrown away.
  /// - Returns: `nil` where none waits, or it was too long.
  package static func receive(from socket: CInt, into buffer: inout [UInt8]) -> Datagram? {
    var route = cl_route()
    let count = cl_datagram_receive(socket, &buffer, buffer.count, &route)
    return count < 0 ? nil : Datagram(bytes: Array(buffer[..<count]), route: route)
  }

  private init(bytes: [UInt8], route: cl_route) {
    self.bytes = bytes
    self.route = route
  }

  /// Sends an answer from the address that this one was sent to. Like any datagram it may be lost.
  package func reply(_ bytes: [UInt8], over socket: CInt) {
    var route = route
    _ = cl_datagram_reply(socket, bytes, bytes.count, &route)
  }
}
