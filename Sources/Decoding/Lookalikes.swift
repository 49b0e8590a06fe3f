/// Letters of other scripts that look like letters of ASCII (Unicode Technical Standard 39, confusables), those of two
/// bytes: Cyrillic, Greek, Armenian and a few of Latin.
enum Lookalikes {
  /// The letter of ASCII that a character of two bytes looks like.
  @inline(__always)
  static func letter(_ first: UInt8, _ second: UInt8) -> UInt8? {
    guard (0xc2...0xdf).contains(first), second & 0xc0 == 0x80 else { return nil }
    let letter = table[Int(first - 0xc2) << 6 | Int(second & 0x3f)]
    return letter == 0 ? nil : letter
  }

  /// Each ASCII letter, then those that look like it.
  private static let groups = [
    "AАΑ", "BВΒ", "CСϹ", "EЕΕ", "FϜ", "GԌ", "HНΗ", "IІΙӀ", "JЈͿ", "KКΚ", "MМΜ", "NΝ",
    "OОΟՕ", "PРΡ", "QԚ", "SЅՏ", "TТΤ", "UՍ", "VѴ", "WԜ", "XХΧ", "YҮΥУ", "ZΖ", "aаαɑ",
    "bЬƄ", "cсϲ", "dԁ", "eеҽ", "gɡց", "hһհ", "iіιı", "jјϳ", "kκк", "lӏ", "nոη", "oоοօ",
    "pрρ", "qԛզ", "rг", "sѕ", "tτт", "uυսц", "vνѵ", "wԝω", "xхχ", "yуγ", "zᴢ", "nп",
  ]

  // Written once, before first use, then only read.
  nonisolated(unsafe) private static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 30 * 64)
    table.initialize(repeating: 0, count: 30 * 64)
    for group in groups {
      guard let letter = group.utf8.first else { continue }
      for scalar in group.unicodeScalars.dropFirst() where (0x80..<0x800).contains(scalar.value) {
        table[Int(scalar.value) - 0x80] = letter
      }
    }
    return UnsafePointer(table)
  }()
}
