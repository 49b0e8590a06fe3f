internal import Presentation

/// Text that an agent or a server wrote, as it is shown on a terminal, on a page and as a difference.
enum ScreenTarget {
  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let shown = Sanitised(text).text
    for scalar in shown.unicodeScalars {
      try demand(scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value), "a control character is shown")
      try demand(
        !(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value), "reversed text")
    }
    try demand(shown.unicodeScalars.count <= 10 * (text.unicodeScalars.count + 1), "a text grows")
    try demand(Sanitised(shown, limit: .max).text == shown, "what is safe is changed again")
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    try checkDifference(from: lines[0], to: lines.count > 1 ? lines[1] : nil)
    let half = text.unicodeScalars.index(text.unicodeScalars.startIndex, offsetBy: text.unicodeScalars.count / 2)
    try checkDifference(from: String(text.unicodeScalars[..<half]), to: String(text.unicodeScalars[half...]))
  }

  private static func checkDifference(from old: String, to new: String?) throws {
    let difference = UnifiedDiff.text(from: old, to: new, name: "x")
    let isSame = new.map { Array($0.utf8) == Array(old.utf8) } ?? old.isEmpty
    try demand(difference.isEmpty == isSame, "a difference is told of equal texts, or none of others")
    let most = (old.utf8.count + (new?.utf8.count ?? 0)) * 60 + 200
    try demand(difference.utf8.count <= most, "a difference of \(difference.utf8.count) bytes")
  }
}
