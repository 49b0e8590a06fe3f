/// Tells a value that somebody chose or generated from one that stands for another.
enum PasswordShape {
  /// Words that documentation and templates put in a secret's place.
  private static let placeholders = [
    "example", "changeme", "change_me", "change-me", "placeholder", "redacted", "your_", "your-", "yourpass",
    "yoursecret",
    "yourtoken", "yourkey", "your", "dummy", "xxxx", "****", "....", "todo", "fixme", "insert", "replace", "undefined",
    "password", "passwd", "secret", "mypass", "hunter2", "token", "sample", "notreal", "goes_here", "goes-here",
  ]
  static let shortest = 6

  /// A password in a place where only one can stand: a URL, `.netrc`, basic authentication.
  static func password(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard !isReference(text), !isPlaceholder(text), distinctCount(text) > 2 else { return .refuted }
    return .confirmed
  }

  /// A value assigned to a name that sounds like a secret's.
  static func assignedValue(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count >= shortest, !isReference(text), !isPlaceholder(text), !isIdentifier(text), !isPathLike(text),
      !isUUID(text)
    else { return .refuted }
    return .confirmed
  }

  /// Letters and digits both: a word or a number alone has the shape of many keys and is none.
  static func mixed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let hasLetter = text.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
    let hasDigit = text.contains { (0x30...0x39).contains($0) }
    return hasLetter && hasDigit && distinctCount(text) > 6 ? .confirmed : .refuted
  }

  /// What every detector refuses: the word EXAMPLE, or hardly any different characters.
  static func isSample(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    contains(text, "example") || distinctCount(text) <= 3
  }

  /// `$NAME`, `${…}`, `{{…}}`, `<…>`, `%s`, a call: it stands for a value.
  private static func isReference(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return true }
    if [UInt8(ascii: "$"), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "[")].contains(first) {
      return true
    }
    return last == UInt8(ascii: ")") || contains(text, "${") || contains(text, "{{") || contains(text, "env.")
      || contains(text, "environ") || contains(text, "getenv")
  }

  private static func isPlaceholder(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    placeholders.contains { contains(text, $0) }
  }

  /// `snake_case`, `kebab-case`, `dotted.name`, `camelCase`: words, so no digits between them and nothing else.
  private static func isIdentifier(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { byte in
      let letter = byte | 0x20
      return letter >= 0x61 && letter <= 0x7a || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }
  }

  private static func isPathLike(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    contains(text, "://") || text.starts(with: "arn:".utf8) || text.starts(with: "/".utf8)
      || text.starts(with: "./".utf8)
      || text.starts(with: "~/".utf8)
  }

  /// RFC 9562 §4: 8-4-4-4-12 hexadecimal digits.
  private static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 36 && [8, 13, 18, 23].allSatisfy { text[$0] == UInt8(ascii: "-") }
      && text.allSatisfy { $0 == UInt8(ascii: "-") || Character(Unicode.Scalar($0)).isHexDigit }
  }

  /// - Parameter word: lower case.
  private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: String) -> Bool {
    let wanted = word.utf8
    guard text.count >= wanted.count else { return false }
    return (0...text.count - wanted.count).contains { start in
      zip(text[start...], wanted).allSatisfy { lowered($0) == $1 }
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }

  static func distinctCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var set = ByteSet()
    for byte in text { set.insert(byte) }
    return set.count
  }

  /// Shannon entropy in bits per byte.
  static func entropy(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    guard !text.isEmpty else { return 0 }
    var counts = [UInt8: Int]()
    for byte in text { counts[byte, default: 0] += 1 }
    let total = Double(text.count)
    return counts.values.reduce(0) { sum, count in
      let share = Double(count) / total
      return sum - share * Logarithm.base2(share)
    }
  }
}
