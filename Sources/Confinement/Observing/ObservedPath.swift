/// Paths as system calls name them.
package enum ObservedPath {
  /// An absolute path without `.`, `..` and doubled slashes. Lexical: symbolic links are left as they were named.
  ///
  /// - Parameter base: the directory that a relative path starts from.
  package static func absolute(_ path: [UInt8], from base: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let full = path.first == slash ? path : base + [slash] + path
    if full.first == slash, !needsWork(full) { return full }
    var parts: [ArraySlice<UInt8>] = []
    for part in full.split(separator: slash) {
      if part.elementsEqual([UInt8(ascii: ".")]) { continue }
      if part.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return [slash] + parts.joined(separator: [slash])
  }

  /// Whether one of the names behind its slashes is empty, `.` or `..`.
  private static func needsWork(_ path: [UInt8]) -> Bool {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    // Of the name so far, as long as it has nothing but dots.
    var dots: Int? = nil
    for byte in path {
      if byte == slash {
        if let dots, dots <= 2 { return true }
        dots = 0
      } else {
        dots = byte == dot ? dots.map { $0 + 1 } : nil
      }
    }
    return path.count > 1 && dots.map { $0 <= 2 } ?? false
  }

  /// Whether it is one name, which neither stands for the directory that it is in nor for the one above.
  package static func isName(_ path: ArraySlice<UInt8>) -> Bool {
    let dot = UInt8(ascii: ".")
    let isDots = path.count <= 2 && path.allSatisfy { $0 == dot }
    return !isDots && !path.contains(UInt8(ascii: "/"))
  }

  /// Whether one of its names is `..`.
  package static func stepsUp(_ path: [UInt8]) -> Bool {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    var dots = 0
    for byte in path {
      if byte == slash {
        if dots == 2 { return true }
        dots = 0
      } else {
        dots = byte == dot && dots >= 0 ? dots + 1 : -1
      }
    }
    return dots == 2
  }

  /// Whether every program opens such files: the system's own, its devices and processes. Nobody is the wiser for
  /// reading of them. Only for paths without `..`.
  package static func isRoutine(_ path: [UInt8]) -> Bool {
    guard path.count > 4, path[0] == UInt8(ascii: "/") else { return false }
    return routine.contains { path.starts(with: $0) } && !mayLeadAway(path)
  }

  /// Where anybody may make links, and what links to the working directory, the root and open files of processes.
  private static func mayLeadAway(_ path: [UInt8]) -> Bool {
    if path.starts(with: sharedMemory) || path.starts(with: descriptors) { return true }
    guard path.starts(with: processes) else { return false }
    return path[processes.count...].split(separator: UInt8(ascii: "/")).dropFirst().contains { name in
      leading.contains { $0.elementsEqual(name) }
    }
  }

  private static let sharedMemory = Array("/dev/shm/".utf8)
  private static let descriptors = Array("/dev/fd/".utf8)
  private static let processes = Array("/proc/".utf8)
  private static let leading = ["cwd", "root", "fd"].map { Array($0.utf8) }

  private static let routine: [[UInt8]] = [
    "/usr/", "/lib", "/proc/", "/dev/", "/sys/", "/etc/ld.so", "/bin/", "/sbin/", "/.sallyport/",
  ].map { Array($0.utf8) }
}
