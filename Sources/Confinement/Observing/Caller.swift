internal import CLinux
internal import Glibc

/// The thread whose system call waits: its memory and where it stands.
struct Caller: Sendable {
  let thread: Int32

  /// Up to `count` bytes; fewer where the memory ends, none where it cannot be read.
  func memory(at address: UInt64, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, cl_read_memory(thread, address, buffer.baseAddress, count))
    }
  }

  /// The bytes before the next zero; `nil` where there is none within a path's length.
  func text(at address: UInt64) -> [UInt8]? {
    // Most paths are short: the first look is cheap, and only if it does not suffice comes the long one.
    for count in [256, ConfinementLimits.pathBytes] {
      var bytes = memory(at: address, count: count)
      if let end = bytes.firstIndex(of: 0) {
        bytes.removeSubrange(end...)
        return bytes
      }
    }
    return nil
  }

  /// The program that it runs, as a path inside the sandbox; empty where it has gone.
  var program: String { text(link("exe")) }

  var workingDirectory: [UInt8] { link("cwd") }

  func directory(_ descriptor: Int32) -> [UInt8] { link("fd/\(descriptor)") }

  /// The socket that this descriptor of its stands for.
  func socket(_ descriptor: Int32) -> CallerSocket {
    CallerSocket(copy: Descriptor(owning: max(-1, cl_descriptor_copy(thread, descriptor))))
  }

  /// Whether it would find a file at this absolute path.
  func finds(_ path: [UInt8]) -> Bool { access("/proc/\(thread)/root" + text(path), F_OK) == 0 }

  /// A handle on its root directory, -1 where it has gone.
  func openRoot() -> CInt { max(-1, cl_open_root(thread)) }

  /// Where the kernel would end up on the way to this absolute path.
  ///
  /// - Parameter root: a handle on its root directory.
  func end(of path: [UInt8], root: CInt) -> [UInt8] {
    let isPlain = !path.starts(with: Array("/proc/".utf8)) && cl_path_has_links(root, text(path)) == 0
    if isPlain { return ObservedPath.absolute(path, from: []) }
    return PathWalk { readLink(at: $0) }.end(of: path)
  }

  private func readLink(at path: [UInt8]) -> [UInt8]? {
    // Whose these are depends on who asks.
    for own in ["/proc/self", "/proc/thread-self"] where path.starts(with: Array(own.utf8)) {
      let rest = path.dropFirst(own.utf8.count)
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

  private func link(_ name: String) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: ConfinementLimits.pathBytes) { buffer, initialized in
      initialized = buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return max(0, readlink("/proc/\(thread)/\(name)", start, buffer.count))
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
