internal import Glibc

/// The socket that a caller's call is about, held for as long as the call waits.
struct CallerSocket: ~Copyable {
  private let copy: Descriptor

  /// - Parameter copy: -1 where it could not be had.
  init(copy: consuming Descriptor) {
    self.copy = copy
  }

  /// `false` too where that cannot be seen.
  var sendsDatagrams: Bool {
    var kind: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(copy.number, SOL_SOCKET, SO_TYPE, &kind, &length) == 0
      && kind == Int32(bitPattern: SOCK_DGRAM.rawValue)
  }

  /// From here on its packets carry this number, and the connection that the first of them opens has it at the other
  /// end too (``LoopbackNetwork/keepMarksOfAcceptedConnections()``). Nothing inside may change it (socket(7): SO_MARK).
  func mark(_ number: UInt32) {
    var number = number
    setsockopt(copy.number, SOL_SOCKET, SO_MARK, &number, socklen_t(MemoryLayout<UInt32>.size))
  }
}
