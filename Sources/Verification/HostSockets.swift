internal import Confinement
internal import Glibc
internal import Probing

/// Unix sockets outside, by path and by abstract name, that hand a descriptor of a secret file to whoever connects.
final class HostSockets: Sendable {
  private let listeners: [CInt]

  init(_ place: ThrowAwayPlace) throws(VerificationError) {
    let secret = "\(place.outside)/secret"
    listeners = [
      Self.make(SOCK_STREAM, Array("\(place.outside)/socket".utf8) + [0]),
      Self.make(SOCK_STREAM, [0] + Array(place.mark.utf8)),
      Self.make(SOCK_DGRAM, Array("\(place.outside)/datagrams".utf8) + [0]),
      Self.make(SOCK_DGRAM, [0] + Array("\(place.mark)-datagrams".utf8)),
    ]
    guard listeners.allSatisfy({ $0 >= 0 }) else {
      throw VerificationError(.place, "no Unix socket can be made in \(place.outside).")
    }
    for listener in listeners.prefix(2) {
      listen(listener, 8)
      DetachedThread.start { Self.serve(listener, secret) }
    }
  }

  func stop() {
    for listener in listeners { shutdown(listener, Int32(SHUT_RDWR)) }
    for listener in listeners.suffix(2) { close(listener) }
  }

  private static func serve(_ listener: CInt, _ secret: String) {
    while case let client = accept(listener, nil, nil), client >= 0 {
      let file = open(secret, O_RDONLY | O_CLOEXEC)
      PassedDescriptor.pass(file, over: client)
      close(file)
      close(client)
    }
    close(listener)
  }

  private static func make(_ type: __socket_type, _ name: [UInt8]) -> CInt {
    let made = socket(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard name.count <= MemoryLayout.size(ofValue: address.sun_path) else { return -1 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(made, $0, socklen_t(2 + name.count)) }
    }
    return bound == 0 ? made : -1
  }
}
