internal import Glibc
internal import Testing

@testable import Attribution

@Suite struct FileStampTests {
  private static func status(written: Int, changed: Int) -> stat {
    var status = stat()
    status.st_mtim.tv_sec = written
    status.st_ctim.tv_sec = changed
    return status
  }

  @Test(
    "a file is settled when neither content nor permissions changed for a while, by its own clock or by the kernel's")
  func settled() {
    let now = time(nil)
    let settled = { (written: Int, changed: Int) in
      FileStamp(Self.status(written: written, changed: changed)).isSettled(after: .seconds(40))
    }
    #expect(settled(now - 60, now - 60))
    #expect(!settled(now - 60, now - 10))
    #expect(!settled(now - 10, now - 60))
    #expect(!settled(now + 60, now - 60))
    #expect(!settled(.max, now - 60))
    #expect(settled(.min / 1_000_000_000, now - 60))
  }

  @Test("what is not there has no stamp, and what took a file's place has another")
  func identity() throws {
    var template = Array("/tmp/sallyport-stamp-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let before = try #require(FileStamp(path, in: AT_FDCWD))
    #expect(FileStamp(path, in: AT_FDCWD) == before)
    #expect(write(file, "a", 1) == 1)
    close(file)
    #expect(FileStamp(path, in: AT_FDCWD) != before)
    #expect(FileStamp(path + ".not", in: AT_FDCWD) == nil)
  }
}
