import Crypto
import Testing

@testable import Presentation

@Suite("The style sheet of the page")
struct ReportStyleTests {
  @Test("its hash is the one that the page's content policy names")
  func hash() {
    let sheet = ReportStyle.sheet.withUTF8Buffer { Array($0) }
    #expect(ReportStyle.hash == "sha256-" + Self.base64(Array(SHA256.hash(data: sheet))))
  }

  @Test("it asks for nothing from anywhere")
  func local() {
    let sheet = "\(ReportStyle.sheet)"
    for word in ["url(", "@import", "http", "//"] { #expect(!sheet.contains(word), "\(word)") }
  }

  /// RFC 4648 §4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0..<4 {
        text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : "=")
      }
    }
    return text
  }
}
