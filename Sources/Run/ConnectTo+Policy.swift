internal import Policy
internal import Wire

extension ConnectTo {
  /// A policy's `connect` entry means what `--connect-to` does.
  init(_ override: ConnectOverride) {
    let target: Target =
      switch override.target {
      case .address(let host, let port): .host(host, port)
      case .unixSocket(let path): .unixSocket(path)
      }
    self.init(host: override.host, port: override.port, target: target)
  }
}
