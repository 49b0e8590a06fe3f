internal import Evidence

/// Where a connection meant for a destination really goes.
struct Route: Sendable {
  let place: Place
  /// The user named this place with `--connect-to`, which allows it whatever kind of address it has.
  let isGranted: Bool

  enum Place: Sendable {
    case host(String, port: UInt16)
    case unixSocket(path: String)
  }

  init(to destination: Destination, by rules: [ConnectTo]) {
    switch rules.first(where: { $0.matches(destination) })?.target {
    case nil:
      place = .host(destination.host, port: destination.port)
      isGranted = false
    case .unixSocket(let path):
      place = .unixSocket(path: path)
      isGranted = true
    case .address(let host, let port):
      place = .host(host ?? destination.host, port: port ?? destination.port)
      isGranted = host != nil
    }
  }
}
