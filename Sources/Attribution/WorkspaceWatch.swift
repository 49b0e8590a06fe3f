internal import Glibc

/// Hears of changes in folders.
struct WorkspaceWatch: ~Copyable {
  /// What became of a file or a folder.
  enum Change: Hashable {
    case written(String)
    /// A new name of a file that may have had another before.
    case appeared(String)
    case gone(String)
    case newFolder(String)
    case goneFolder(String)
    /// More happened than the system remembers.
    case everything
  }

  private var queue: Int32
  private var folders: [Int32: String] = [:]

  private static let wanted = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_EXCL_UNLINK | IN_ONLYDIR)

  /// Nothing is heard where the system has no more queues.
  init() { queue = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }

  deinit { if queue >= 0 { close(queue) } }

  mutating func end() {
    if queue >= 0 { close(queue) }
    queue = -1
    folders = [:]
  }

  /// Readable when there are changes.
  var descriptor: Int32 { queue }

  /// - Returns: false where the system has no more watches.
  mutating func add(_ path: String, directory: Int32) -> Bool {
    guard queue >= 0 else { return false }
    let watch = inotify_add_watch(queue, "/proc/self/fd/\(directory)", Self.wanted)
    guard watch >= 0 else { return false }
    folders[watch] = path
    return true
  }

  mutating func remove(under path: String) {
    for (watch, folder) in folders where folder == path || folder.hasPrefix(path + "/") {
      inotify_rm_watch(queue, watch)
      folders[watch] = nil
    }
  }

  /// What happened since the last time; one read of the system where nothing did.
  mutating func changes() -> [Change] {
    guard queue >= 0 else { return [] }
    var found: [Change] = []
    withUnsafeTemporaryAllocation(byteCount: Self.bufferBytes, alignment: 8) { buffer in
      guard let start = buffer.baseAddress else { return }
      while true {
        let count = read(queue, start, buffer.count)
        guard count > 0 else { return }
        var offset = 0
        while offset + Self.headBytes <= count {
          let event = (start + offset).load(as: inotify_event.self)
          let name =
            event.len > 0 ? String(cString: (start + offset + Self.headBytes).assumingMemoryBound(to: CChar.self)) : ""
          if let change = change(event, name) { found.append(change) }
          offset += Self.headBytes + Int(event.len)
        }
        if count < buffer.count / 2 { return }
      }
    }
    return found
  }

  private static let bufferBytes = 64 * 1024
  private static let headBytes = MemoryLayout<inotify_event>.size

  private mutating func change(_ event: inotify_event, _ name: String) -> Change? {
    let mask = event.mask
    if mask & UInt32(IN_Q_OVERFLOW) != 0 { return .everything }
    if mask & UInt32(IN_IGNORED) != 0 {
      folders[event.wd] = nil
      return nil
    }
    guard let folder = folders[event.wd], !name.isEmpty else { return nil }
    let path = folder.isEmpty ? name : folder + "/" + name
    let isFolder = mask & UInt32(IN_ISDIR) != 0
    if mask & UInt32(IN_MOVED_FROM | IN_DELETE) != 0 { return isFolder ? .goneFolder(path) : .gone(path) }
    if isFolder { return mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 ? .newFolder(path) : nil }
    return mask & UInt32(IN_CREATE) != 0 ? .appeared(path) : .written(path)
  }
}
