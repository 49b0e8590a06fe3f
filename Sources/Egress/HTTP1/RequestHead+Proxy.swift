internal import Enforcement
internal import Evidence
internal import Wire

/// Whom a request is for, where the connection alone does not tell.
extension RequestHead {
  /// Whom a CONNECT is for (RFC 9110 §9.3.6).
  var connectDestination: Destination? {
    guard case .authority(let authority)? = RequestTarget(target, method: method) else { return nil }
    return authority.destination(defaultPort: 443)
  }

  /// The tunnel that an absolute-form request to a proxy would have opened (RFC 9112 §3.2.2).
  func absoluteTunnel(origin: Origin, names: NameBook) -> Tunnel? {
    guard case .absolute(let scheme, let authority, _)? = RequestTarget(target, method: method),
      let authority = HTTPAuthority(authority)
    else { return nil }
    let isTLS = scheme == "https" || scheme == "wss"
    guard let destination = names.meant(by: authority.destination(defaultPort: isTLS ? 443 : 80)) else { return nil }
    var tunnel = Tunnel(origin: origin, destination: destination)
    tunnel.isTLS = isTLS
    return tunnel
  }

  /// The host that `Host` or `:authority` names.
  var namedHost: String? { authority.flatMap { HTTPAuthority($0)?.host } }
}
