internal import Glibc

/// Answers the notifications of one filter: reads what each call is about, reports it, lets it go.
///
/// Lives on one thread of its own. The answer is always "go on": this observes, other layers enforce.
package struct Observer: ~Copyable {
  private let listener: NotificationListener
  private let report: (Observation) -> Void
  /// Called before a connection to this port goes on, so that somebody listens there.
  private let capture: (UInt16) -> Void
  /// The program of the thread that called last; most threads make many calls in a row.
  private var latest: (thread: Int32, program: String)?
  /// And its root directory: opening it anew costs more than all that is asked of it.
  private var latestRoot = Descriptor(owning: -1)
  private var latestRootThread: Int32 = -1
  private var reported = RepeatTable<Observation>(slots: ConfinementLimits.repeatedObservationSlots)

  package init(
    listener: consuming NotificationListener, report: @escaping (Observation) -> Void,
    capture: @escaping (UInt16) -> Void
  ) {
    self.listener = listener
    self.report = report
    self.capture = capture
  }

  /// Serves until nothing runs under the filter any more.
  package mutating func serve() {
    while let notification = listener.next() {
      let observation = observe(notification)
      // Before the call goes on: later, the caller may be gone and its number another's.
      if let observation, listener.isValid(notification) {
        take(observation)
      }
      listener.letGo(notification)
    }
  }

  private mutating func take(_ observation: Observation) {
    guard case .connected(_, _, let address, let transport) = observation else {
      if reported.insert(observation) { report(observation) }
      return
    }
    if transport == .stream, !address.isLoopback, address.port != 0 { capture(address.port) }
    report(observation)
  }

  private mutating func program(of caller: Caller) -> String {
    if let latest, latest.thread == caller.thread { return latest.program }
    let program = caller.program
    latest = (caller.thread, program)
    return program
  }

  private mutating func observe(_ notification: Notification) -> Observation? {
    let caller = Caller(thread: notification.thread)
    let arguments = notification.arguments
    switch notification.call {
    case .connect: return connection(of: caller, socket: arguments[0], at: arguments[1], length: arguments[2])
    case .sendto: return connection(of: caller, socket: arguments[0], at: arguments[4], length: arguments[5])
    case .execve: return execution(of: caller, directory: nil, path: arguments[0])
    case .execveat: return execution(of: caller, directory: arguments[0], path: arguments[1])
    case .open: return opening(of: caller, directory: nil, path: arguments[0], flags: arguments[1])
    case .creat: return opening(of: caller, directory: nil, path: arguments[0], flags: UInt64(O_CREAT))
    case .openat: return opening(of: caller, directory: arguments[0], path: arguments[1], flags: arguments[2])
    default: return nil
    }
  }

  private mutating func opening(of caller: Caller, directory: UInt64?, path: UInt64, flags: UInt64) -> Observation? {
    guard let path = absolutePath(of: caller, directory: directory, path: path) else { return nil }
    return .opened(
      process: caller.thread, program: program(of: caller), path: String(decoding: path, as: UTF8.self),
      forWriting: flags & OpenFlags.writing != 0, isThere: flags & UInt64(O_CREAT) != 0 || caller.finds(path))
  }

  private mutating func execution(of caller: Caller, directory: UInt64?, path: UInt64) -> Observation? {
    latest = nil
    latestRootThread = -1
    guard let path = absolutePath(of: caller, directory: directory, path: path, skippingRoutine: false),
      // A search along PATH tries many names that are not there.
      caller.finds(path)
    else { return nil }
    return .executed(process: caller.thread, program: String(decoding: path, as: UTF8.self))
  }

  private mutating func end(of path: [UInt8], as caller: Caller) -> [UInt8] {
    if latestRootThread != caller.thread {
      latestRoot = Descriptor(owning: caller.openRoot())
      latestRootThread = caller.thread
    }
    return caller.end(of: path, root: latestRoot.number)
  }

  private mutating func absolutePath(
    of caller: Caller, directory: UInt64?, path address: UInt64, skippingRoutine: Bool = true
  ) -> [UInt8]? {
    guard let path = caller.text(at: address) else { return nil }
    var base: [UInt8] = []
    if path.first != UInt8(ascii: "/") {
      let descriptor = directory.map { Int32(truncatingIfNeeded: $0) } ?? AT_FDCWD
      base = descriptor == AT_FDCWD ? caller.workingDirectory : caller.directory(descriptor)
    }
    // fexecve(3) names the descriptor alone.
    if path.isEmpty { return base.isEmpty ? nil : base }
    let absolute = ObservedPath.absolute(path, from: base)
    guard skippingRoutine else { return absolute }
    // Above a link is not where its name says.
    if !ObservedPath.stepsUp(path), ObservedPath.isRoutine(absolute) { return nil }
    let end = end(of: path.first == UInt8(ascii: "/") ? path : base + [UInt8(ascii: "/")] + path, as: caller)
    return ObservedPath.isRoutine(end) ? nil : end
  }

  private mutating func connection(
    of caller: Caller, socket: UInt64, at address: UInt64, length: UInt64
  ) -> Observation? {
    let raw = caller.memory(at: address, count: Int(min(length, UInt64(MemoryLayout<sockaddr_un>.size))))
    guard raw.count > 2 else { return nil }
    if raw[0] == UInt8(AF_UNIX), raw[1] == 0 {
      let name = raw[2...]
      let path = name.first == 0 ? [UInt8(ascii: "@")] + name.dropFirst() : Array(name.prefix { $0 != 0 })
      return .connectedLocally(
        process: caller.thread, program: program(of: caller), path: String(decoding: path, as: UTF8.self))
    }
    guard let to = InternetAddress(socketAddress: raw) else { return nil }
    return .connected(
      process: caller.thread, program: program(of: caller), to: to,
      over: caller.sendsDatagrams(on: Int32(truncatingIfNeeded: socket)) ? .datagram : .stream)
  }
}
