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
  /// Of the call that came last.
  private var caller = Caller()
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
      caller.turn(to: notification.thread)
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
    if reported.insert(observation, if: { listener.isValid(notification) }) { report(observation) }
  }

  private mutating func observe(_ notification: Notification) -> Observation? {
    let arguments = notification.arguments
    switch notification.call {
    case .openat: return opening(Place(arguments[0], arguments[1]), flags: arguments[2])
    case .open: return opening(Place(arguments[0]), flags: arguments[1])
    case .creat: return opening(Place(arguments[0]), flags: UInt64(O_CREAT))
    case .execve: return execution(of: Place(arguments[0]))
    case .execveat: return execution(of: Place(arguments[0], arguments[1]))
    case .rename: return naming(from: Place(arguments[0]), to: Place(arguments[1]))
    case .renameat, .renameat2:
      return naming(from: Place(arguments[0], arguments[1]), to: Place(arguments[2], arguments[3]))
    case .link: return naming(from: Place(arguments[0]), to: Place(arguments[1]))
    case .linkat: return naming(from: Place(arguments[0], arguments[1]), to: Place(arguments[2], arguments[3]))
    case .symlink: return naming(from: nil, to: Place(arguments[1]))
    case .symlinkat: return naming(from: nil, to: Place(arguments[1], arguments[2]))
    default: return nil
    }
  }

  /// A path as a call names it.
  private struct Place {
    /// What it starts from where it is relative.
    let directory: Int32
    /// Where it lies in the caller's memory.
    let address: UInt64

    init(_ directory: UInt64, _ address: UInt64) {
      self.directory = Int32(truncatingIfNeeded: directory)
      self.address = address
    }

    init(_ address: UInt64) {
      directory = AT_FDCWD
      self.address = address
    }
  }

  /// A link or a rename, which is of interest only where something guarded would come or go.
  private mutating func naming(from source: Place?, to target: Place) -> Observation? {
    let from = source.flatMap { nameItself($0) }
    if let goal = nameItself(target),
      writeGuard.covers(goal, comingFrom: from ?? [], finds: { from != nil && caller.finds($0) })
    {
      return refusal(of: goal)
    }
    if let from, writeGuard.covers(from) { return refusal(of: from) }
    return nil
  }

  private mutating func refusal(of path: [UInt8]) -> Observation {
    .refused(
      process: caller.thread, program: caller.rememberedProgram(), path: String(decoding: path, as: UTF8.self))
  }

  private mutating func opening(_ place: Place, flags: UInt64) -> Observation? {
    guard let (full, known) = fullPath(place) else { return nil }
    let end = caller.end(of: full, known: known)
    guard !ObservedPath.isRoutine(end.path) else { return nil }
    let isForWriting = flags & OpenFlags.writing != 0
    if isForWriting, writeGuard.covers(end.path) { return refusal(of: end.path) }
    guard level >= .files else { return nil }
    return .opened(
      process: caller.thread, program: caller.rememberedProgram(),
      path: String(decoding: end.path, as: UTF8.self), forWriting: isForWriting,
      isThere: flags & UInt64(O_CREAT) != 0 || end.isThere)
  }

  private mutating func execution(of place: Place) -> Observation? {
    caller.forget()
    guard let path = caller.text(at: place.address) else { return nil }
    let base = base(of: path, place)
    // fexecve(3) names the descriptor alone.
    let program = path.isEmpty ? base : ObservedPath.absolute(path, from: base)
    // A search along PATH tries many names that are not there.
    guard !program.isEmpty, caller.finds(program) else { return nil }
    return .executed(process: caller.thread, program: String(decoding: program, as: UTF8.self))
  }

  /// The name itself, whatever it leads to; `nil` for what is routine.
  private mutating func nameItself(_ place: Place) -> [UInt8]? {
    let slash = UInt8(ascii: "/")
    guard var (path, _) = fullPath(place) else { return nil }
    if path.last == slash { path.removeLast() }
    guard let cut = path.lastIndex(of: slash), cut > 0 else { return nil }
    return caller.end(of: Array(path[..<cut])).path + path[cut...]
  }

  /// An absolute path as it was named, with all its links, and how much of it the kernel has told; `nil` for what is
  /// routine by its name.
  private mutating func fullPath(_ place: Place) -> (path: [UInt8], known: Int)? {
    guard let path = caller.text(at: place.address) else { return nil }
    let base = base(of: path, place)
    if path.isEmpty { return base.isEmpty ? nil : (base, base.count) }
    let full = path.first == UInt8(ascii: "/") ? path : base + [UInt8(ascii: "/")] + path
    // Above a link is not where its name says.
    let isRoutine = !ObservedPath.stepsUp(path) && ObservedPath.isRoutine(ObservedPath.absolute(full, from: []))
    return isRoutine ? nil : (full, base.count)
  }

  /// The directory that a relative path starts from.
  private mutating func base(of path: [UInt8], _ place: Place) -> [UInt8] {
    if path.first == UInt8(ascii: "/") { return [] }
    return place.directory == AT_FDCWD ? caller.workingDirectory() : caller.directory(place.directory)
  }

  private mutating func takeConnection(_ notification: Notification, at address: UInt64, length: UInt64) {
    let raw = caller.memory(at: address, count: Int(min(length, UInt64(MemoryLayout<sockaddr_un>.size))))
    guard raw.count > 2 else { return }
    if raw[0] == UInt8(AF_UNIX), raw[1] == 0 {
      let local = Observation.connectedLocally(
        process: caller.thread, program: caller.rememberedProgram(), path: Self.localName(raw[2...]))
      return take(local, notification)
    }
    guard let to = InternetAddress(socketAddress: raw) else { return }
    // Looked up each time: where programs are not observed, nobody says that a thread runs another now.
    let program = caller.program()
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
