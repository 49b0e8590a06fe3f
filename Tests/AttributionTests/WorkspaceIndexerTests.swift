internal import Attribution
internal import Evidence
internal import Glibc
internal import Synchronization
internal import Testing

/// Files in a folder of their own, indexed as in a run.
@Suite struct WorkspaceIndexerTests {
  /// A folder that goes with the test.
  final class Folder {
    let path: String

    init() throws {
      var template = Array("/tmp/sallyport-attribution-XXXXXX".utf8CString)
      path = try #require(mkdtemp(&template)).withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
    }

    deinit { _ = Folder.remove(path) }

    private static func remove(_ path: String) -> Bool {
      guard let stream = opendir(path) else { return unlink(path) == 0 }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != "..", unlink(path + "/" + name) != 0 { _ = remove(path + "/" + name) }
      }
      return rmdir(path) == 0
    }

    func write(_ name: String, _ text: String) throws {
      var parent = path
      for part in name.split(separator: "/").dropLast() {
        parent += "/" + part
        mkdir(parent, 0o755)
      }
      let file = try #require(fopen(path + "/" + name, "w"))
      fputs(text, file)
      fclose(file)
    }
  }

  /// An indexer that has read everything.
  private static func indexer(
    _ folder: Folder, _ index: SourceIndex, ignoring: [String] = [],
    settledAfter: Duration = AttributionLimits.settledFile
  ) -> WorkspaceIndexer {
    let indexer = WorkspaceIndexer(
      workspace: folder.path, into: index, ignoring: ignoring, settledAfter: settledAfter)
    indexer.start()
    let isReady = Mutex<Bool?>(nil)
    let gate = Gate()
    indexer.whenReady(within: .seconds(60)) { ready in
      isReady.withLock { $0 = ready }
      gate.open()
    }
    gate.wait()
    #expect(isReady.withLock { $0 } == true)
    return indexer
  }

  /// Waits for a call from another thread.
  private final class Gate: Sendable {
    private let ends: (Int32, Int32)

    init() {
      var ends: [Int32] = [-1, -1]
      pipe(&ends)
      self.ends = (ends[0], ends[1])
    }

    deinit {
      close(ends.0)
      close(ends.1)
    }

    func open() {
      var byte: UInt8 = 1
      write(ends.1, &byte, 1)
    }

    func wait() {
      var byte: UInt8 = 0
      read(ends.0, &byte, 1)
    }
  }

  @Test("a workspace is read with its folders, but not what version control keeps and what is to be ignored")
  func walk() throws {
    let folder = try Folder()
    try folder.write("relay.py", Sample.server)
    try folder.write("Sources/deep/SettingReader.swift", Sample.parser)
    try folder.write(".git/COMMIT_EDITMSG", Sample.parser)
    try folder.write("agent/secret.py", Sample.server)
    let index = SourceIndex()
    let indexer = Self.indexer(folder, index, ignoring: [folder.path + "/agent"])
    defer { indexer.stop() }
    #expect(index.contents.files == 2)
    #expect(attribute(Array(Sample.parser.utf8), index).places == ["Sources/deep/SettingReader.swift:1-22"])
  }

  @Test("what a layer above the workspace holds is told under the workspace's names, and stands for what is below it")
  func layer() throws {
    let (folder, layer) = (try Folder(), try Folder())
    try folder.write("src/own.py", Sample.server)
    let index = SourceIndex()
    let indexer = WorkspaceIndexer(workspace: folder.path, layer: layer.path, into: index)
    indexer.start()
    defer { indexer.stop() }
    while !indexer.isReady { usleep(1000) }
    try layer.write("src/own.py", Sample.parser)
    try layer.write("new/deep.py", Sample.server)
    indexer.settle()
    #expect(attribute(Array(Sample.parser.utf8), index).places == ["src/own.py:1-22"])
    // What was there before the change is not read again, whatever happens below.
    try folder.write("src/own.py", Sample.server + "\n")
    indexer.settle()
    #expect(attribute(Array(Sample.parser.utf8), index).places == ["src/own.py:1-22"])
    #expect(index.contents.files == 2)
  }

  @Test("links out of the workspace, pipes and loops are not followed")
  func links() throws {
    let outside = try Folder()
    try outside.write("relay.py", Sample.server)
    let folder = try Folder()
    try folder.write("own.py", Sample.parser)
    symlink(outside.path, folder.path + "/linked")
    symlink(outside.path + "/relay.py", folder.path + "/relay.py")
    symlink(folder.path, folder.path + "/loop")
    mkfifo(folder.path + "/pipe", 0o600)
    let index = SourceIndex()
    let indexer = Self.indexer(folder, index)
    defer { indexer.stop() }
    #expect(index.contents.files == 1)
    #expect(attribute(Array(Sample.server.utf8), index).sources.isEmpty)
  }

  @Test("a change made before a message begins is taken in when it begins")
  func changes() throws {
    let folder = try Folder()
    try folder.write("relay.py", Sample.parser)
    let index = SourceIndex()
    let indexer = Self.indexer(folder, index)
    defer { indexer.stop() }
    try folder.write("relay.py", Sample.server)
    try folder.write("new/folder/SettingReader.swift", Sample.parser)
    while !indexer.settle() {}
    #expect(attribute(Array(Sample.server.utf8), index).sources.map(\.version) == [2])
    #expect(attribute(Array(Sample.parser.utf8), index).places == ["new/folder/SettingReader.swift:1-22"])
    rename(folder.path + "/relay.py", folder.path + "/shouter.py")
    unlink(folder.path + "/new/folder/SettingReader.swift")
    while !indexer.settle() {}
    #expect(attribute(Array(Sample.server.utf8), index).places == ["shouter.py:1-20"])
    #expect(attribute(Array(Sample.parser.utf8), index).sources.map(\.version) == [1])
    rename(folder.path + "/new", folder.path + "/other")
    try folder.write("other/folder/again.swift", Sample.parser)
    while !indexer.settle() {}
    #expect(attribute(Array(Sample.parser.utf8), index).places == ["other/folder/again.swift:1-22"])
  }

  @Test(
    "a file outside that the agent opens is indexed by its absolute path, unless it is the system's or a link to it")
  func opened() throws {
    let outside = try Folder()
    try outside.write("notes.py", Sample.server)
    symlink("/etc/passwd", outside.path + "/link")
    let folder = try Folder()
    let index = SourceIndex()
    let indexer = Self.indexer(folder, index)
    defer { indexer.stop() }
    indexer.opened([
      outside.path + "/notes.py", outside.path + "/link", "/proc/self/status", "/usr/share/dict/words",
    ])
    while !indexer.settle() {}
    #expect(index.contents.files == 1)
    #expect(attribute(Array(Sample.server.utf8), index).places == ["\(outside.path)/notes.py:1-20"])
  }

  @Test(
    "a file that changed within the last seconds is read each time that it is opened, an older one where it looks changed",
    arguments: [true, false])
  func silentChange(isSettled: Bool) throws {
    let folder = try Folder()
    try folder.write("relay.py", Sample.server)
    let index = SourceIndex()
    let indexer = Self.indexer(folder, index, settledAfter: isSettled ? .zero : AttributionLimits.settledFile)
    defer { indexer.stop() }
    let size = Sample.server.utf8.count
    let file = open(folder.path + "/relay.py", O_RDWR)
    defer { close(file) }
    let mapping = try #require(mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
    defer { munmap(mapping, size) }
    // Becomes dirty, which its time tells; what is written into the same page after that is silent.
    memcpy(mapping, Sample.server, size)
    let take = {
      indexer.opened([folder.path + "/relay.py"])
      while !indexer.settle() {}
    }
    take()
    #expect(index.lineCount(of: "relay.py", version: 1) == 20)
    memset(mapping, Int32(UInt8(ascii: "x")), size)
    take()
    #expect(index.lineCount(of: "relay.py", version: 2) == (isSettled ? nil : 1))
    try folder.write("relay.py", Sample.parser)
    take()
    #expect(attribute(Array(Sample.parser.utf8), index).sources.count == 1)
  }

  @Test("who waits for an indexer that has stopped is answered")
  func stopped() throws {
    let folder = try Folder()
    let indexer = WorkspaceIndexer(workspace: folder.path, into: SourceIndex())
    indexer.stop()
    let answer = Mutex<Bool?>(nil)
    indexer.whenReady(within: .seconds(60)) { ready in answer.withLock { $0 = ready } }
    #expect(answer.withLock { $0 } == false)
  }
}
