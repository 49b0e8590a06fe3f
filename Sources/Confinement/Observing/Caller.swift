internal import CLinux
internal import Glibc

/// The thread whose system call waits: its memory and where it stands.
///
/// Kept while calls of the same thread follow each other, as they mostly do: to open its handles anew costs more than
/// all that is asked of them.
struct Caller: ~Copyable {
  private(set) var thread: Int32 = 0
  /// On its directory in /proc.
  private var directory = Descriptor(owning: -1)
  private var root = Descriptor(owning: -1)
  private var knownProgram: String?

  /// What a path leads to.
  struct End {
    /// Absolute, without links.
    let path: [UInt8]
    let isThere: Bool
  }

  /// From here on it is about this thread.
  mutating func turn(to thread: Int32) {
    guard thread != self.thread else { return }
    self.thread = thread
    forget()
  }

  /// It starts another program, or its number is another's by now.
  mutating func forget() {
    directory = Descriptor(owning: -1)
    root = Descriptor(owning: -1)
    knownProgram = nil
  }

  // MARK: Memory

  /// Up to `count` bytes; fewer where the memory ends, none where it cannot be read.
  func memory(at address: UInt64, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, cl_read_memory(thread, address, buffer.baseAddress, count))
    }
  }

  /// The bytes before the next zero; `nil` where there is none within a path's length.
  func text(at address: UInt64) -> [UInt8]? {
    // Most paths are short: the first look is cheap, and only if it does not suffice comes the long one.
    text(at: address, within: 256) ?? text(at: address, within: ConfinementLimits.pathBytes)
  }

  private func text(at address: UInt64, within count: Int) -> [UInt8]? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer -> [UInt8]? in
      let got = cl_read_memory(thread, address, buffer.baseAddress, count)
      guard got > 0, let end = buffer[..<got].firstIndex(of: 0) else { return nil }
      return Array(buffer[..<end])
    }
  }

  // MARK: Where it stands

  /// The program that it runs, as a path inside the sandbox; empty where it has gone.
  mutating func program() -> String { text(link("exe")) }

  /// The same, remembered until ``forget()``.
  mutating func rememberedProgram() -> String {
    if let knownProgram { return knownProgram }
    let program = program()
    knownProgram = program
    return program
  }

  mutating func workingDirectory() -> [UInt8] { link("cwd") }

  mutating func directory(_ descriptor: Int32) -> [UInt8] {
    read { cl_caller_descriptor($0, descriptor, $1, $2) }
  }

  /// The socket that this descriptor of its stands for.
  func socket(_ descriptor: Int32) -> CallerSocket {
    CallerSocket(copy: Descriptor(owning: max(-1, cl_descriptor_copy(thread, descriptor))))
  }

  /// Whether it would find a file at this absolute path.
  func finds(_ path: [UInt8]) -> Bool { access("/proc/\(thread)/root" + text(path), F_OK) == 0 }

  /// Where the kernel would end up on the way to this absolute path.
  ///
  /// - Parameter known: how much of it, up to a slash, the kernel itself has told: there is no link in it.
  mutating func end(of path: [UInt8], known: Int = 0) -> End {
    // Whose links these are depends on who asks.
    let followed = path.starts(with: Self.processes) ? cl_path_linked : follow(path, known: known)
    if followed == cl_path_plain || followed == cl_path_absent {
      return End(path: ObservedPath.absolute(path, from: []), isThere: followed == cl_path_plain)
    }
    let end = walk(path)
    return End(path: end, isThere: finds(end))
  }

  private mutating func follow(_ path: [UInt8], known: Int) -> cl_path {
    if root.number < 0 { root = Descriptor(owning: max(-1, cl_caller_root(handle()))) }
    let isName = known > 0 && ObservedPath.isName(path[min(known + 1, path.count)...])
    return path.withUnsafeBufferPointer { path in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: path.count + 1) { buffer in
        guard let start = buffer.baseAddress, let bytes = path.baseAddress else { return cl_path_unseen }
        memcpy(start, bytes, path.count)
        start[path.count] = 0
        return isName ? cl_name_follow(root.number, start) : cl_path_follow(root.number, start)
      }
    }
  }

  private mutating func walk(_ path: [UInt8]) -> [UInt8] {
    PathWalk.end(of: path) { link(at: $0) }
  }

  private mutating func link(at path: [UInt8]) -> [UInt8]? {
    for own in Self.own where path.starts(with: own) {
      let rest = path.dropFirst(own.count)
      if rest.isEmpty { return nil }
      guard rest.first == UInt8(ascii: "/") else { continue }
      let names = text(Array(rest)).split(separator: "/")
      // Its threads are numbered otherwise in there; directory, root and files are nearly always common to them.
      let common = names.first == "task" ? names.dropFirst(2) : names[...]
      return common.isEmpty ? nil : nonEmpty(link(common.joined(separator: "/")))
    }
    return nonEmpty(link("root" + text(path)))
  }

  private func nonEmpty(_ bytes: [UInt8]) -> [UInt8]? { bytes.isEmpty ? nil : bytes }

  private static let processes = Array("/proc/".utf8)
  private static let own = ["/proc/self", "/proc/thread-self"].map { Array($0.utf8) }

  // MARK: Its directory in /proc

  private mutating func handle() -> CInt {
    if directory.number < 0 { directory = Descriptor(owning: max(-1, cl_open_caller(thread))) }
    return directory.number
  }

  private mutating func link(_ name: String) -> [UInt8] { read { cl_caller_link($0, name, $1, $2) } }

  private mutating func read(_ body: (CInt, UnsafeMutablePointer<CChar>, Int) -> Int) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ConfinementLimits.pathBytes) { buffer in
      guard let start = buffer.baseAddress else { return [] }
      return start.withMemoryRebound(to: CChar.self, capacity: buffer.count) { characters in
        var count = body(handle(), characters, buffer.count)
        if count == -Int(ESRCH) {
          // The one that the handle is about has gone; whoever calls has its number now.
          forget()
          count = body(handle(), characters, buffer.count)
        }
        return Array(buffer[..<max(0, count)])
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
