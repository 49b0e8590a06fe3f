internal import Confinement

/// What has arrived from the relay until the agent runs.
struct LaunchParts: Sendable {
  var proxyListener: CInt = -1
  var resolver = ResolverSockets(datagramsIPv4: -1, datagramsIPv6: -1, listenerIPv4: -1, listenerIPv6: -1)
  var captureListeners: [CapturePort] = []
  var terminal: CInt?
  var attestation: [EngagedLayer] = []

  /// All of them, for a launch that failed after all.
  var descriptors: [CInt] {
    [
      proxyListener, resolver.datagramsIPv4, resolver.datagramsIPv6, resolver.listenerIPv4, resolver.listenerIPv6,
      terminal ?? -1,
    ].filter { $0 >= 0 } + captureListeners.flatMap { [$0.listenerIPv4, $0.listenerIPv6] }
  }
}
