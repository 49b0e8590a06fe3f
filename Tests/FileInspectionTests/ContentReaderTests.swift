internal import FileInspection
internal import Glibc
internal import Testing

@Suite("Files that change while they are read")
struct ContentReaderTests {
  /// - Parameter change: made to the file after its first piece.
  private func read(_ files: Files, _ change: String) throws -> (bytes: Int, problem: String?) {
    try files.write([UInt8](repeating: 0x0a, count: 3 << 20), to: "a")
    let reader = ContentReader(.file(Array("\(files.root)/a".utf8CString)))
    var bytes = 0
    let problem = reader.read { piece in
      if bytes == 0 { files.shell(change) }
      bytes += piece.count
    }
    return (bytes, problem)
  }

  @Test("who writes on is not followed")
  func growing() throws {
    let read = try read(try Files(), "head -c 5000000 /dev/zero >> a")
    #expect(read.bytes == 3 << 20 && read.problem == nil)
  }

  @Test("of one that becomes shorter not all was seen")
  func shrinking() throws {
    let read = try read(try Files(), "truncate -s 1500000 a")
    #expect(read.bytes < 3 << 20 && read.problem == "became shorter while it was read")
  }

  @Test("files of the kernel's are read to their end, whatever their size is said to be")
  func withoutSize() throws {
    var text: [UInt8] = []
    #expect(ContentReader(.file(Array("/proc/self/status".utf8CString))).read { text += $0 } == nil)
    #expect(String(decoding: text, as: UTF8.self).hasPrefix("Name:"))
  }
}
