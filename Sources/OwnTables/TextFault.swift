/// Why the beginning of a file is no text of one byte or more for each character, as tables have to be.
struct TextFault {
  let sentence: String
  let remedy: String

  /// - Returns: `nil` for what may be a text: it has no zeros, which are in UTF-16 and in files for programs.
  init?(_ bytes: [UInt8]) {
    let (even, odd) = Self.zeros(bytes)
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      (sentence, remedy) = Self.utf16("UTF-16")
    } else if even + odd == 0 {
      return nil
    } else if 3 * odd > bytes.count, even == 0 {
      (sentence, remedy) = Self.utf16("UTF-16LE")
    } else if 3 * even > bytes.count, odd == 0 {
      (sentence, remedy) = Self.utf16("UTF-16BE")
    } else {
      (sentence, remedy) = ("is binary, no text.", "Write it as CSV, TSV or JSON; a spreadsheet can be exported so.")
    }
  }

  private static func utf16(_ name: String) -> (String, String) {
    ("is in UTF-16.", "Write it as UTF-8: iconv -f \(name) -t UTF-8.")
  }

  private static func zeros(_ bytes: [UInt8]) -> (even: Int, odd: Int) {
    var counts = [0, 0]
    for (index, byte) in bytes.enumerated() where byte == 0 { counts[index & 1] += 1 }
    return (counts[0], counts[1])
  }
}
