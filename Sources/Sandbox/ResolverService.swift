internal import Confinement
internal import Glibc

/// Answers the sandbox's DNS datagrams: each from the address that it was sent to, whichever that was.
///
/// Queries over TCP come on the resolver's two listeners, which are the caller's to accept from.
package final class ResolverService: Sendable {
  private let sockets: [CInt]
  private let answer: @Sendable ([UInt8]) -> [UInt8]?
  private let end: (reading: CInt, writing: CInt)

  /// - Parameters:
  ///   - sockets: of the run; the two datagram sockets are closed by ``stop()``.
  ///   - answer: from a query to its answer, `nil` for what deserves none. Called on one thread, so it must not wait.
  package init(
    _ sockets: ResolverSockets, answer: @escaping @Sendable ([UInt8]) -> [UInt8]?
  ) throws(SandboxError) {
    self.sockets = [sockets.datagramsIPv4, sockets.datagramsIPv6]
    self.answer = answer
    do throws(ConfinementFailure) {
      end = try Descriptor.pipe()
    } catch {
      throw Remedy.error(for: error, program: "")
    }
  }

  deinit { close(end.reading) }

  package func start() { DetachedThread.start { self.serve() } }

  package func stop() { close(end.writing) }

  private func serve() {
    var buffer = [UInt8](repeating: 0, count: SandboxLimits.resolverDatagramBytes)
    while true {
      let ready = Readiness.wait(for: sockets + [end.reading])
      if ready.contains(end.reading) { break }
      for socket in ready {
        guard let query = Datagram.receive(from: socket, into: &buffer) else { continue }
        if let bytes = answer(query.bytes) { query.reply(bytes, over: socket) }
      }
    }
    for socket in sockets { close(socket) }
  }
}
