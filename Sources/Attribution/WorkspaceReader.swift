internal import Glibc

/// Reads the workspace's files into the index: folder by folder at first, then what changed. For one thread at a time.
struct WorkspaceReader: ~Copyable {
  private let paths: IndexedPaths
  private let index: SourceIndex
  private var reading = FileReading()
  private var watch = WorkspaceWatch()
  /// Above the workspace, where there is one: what it has stands for what the workspace has.
  private var layer: WorkspaceLayer?
  private var walk = WorkspaceWalk()
  /// Files of the folder that is being read, and the folder, open.
  private var files: [String] = []
  private var folder = ""
  private var directory: Int32 = -1
  private var root: Int32 = -1
  /// Files to read again, in the order in which they changed, each once.
  private var changed: [String] = []
  private var nextChanged = 0
  private var isChanged: Set<String> = []
  /// Those of them that the agent opened.
  private var isOpened: Set<String> = []
  /// What files that the agent opened were like when they were read, where the index has what was read.
  private var stamps: [String: FileStamp] = [:]
  private let settledAfter: Duration
  private var fileCount = 0
  private var hasBegun = false
  private(set) var isWalked = false
  /// Whether all of the workspace was read once.
  private var wasWalked = false

  init(_ paths: IndexedPaths, _ index: SourceIndex, layer: String? = nil, settledAfter: Duration) {
    self.settledAfter = settledAfter
    self.layer = layer.map { WorkspaceLayer($0) }
    self.paths = paths
    self.index = index
  }

  deinit {
    if directory >= 0 { close(directory) }
    if root >= 0 { close(root) }
  }

  /// Readable when files have changed.
  var descriptor: Int32 { watch.descriptor }

  /// Nothing is left to read for now.
  mutating func rest() {
    reading.rest()
    layer?.rest()
  }

  /// Whether no changed file is known that was not read.
  var isIdle: Bool { nextChanged >= changed.count }

  /// A second time does nothing.
  mutating func begin() {
    guard !hasBegun else { return }
    hasBegun = true
    root = Glibc.open(paths.workspace, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { return index.leaveOut(".", .unreadable) }
    _ = walk.add("")
  }

  /// Reads one file, or one folder's names.
  ///
  /// - Returns: false where nothing is left.
  mutating func step() -> Bool {
    if readNextChanged() { return true }
    if let file = files.popLast() {
      readWalked(file)
      return true
    }
    if directory >= 0 {
      close(directory)
      directory = -1
    }
    guard let next = walk.next() else {
      if !isWalked { index.begin() }
      isWalked = true
      wasWalked = true
      return false
    }
    enter(next)
    return true
  }

  private mutating func enter(_ path: String) {
    let opened = FileReading.openDirectory(path, below: root)
    let shown = path.isEmpty ? "." : path
    guard opened >= 0 else {
      if ![ENOENT, ENOTDIR, ELOOP].contains(errno) { index.leaveOut(shown, .unreadable) }
      return
    }
    // Watched first: what changes while it is read is read again. Where the system has no more watches, what changes later
    // would not be known.
    if !watch.add(path, directory: opened) { index.leaveOut(shown, .tooMany) }
    let prefix = path.isEmpty ? "" : path + "/"
    guard let entries = WorkspaceWalk.entries(of: opened) else {
      close(opened)
      return index.leaveOut(shown, .unreadable)
    }
    for name in entries.unnameable { index.leaveOut(prefix + name, .unreadable) }
    for name in entries.folders where !paths.isIgnored(paths.absolute(prefix + name)) { visit(prefix + name) }
    files = entries.files.reversed()
    folder = prefix
    directory = opened
  }

  private mutating func visit(_ path: String) {
    if !walk.add(path) { index.leaveOut(path, .tooMany) }
  }

  private mutating func readWalked(_ name: String) {
    let path = folder + name
    guard !paths.isIgnored(paths.absolute(path)) else { return }
    fileCount += 1
    guard fileCount <= AttributionLimits.files else { return index.leaveOut(path, .tooMany) }
    take(reading.read(name, in: directory), as: path)
  }

  /// Takes in what was written in the layer.
  ///
  /// - Returns: whether everything was looked at.
  mutating func refreshLayer(until deadline: ContinuousClock.Instant) -> Bool {
    layer?.refresh(into: index, until: deadline) ?? true
  }

  /// - Returns: the stamp of what was taken in.
  @discardableResult
  private func take(_ outcome: borrowing FileReading.Outcome, as path: String) -> FileStamp? {
    if let isCovered = layer?.covers(path), isCovered { return nil }
    switch outcome {
    case .text(let text, let stamp):
      index.take(path, text: text)
      return stamp
    case .refused(let reason?): index.leaveOut(path, reason)
    case .refused(nil), .gone: index.remove(path)
    }
    return nil
  }

  // MARK: Changes

  /// Takes note of what happened to files.
  mutating func hear() {
    for change in watch.changes() {
      switch change {
      case .written(let path), .gone(let path): note(path)
      case .appeared(let path):
        // A file that is only just made is read when it is written; a second name of one is there already.
        if isSecondName(path) { note(path) }
      case .newFolder(let path):
        guard let name = path.split(separator: "/").last, !WorkspaceWalk.skipped.contains(String(name)) else {
          continue
        }
        revisit(path)
      case .goneFolder(let path):
        watch.remove(under: path)
        index.remove(under: path)
      case .everything: revisit("")
      }
    }
  }

  /// For good: nobody asks for what the files hold any more.
  mutating func stopHearing() { watch.end() }

  private mutating func revisit(_ path: String) {
    visit(path)
    isWalked = false
  }

  private func isSecondName(_ path: String) -> Bool {
    var status = stat()
    return fstatat(root, path, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_nlink > 1
  }

  private mutating func note(_ path: String) {
    if isChanged.insert(path).inserted { changed.append(path) }
  }

  /// Takes note of files that the agent opened, by their names.
  mutating func open(_ names: [String]) {
    for name in names {
      note(name)
      isOpened.insert(name)
    }
  }

  /// Reads what changed. Folders that are new are read like it, but the first walk goes on behind.
  ///
  /// - Returns: whether everything that is known was read.
  mutating func readChanged(until deadline: ContinuousClock.Instant) -> Bool {
    while wasWalked ? step() : readNextChanged() {
      if ContinuousClock.now >= deadline { return isIdle && isWalked }
    }
    return isWalked
  }

  private mutating func readNextChanged() -> Bool {
    guard nextChanged < changed.count else { return false }
    let path = changed[nextChanged]
    nextChanged += 1
    isChanged.remove(path)
    if nextChanged == changed.count {
      changed = []
      nextChanged = 0
    }
    guard !paths.isIgnored(paths.absolute(path)) else { return true }
    guard isOpened.remove(path) != nil else {
      read(path)
      return true
    }
    // Programs that search open everything, again and again.
    if !isAsRead(path) {
      if stamps.count >= AttributionLimits.stampedFiles { stamps = [:] }
      stamps[path] = read(path).flatMap { $0.isSettled(after: settledAfter) ? $0 : nil }
    }
    index.noteOpened(path)
    return true
  }

  /// Whether the file is as it was when it was read last. What a layer stands above is always read.
  private func isAsRead(_ path: String) -> Bool {
    guard layer == nil, let stamp = stamps[path], index.holds(path) else { return false }
    return FileStamp(path, in: root) == stamp
  }

  @discardableResult
  private mutating func read(_ path: String) -> FileStamp? {
    path.hasPrefix("/") ? readOutside(path) : readInside(path)
  }

  private mutating func readInside(_ path: String) -> FileStamp? {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    let parent = FileReading.openDirectory(parts.dropLast().joined(separator: "/"), below: root)
    guard parent >= 0 else {
      index.remove(path)
      return nil
    }
    defer { close(parent) }
    return take(reading.read(String(name), in: parent), as: path)
  }

  private mutating func readOutside(_ path: String) -> FileStamp? {
    let paths = paths
    let outcome = reading.read(path, in: AT_FDCWD) { file in
      // Folders on the way may be links: what counts is where the file is.
      var name = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink("/proc/self/fd/\(file)", &name, Int(PATH_MAX))
      guard count > 0 else { return false }
      return paths.isOutsideAllowed(String(decoding: name[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return take(outcome, as: path)
  }
}
