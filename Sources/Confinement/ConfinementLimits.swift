/// The bounds of this room, each with its unit and its reason.
package enum ConfinementLimits {
  /// Bytes of one control packet. A seqpacket socket's default send buffer holds 212,992; a third leaves room for
  /// the kernel's own accounting.
  package static let packetBytes = 65_536
  /// Descriptors of one control packet, as many as the kernel allows (SCM_MAX_FD).
  package static let packetDescriptors = 253
  /// Bytes of another program's error text that a failure carries.
  package static let failureDetailBytes = 2_000
  /// Bytes of the order that init reads: the arguments and environment of one exec are bounded alike by the kernel.
  package static let orderBytes = 8 << 20
  /// Bytes of a path, its zero included (PATH_MAX).
  package static let pathBytes = 4_096
  /// Bytes of collected observations after which they are sent without waiting for the next tick.
  package static let observationBatchBytes = 16_384
  /// Milliseconds that collected observations may wait for company: less than a program takes to send what it read.
  package static let observationDelayMilliseconds: Int32 = 5
  /// Slots of the table that keeps one process from reporting the same file again and again.
  package static let repeatedObservationSlots = 8_192
  /// Different programs whose connections carry their number; those that come later go without. Each takes a page of
  /// memory. A build that downloads uses a few dozen.
  package static let connectingPrograms = 4_096
  /// Ports that get a listener because something wanted to connect to them. Each costs two sockets; a port scan must
  /// not take all of the host's descriptors.
  package static let capturePorts = 256
  /// Heaps of the host's process: one for each event loop.
  static let heapArenas: Int32 = 2
  /// Bytes from which memory is mapped by itself; a body's buffers are, its small parts are not.
  static let heapMappedBytes: Int32 = 256 << 10
  /// Bytes that stay free at a heap's end.
  static let heapKeptBytes: Int32 = 512 << 10
  /// Connections that may wait for the host to accept them, per listener; the kernel's own bound is the same. One that
  /// finds no room is tried again by its client after one, three and seven seconds, which looks like a stall.
  package static let listenBacklog: Int32 = 4_096
  /// Milliseconds that processes left behind by the agent get between SIGTERM and SIGKILL.
  package static let survivorGraceMilliseconds: Int64 = 300
  /// The lowest descriptor number that orders refer to; those below are the relay's own.
  package static let firstOrderDescriptor: Int32 = 40
  /// The explicit proxy's port on the sandbox's 127.0.0.1: below 1024, so that nothing inside can ever listen in its
  /// place; registered for nothing.
  package static let proxyPort: UInt16 = 889
  /// The resolver's port (RFC 1035 §4.2).
  package static let resolverPort: UInt16 = 53
}
