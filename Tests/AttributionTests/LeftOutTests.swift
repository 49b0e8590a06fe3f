internal import Evidence
internal import Glibc
internal import Testing

@testable import Attribution

/// A folder that is there for one test.
private final class Folder {
  let path: String
  private var made: [[CChar]] = []

  init() {
    var name = Array("/var/tmp/attribution-XXXXXX".utf8CString)
    path = name.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    for name in made.reversed() { _ = name.withUnsafeBufferPointer { $0.baseAddress.map { remove($0) } } }
    rmdir(path)
  }

  func write(_ name: String, _ text: String) {
    var name = Array((path + "/" + name).utf8CString)
    write(&name, text)
  }

  func write(_ name: inout [CChar], _ text: String) {
    made.append(name)
    let file = open(&name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    var text = text
    text.withUTF8 { _ = Glibc.write(file, $0.baseAddress, $0.count) }
  }

  func makeFolder(_ name: String) {
    made.append(Array((path + "/" + name).utf8CString))
    mkdir(path + "/" + name, 0o700)
  }

  /// What the index has once all of it was read.
  func read() async -> IndexContents {
    let index = SourceIndex()
    let indexer = WorkspaceIndexer(workspace: path, into: index)
    indexer.start()
    await withCheckedContinuation { continuation in
      indexer.whenReady(within: .seconds(60)) { _ in continuation.resume() }
    }
    indexer.stop()
    return index.contents
  }
}

@Test("folders too deep to be read are told, and so is that something is missing")
func deepFoldersAreTold() async {
  let folder = Folder()
  var path = ""
  for _ in 0...AttributionLimits.folderDepth {
    path += path.isEmpty ? "d" : "/d"
    folder.makeFolder(path)
  }
  let contents = await folder.read()
  #expect(contents.leftOut == [.init(path: path, reason: .tooMany)])
  #expect(!contents.isComplete)
}

@Test("files and folders whose names are no UTF-8 are told")
func namesThatAreNoTextAreTold() async {
  let folder = Folder()
  folder.write("a.txt", "some text\n")
  var name = Array(folder.path.utf8CString.dropLast()) + [0x2f, 0x62, CChar(bitPattern: 0xff), 0]
  folder.write(&name, "some other text\n")
  let contents = await folder.read()
  #expect(contents.files == 1)
  #expect(contents.leftOut == [.init(path: "b\u{fffd}", reason: .unreadable)])
  #expect(!contents.isComplete)
}

@Test("what was left out of a folder is forgotten with the folder")
func leftOutFilesGoWithTheirFolder() {
  let index = SourceIndex([:])
  index.leaveOut("old/large.txt", .tooLarge)
  index.leaveOut("older/large.txt", .tooLarge)
  index.remove(under: "old")
  #expect(index.contents.leftOut.map(\.path) == ["older/large.txt"])
}

@Test("a message that asks for more comparisons than are made is said not to be compared in full")
func exhaustedComparisonsAreTold() {
  // Each of the files has every first line and one of the others, so that each of the others leads to all of it.
  let count = 500
  let first = (0..<count).map { "alpha line of bait \($0) stands" }
  let other = (0..<count).map { "other line of bait \($0) lies" }
  var files: [String: String] = [:]
  for place in 0..<count {
    files["bait\(place).txt"] = (first[...place] + [other[place]] + first[(place + 1)...]).joined(separator: "\n")
  }
  let message = zip(first, other).map { "\($0)\n\($1)\n" }.joined()
  #expect(attribute(message.utf8, SourceIndex(files)).gap == .messageTooLarge)
  #expect(attribute(first.joined(separator: "\n").utf8, SourceIndex(files)).gap == nil)
}
