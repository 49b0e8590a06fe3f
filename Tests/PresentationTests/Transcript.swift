import Glibc
import Testing

/// A rendering kept as a file beside the tests, to be read by people and compared by machines.
///
/// The escape character stands as `␛` in the file. With `SALLYPORT_RECORD=1` in the environment the files are
/// written anew; the difference is then for a person to read.
struct Transcript {
  let name: String

  func matches(_ text: String, at location: SourceLocation = #_sourceLocation) {
    let visible = String(text.map { $0 == "\u{1B}" ? "␛" : $0 })
    if getenv("SALLYPORT_RECORD") != nil { record(visible) }
    #expect(visible == stored, "differs from Transcripts/\(name).txt", sourceLocation: location)
  }

  private var path: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/Transcripts/\(name).txt"
  }

  private var stored: String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private func record(_ text: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, file)
  }
}
