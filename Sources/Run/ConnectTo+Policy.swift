internal import Policy
internal import Wire

extension ConnectTo {
  /// A policy's `connect` entry means what `--connect-to` does.
  init(_ override: ConnectOverride) {
    let target: Target =
      switch override.target {
      case .address(let host, let port): .address(host: host, port: port)
      case .socket(let path): .unixSocket(path: path)
      }
    self.init(host: override.host, port: override.port, target: target)
  }
}
