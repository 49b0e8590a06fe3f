internal import Confinement
internal import Glibc
internal import Synchronization

@testable internal import Sandbox

extension Inmate {
  /// Runs a Python script with every door answered: a connection is told the address it wanted, a datagram gets
  /// `answer to …`.
  func capture(python script: String) async throws -> String {
    let doors = TestDoors()
    var plan = plan("")
    plan.program = "/usr/bin/python3"
    plan.arguments = ["-c", script]
    let pipe = try Descriptor.pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    plan.streams = .inherited(input: nothing, output: pipe.writing, error: pipe.writing)
    let run = try await ConfinedRun.launch(plan) { [weak self] event in
      if case .captured(let port) = event { doors.add([port.listenerIPv4, port.listenerIPv6]) }
      self?.note(event)
    }
    close(nothing)
    close(pipe.writing)
    doors.add([run.proxyListener] + run.captureListeners.flatMap { [$0.listenerIPv4, $0.listenerIPv6] })
    let service = try ResolverService(run.resolver) { Array("answer to ".utf8) + $0 }
    service.start()
    _ = try await run.wait()
    let output = Descriptor.readAll(pipe.reading, limit: 1 << 20) ?? []
    close(pipe.reading)
    service.stop()
    doors.closeAll()
    for number in [run.resolver.listenerIPv4, run.resolver.listenerIPv6] { close(number) }
    return String(decoding: output, as: UTF8.self)
  }

  /// Waits until the agent is ready, then closes all that a dead host would have closed.
  func dieAsHost(_ relay: RelayProcess) throws {
    let channel = ControlChannel(owning: Descriptor(owning: relay.control))
    var held: [CInt] = []
    while let received = channel.receive() {
      held += received.descriptors
      if case .started = received.message { break }
      if case .failed(let failure) = received.message { throw failure }
    }
    while access(workspace + "/ready", F_OK) != 0 { sched_yield() }
    for number in held { close(number) }
  }
}

/// Accepts on every listener it is given and tells each connection its own local address.
final class TestDoors: Sendable {
  private let listeners = Mutex<[CInt]>([])

  func add(_ numbers: [CInt]) {
    listeners.withLock { $0 += numbers }
    for number in numbers { serve(number) }
  }

  func closeAll() {
    for number in listeners.withLock({ $0 }) {
      shutdown(number, Int32(SHUT_RDWR))
    }
  }

  private func serve(_ listener: CInt) {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        let listener = CInt(Int(bitPattern: context))
        while true {
          guard !Readiness.wait(for: [listener], milliseconds: 20_000).isEmpty else { break }
          let connection = accept(listener, nil, nil)
          if connection < 0 { break }
          var raw = [UInt8](repeating: 0, count: 28)
          var length = socklen_t(raw.count)
          raw.withUnsafeMutableBytes { buffer in
            _ = getsockname(connection, buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
          }
          let text = InternetAddress(socketAddress: raw).map(\.description) ?? "?"
          _ = write(connection, text, text.utf8.count)
          close(connection)
        }
        close(listener)
        return nil
      }, UnsafeMutableRawPointer(bitPattern: Int(listener)))
    pthread_detach(thread)
  }
}

/// A TCP service on the host's loopback.
final class HostService: Sendable {
  let port: UInt16
  private let listener: CInt

  init?() {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, length)
        _ = listen(listener, 4)
        _ = getsockname(listener, $0, &length)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    if port == 0 { return nil }
  }

  deinit { close(listener) }

  var hasBeenConnectedTo: Bool { !Readiness.wait(for: [listener], milliseconds: 0).isEmpty }
}
