internal import Glibc

/// A listening socket on a port of the kernel's choice, as the sandbox would hand it to the door.
struct ListeningSocket {
  let descriptor: CInt
  let port: Int

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let outcome = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        [bind(descriptor, generic, length), listen(descriptor, 512), getsockname(descriptor, generic, &length)]
      }
    }
    guard outcome == [0, 0, 0] else { throw ScratchDirectory.Failure(errno: errno) }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
  }
}
