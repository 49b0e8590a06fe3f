internal import CLinux
internal import Glibc

/// One end of the socket pair between two of host, relay and init: whole packets, in order, with descriptors.
package struct ControlChannel: ~Copyable, Sendable {
  package let descriptor: Descriptor

  package init(owning descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Two connected ends, both close-on-exec and both the caller's to close.
  package static func pair() throws(ConfinementFailure) -> (CInt, CInt) {
    var ends: [CInt] = [0, 0]
    let type = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
      throw ConfinementFailure(.kernel, "socketpair", errorNumber: errno)
    }
    return (ends[0], ends[1])
  }

  /// Sends one message; the descriptors stay the caller's. Any thread may send.
  ///
  /// - Returns: whether the other end is still there.
  @discardableResult
  package func send(_ message: ControlMessage, with descriptors: [CInt] = []) -> Bool {
    Self.send(message, with: descriptors, over: descriptor.number)
  }

  /// The same over a socket that somebody else owns.
  package static func send(_ message: ControlMessage, with descriptors: [CInt], over socket: CInt) -> Bool {
    let bytes = message.bytes
    return cl_send_packet(socket, bytes, bytes.count, descriptors, descriptors.count) == 0
  }

  /// Waits for one message.
  ///
  /// - Returns: `nil` at the end, or where the other end sent what is no message of ours.
  package func receive() -> Received? {
    var bytes = [UInt8](repeating: 0, count: ConfinementLimits.packetBytes)
    var descriptors = [CInt](repeating: -1, count: ConfinementLimits.packetDescriptors)
    var descriptorCount = descriptors.count
    let count = cl_receive_packet(descriptor.number, &bytes, bytes.count, &descriptors, &descriptorCount)
    let received = descriptors.prefix(descriptorCount)
    guard count > 0, let message = try? ControlMessage(Array(bytes.prefix(count))) else {
      for number in received { close(number) }
      return nil
    }
    return Received(message: message, descriptors: Array(received))
  }

  /// A message, and the descriptors that came with it and now belong to the receiver.
  package struct Received: Sendable {
    package let message: ControlMessage
    package let descriptors: [CInt]
  }
}
