internal import Confinement
internal import Glibc
internal import Synchronization

/// The sockets of the sandbox's network that the host answers on. The relay keeps none of them: when the host dies
/// they close, and whoever connects is refused at once.
final class Doors: Sendable {
  private let captured: Mutex<Captured>

  private struct Captured {
    var ports: Set<UInt16>
    /// Listeners opened because something asked for them, as opposed to those of the launch.
    var opened = 0
    var isExhausted = false
  }

  private init(ports: Set<UInt16>) {
    captured = Mutex(Captured(ports: ports))
  }

  /// Opens what the host asked for and hands it over.
  static func open(
    _ order: LaunchOrder, _ host: Outbox
  ) throws(ConfinementFailure) -> Doors {
    let proxy = try CaptureSocket.openOnLoopback(port: ConfinementLimits.proxyPort)
    let port = ConfinementLimits.resolverPort
    let datagrams = try CaptureSocket.open(.datagram, family: AF_INET, port: port)
    let datagrams6 = try CaptureSocket.open(.datagram, family: AF_INET6, port: port)
    let streams = try CaptureSocket.open(.stream, family: AF_INET, port: port)
    let streams6 = try CaptureSocket.open(.stream, family: AF_INET6, port: port)
    let all = [proxy.number, datagrams.number, datagrams6.number, streams.number, streams6.number]
    guard host.send(.network, with: all) else {
      throw ConfinementFailure(.capture, "hand over the listeners", errorNumber: EPIPE)
    }
    // DNS over TCP has its own listener; a captured one would be in its way.
    for port in Set(order.capturePorts) { try handOver(port, to: host) }
    return Doors(ports: Set(order.capturePorts).union([port]))
  }

  private static func handOver(_ port: UInt16, to host: Outbox) throws(ConfinementFailure) {
    let listener = try CaptureSocket.open(.stream, family: AF_INET, port: port)
    let listener6 = try CaptureSocket.open(.stream, family: AF_INET6, port: port)
    host.send(.captured(port: port), with: [listener.number, listener6.number])
  }

  /// Makes sure that somebody listens on this port. Where that is not possible, because the agent listens there itself
  /// or there are too many already, the connection finds what it finds: its own kind, or a refusal.
  func capture(_ port: UInt16, _ host: Outbox) {
    let (isNew, justExhausted) = captured.withLock { captured in
      if captured.ports.contains(port) { return (false, false) }
      guard captured.opened < ConfinementLimits.capturePorts else {
        defer { captured.isExhausted = true }
        return (false, !captured.isExhausted)
      }
      captured.ports.insert(port)
      captured.opened += 1
      return (true, false)
    }
    if justExhausted { host.send(.portsExhausted) }
    guard isNew else { return }
    do throws(ConfinementFailure) {
      try Self.handOver(port, to: host)
    } catch {
      captured.withLock { captured in
        captured.ports.remove(port)
        captured.opened -= 1
      }
    }
  }
}
