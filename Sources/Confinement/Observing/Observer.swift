internal import Glibc

/// Answers the notifications of one filter: reads what each call is about, reports it, lets it go.
///
/// Lives on one thread of its own. The answer is always "go on": this observes, other layers enforce.
package struct Observer: ~Copyable {
  private let listener: NotificationListener
  private let report: (Observation) -> Void
  /// Called before a connection to this port goes on, so that somebody listens there.
  private let capture: (UInt16) -> Void
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
        if case .connected(_, _, let address) = observation, !address.isLoopback, address.port != 0 {
          capture(address.port)
        }
        if reported.insert(observation) { report(observation) }
      }
      listener.letGo(notification)
    }
  }

  private func observe(_ notification: Notification) -> Observation? {
    let caller = Caller(thread: notification.thread)
    let arguments = notification.arguments
    switch notification.call {
    case .connect: return connection(of: caller, at: arguments[1], length: arguments[2])
    case .execve: return execution(of: caller, directory: nil, path: arguments[0])
    case .execveat: return execution(of: caller, directory: arguments[0], path: arguments[1])
    case .open: return opening(of: caller, directory: nil, path: arguments[0], flags: arguments[1])
    case .creat: return opening(of: caller, directory: nil, path: arguments[0], flags: UInt64(O_CREAT))
    case .openat: return opening(of: caller, directory: arguments[0], path: arguments[1], flags: arguments[2])
    case .openat2:
      // struct open_how begins with its flags (openat2(2)).
      let flags = caller.word(at: arguments[2])
      return opening(of: caller, directory: arguments[0], path: arguments[1], flags: flags)
    default: return nil
    }
  }

  private func opening(of caller: Caller, directory: UInt64?, path: UInt64, flags: UInt64) -> Observation? {
    guard let path = absolutePath(of: caller, directory: directory, path: path) else { return nil }
    return .opened(
      process: caller.thread, program: caller.program, path: String(decoding: path, as: UTF8.self),
      forWriting: flags & OpenFlags.writing != 0)
  }

  private func execution(of caller: Caller, directory: UInt64?, path: UInt64) -> Observation? {
    guard let path = absolutePath(of: caller, directory: directory, path: path, skippingRoutine: false),
      // A search along PATH tries many names that are not there.
      caller.finds(path)
    else { return nil }
    return .executed(process: caller.thread, program: String(decoding: path, as: UTF8.self))
  }

  private func absolutePath(
    of caller: Caller, directory: UInt64?, path address: UInt64, skippingRoutine: Bool = true
  ) -> [UInt8]? {
    let raw = caller.memory(at: address, count: ConfinementLimits.pathBytes)
    guard let end = raw.firstIndex(of: 0) else { return nil }
    let path = Array(raw[..<end])
    let parent = [UInt8(ascii: "."), UInt8(ascii: ".")]
    let isAbsolute = path.first == UInt8(ascii: "/")
    if isAbsolute, skippingRoutine, ObservedPath.isRoutine(path), !path.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual(parent) }) {
      return nil
    }
    var base: [UInt8] = []
    if !isAbsolute {
      let descriptor = directory.map { Int32(truncatingIfNeeded: $0) } ?? AT_FDCWD
      base = descriptor == AT_FDCWD ? caller.workingDirectory : caller.directory(descriptor)
    }
    // fexecve(3) names the descriptor alone.
    if path.isEmpty { return base.isEmpty ? nil : base }
    let absolute = ObservedPath.absolute(path, from: base)
    return skippingRoutine && ObservedPath.isRoutine(absolute) ? nil : absolute
  }

  private func connection(of caller: Caller, at address: UInt64, length: UInt64) -> Observation? {
    let raw = caller.memory(at: address, count: Int(min(length, UInt64(MemoryLayout<sockaddr_un>.size))))
    guard raw.count > 2 else { return nil }
    if raw[0] == UInt8(AF_UNIX), raw[1] == 0 {
      let name = raw[2...]
      let path = name.first == 0 ? [UInt8(ascii: "@")] + name.dropFirst() : Array(name.prefix { $0 != 0 })
      return .connectedLocally(
        process: caller.thread, program: caller.program, path: String(decoding: path, as: UTF8.self))
    }
    guard let to = InternetAddress(socketAddress: raw) else { return nil }
    return .connected(process: caller.thread, program: caller.program, to: to)
  }
}
