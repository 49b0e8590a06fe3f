internal import Documents
internal import Glibc
internal import Testing

@Suite("Reading files that somebody has named")
struct RegularFileTests {
  /// Made by a line of shell in a directory of the test's own.
  private func problem(_ line: String, limit: Int = 10) -> FileProblem? {
    var template = Array("/var/tmp/sallyport-documents-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    let root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { _ = system("rm -rf '\(root)'") }
    guard system("cd '\(root)' && \(line)") == 0 else { return nil }
    do throws(FileProblem) {
      _ = try RegularFile.text("\(root)/f", limit: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test("a file of just the limit is read, one byte more is too large")
  func limit() {
    #expect(problem("printf 0123456789 > f") == nil)
    #expect(problem("printf 0123456789x > f")?.code == .tooLarge)
  }

  @Test(
    "what is no file is told at once, whatever reading it would wait for or give",
    arguments: ["mkfifo f", "ln -s /dev/zero f", "mkdir f", "ln -s /dev/null f"])
  func notRegular(line: String) { #expect(problem(line)?.code == .notRegular) }

  @Test("what is not there, and a link to nothing, is missing", arguments: ["true", "ln -s none f"])
  func missing(line: String) { #expect(problem(line)?.code == .missing) }

  @Test("bytes that are no text are told")
  func notText() { #expect(problem("printf '\\377' > f")?.code == .notText) }
}
