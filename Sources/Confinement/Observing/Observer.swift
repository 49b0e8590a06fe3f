internal import Glibc

/// Answers the notifications of one filter: reads what each call is about, reports it, lets it go.
///
/// Lives on one thread of its own. The answer is "go on" but for guarded places: this observes, other layers enforce.
package struct Observer: ~Copyable {
  private let listener: NotificationListener
  private var programs: ProgramBookWriter
  private let writeGuard: WriteGuard
  private let level: ObservationLevel
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
    listener: consuming NotificationListener, programs: consuming ProgramBookWriter,
    writeGuard: WriteGuard = WriteGuard(), level: ObservationLevel = .files,
    report: @escaping (Observation) -> Void, capture: @escaping (UInt16) -> Void
  ) {
    self.listener = listener
    self.programs = programs
    self.writeGuard = writeGuard
    self.level = level
    self.report = report
    self.capture = capture
  }

  /// Serves until nothing runs under the filter any more.
  package mutating func serve() {
    while let notification = listener.next() {
      let arguments = notification.arguments
      switch notification.call {
      case .connect: takeConnection(notification, at: arguments[1], length: arguments[2])
      case .sendto: takeConnection(notification, at: arguments[4], length: arguments[5])
      default:
        guard let observation = observe(notification) else { break }
        take(observation, notification)
        if case .refused = observation {
          listener.refuse(notification, with: EPERM)
          continue
        }
      }
      listener.letGo(notification)
    }
  }

  private mutating func take(_ observation: Observation, _ notification: Notification) {
    // Asked before the call goes on: later, the caller may be gone and its number another's.
    if listener.isValid(notification), reported.insert(observation) { report(observation) }
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
    case .execve: return execution(of: caller, directory: nil, path: arguments[0])
    case .execveat: return execution(of: caller, directory: arguments[0], path: arguments[1])
    case .open: return opening(of: caller, directory: nil, path: arguments[0], flags: arguments[1])
    case .creat: return opening(of: caller, directory: nil, path: arguments[0], flags: UInt64(O_CREAT))
    case .openat: return opening(of: caller, directory: arguments[0], path: arguments[1], flags: arguments[2])
    case .rename: return naming(of: caller, from: (nil, arguments[0]), to: (nil, arguments[1]))
    case .renameat, .renameat2:
      return naming(of: caller, from: (arguments[0], arguments[1]), to: (arguments[2], arguments[3]))
    case .link: return naming(of: caller, from: (nil, arguments[0]), to: (nil, arguments[1]))
    case .linkat: return naming(of: caller, from: (arguments[0], arguments[1]), to: (arguments[2], arguments[3]))
    case .symlink: return naming(of: caller, from: nil, to: (nil, arguments[1]))
    case .symlinkat: return naming(of: caller, from: nil, to: (arguments[1], arguments[2]))
    default: return nil
    }
  }

  /// A link or a rename, which is of interest only where something guarded would come or go.
  private mutating func naming(
    of caller: Caller, from source: (directory: UInt64?, path: UInt64)?, to target: (directory: UInt64?, path: UInt64)
  ) -> Observation? {
    let from = source.flatMap { place(of: caller, $0.directory, $0.path) }
    let goal = place(of: caller, target.directory, target.path)
    if let goal, writeGuard.covers(goal, comingFrom: from ?? [], finds: { from != nil && caller.finds($0) }) {
      return refusal(of: goal, caller)
    }
    if let from, writeGuard.covers(from) { return refusal(of: from, caller) }
    return nil
  }

  private mutating func refusal(of path: [UInt8], _ caller: Caller) -> Observation {
    .refused(process: caller.thread, program: program(of: caller), path: String(decoding: path, as: UTF8.self))
  }

  /// The name itself, whatever it leads to.
  private mutating func place(of caller: Caller, _ directory: UInt64?, _ address: UInt64) -> [UInt8]? {
    absolutePath(of: caller, directory: directory, path: address, followsLast: false)
  }

  private mutating func opening(of caller: Caller, directory: UInt64?, path: UInt64, flags: UInt64) -> Observation? {
    guard let path = absolutePath(of: caller, directory: directory, path: path) else { return nil }
    if flags & OpenFlags.writing != 0, writeGuard.covers(path) { return refusal(of: path, caller) }
    guard level >= .files else { return nil }
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
    of caller: Caller, directory: UInt64?, path address: UInt64, skippingRoutine: Bool = true,
    followsLast: Bool = true
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
    let full = path.first == UInt8(ascii: "/") ? path : base + [UInt8(ascii: "/")] + path
    guard followsLast else { return parentResolved(full, as: caller) }
    let end = end(of: full, as: caller)
    return ObservedPath.isRoutine(end) ? nil : end
  }

  private mutating func parentResolved(_ path: [UInt8], as caller: Caller) -> [UInt8]? {
    let slash = UInt8(ascii: "/")
    let trimmed = path.last == slash ? Array(path.dropLast()) : path
    guard let cut = trimmed.lastIndex(of: slash), cut > 0 else { return nil }
    return end(of: Array(trimmed[..<cut]), as: caller) + trimmed[cut...]
  }

  private mutating func takeConnection(_ notification: Notification, at address: UInt64, length: UInt64) {
    let caller = Caller(thread: notification.thread)
    let raw = caller.memory(at: address, count: Int(min(length, UInt64(MemoryLayout<sockaddr_un>.size))))
    guard raw.count > 2 else { return }
    if raw[0] == UInt8(AF_UNIX), raw[1] == 0 {
      let local = Observation.connectedLocally(
        process: caller.thread, program: program(of: caller), path: Self.localName(raw[2...]))
      return take(local, notification)
    }
    guard let to = InternetAddress(socketAddress: raw) else { return }
    // Looked up each time: where programs are not observed, nobody says that a thread runs another now.
    let program = caller.program
    let socket = caller.socket(Int32(truncatingIfNeeded: notification.arguments[0]))
    // Only now it is certain that program and socket were the caller's.
    guard listener.isValid(notification) else { return }
    let transport: Transport = socket.sendsDatagrams ? .datagram : .stream
    if transport == .stream {
      socket.mark(programs.number(of: program))
      if !to.isLoopback, to.port != 0 { capture(to.port) }
    }
    report(.connected(process: caller.thread, program: program, to: to, over: transport))
  }

  private static func localName(_ name: ArraySlice<UInt8>) -> String {
    let path = name.first == 0 ? [UInt8(ascii: "@")] + name.dropFirst() : Array(name.prefix { $0 != 0 })
    return String(decoding: path, as: UTF8.self)
  }
}
