/// Tells a value that somebody chose or generated from one that stands for another.
enum PasswordShape {
  /// What stands in a secret's place in documentation and templates alone.
  private static let placeholders = [
    "example", "placeholder", "redacted", "dummy", "xxxx", "****", "....", "undefined", "notreal", "goes_here",
    "goes-here", "<your", "sample",
  ]
  /// Words that stand there, too, and in what people choose as well: they tell something where a text is made of words.
  static let placeholderWords = [
    "changeme", "change_me", "change-me", "your", "todo", "fixme", "insert", "replace", "password", "passwd", "secret",
    "mypass", "hunter2", "token",
  ]
  static let shortest = 6

  /// A password in a place where only one can stand: a URL, `.netrc`, basic authentication.
  static func password(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard !isReference(text), !isPlaceholder(text), distinctCount(text) > 2 else { return .refuted }
    return .confirmed
  }

  /// A value assigned to a name that sounds like a secret's.
  static func assignedValue(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count >= shortest, !isReference(text), !isPlaceholder(text), !isIdentifier(text), !isMember(text),
      !isMadeUpWord(text), !isPathLike(text), !isUUID(text)
    else { return .refuted }
    return .confirmed
  }

  /// Letters and digits both, or letters that make no words: a word or a number alone has the shape of many keys and is
  /// none.
  static func mixed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let hasLetter = text.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
    let hasDigit = text.contains { (0x30...0x39).contains($0) }
    guard hasLetter, distinctCount(text) > 6 else { return .refuted }
    return hasDigit || !LetterPairs.areWords(text) ? .confirmed : .refuted
  }

  /// What every detector refuses: the word EXAMPLE, or hardly any different characters.
  ///
  /// - Parameter beginning: so many bytes are the same in all secrets of the kind; they are not counted where enough
  ///   others are there.
  static func isSample(_ text: UnsafeBufferPointer<UInt8>, after beginning: Int = 0) -> Bool {
    let own = text.count - beginning >= fewestOwn ? UnsafeBufferPointer(rebasing: text[beginning...]) : text
    return contains(text, "example") || distinctCount(own) <= 3
  }

  /// Fewer characters may be as equal as that by chance.
  private static let fewestOwn = 8

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
    placeholders.contains { contains(text, $0) } || isSequence(text)
      || isMadeOfWords(text) && placeholderWords.contains { contains(text, $0) }
  }

  /// Whether it is words alone, one or several with the signs of names between them: `secret`, `your-api-key`,
  /// `Password123!`. Digits stand at the end of one and are the first numbers; in one of several words, as in
  /// `oauth2_secret`, `test-token-7` and `auth.PBKDF2PasswordHasher`, a few others, too, and one behind one in small
  /// letters alone.
  private static func isMadeOfWords(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let ending = text.reversed().prefix { signsAround.contains($0) }.count
    let words = text.dropLast(ending).drop { signsAround.contains($0) }
      .split(omittingEmptySubsequences: true) { signsWithin.contains($0) }
    return !words.isEmpty
      && words.allSatisfy { word in
        let digits = word.drop { ContextWords.isLetter($0) }
        if "1234567890".utf8.starts(with: digits) || word.elementsEqual("hunter2".utf8) { return true }
        let isOneCase = !word.contains { (0x41...0x5a).contains($0) } || !word.contains { (0x61...0x7a).contains($0) }
        guard words.count == 1 else {
          let others = word.filter { !ContextWords.isLetter($0) }
          return others.count <= 3 && others.allSatisfy { (0x30...0x39).contains($0) }
        }
        return digits.count <= (isOneCase ? 1 : 0) && digits.allSatisfy { (0x30...0x39).contains($0) }
      } && LetterPairs.areWords(text)
  }

  private static let signsAround = ByteSet("!.?<>[]{}()*_-".utf8)
  private static let signsWithin = ByteSet("_-.:/= ".utf8)

  /// Whether it is a word in small letters, with nothing but the first numbers behind it: `tiger`, `test123`.
  static func isMadeUpWord(_ text: some Collection<UInt8>) -> Bool {
    let word = text.prefix { (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    guard !word.isEmpty, word.count <= longestWord, LetterPairs.areWords(word) else { return false }
    return "1234567890".utf8.starts(with: text.dropFirst(word.count))
  }

  private static let longestWord = 24

  /// Whether most of it counts or spells up: `12345678`, `abcdef-123456`.
  private static func isSequence(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var counted = 0
    var run = 1
    for index in text.indices.dropFirst() {
      run = text[index] == text[index - 1] &+ 1 ? run + 1 : 1
      if run == shortestSequence { counted += run } else if run > shortestSequence { counted += 1 }
    }
    return counted * 4 >= text.count * 3
  }

  private static let shortestSequence = 4

  /// `snake_case`, `kebab-case`, `dotted.name`, `camelCase`: words, so no digits between them and nothing else.
  private static func isIdentifier(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    LetterPairs.areWords(text)
      && text.allSatisfy { byte in
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x7a || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
      }
  }

  /// `settings.API_KEY_2`, `db1.example.net`, `key.v2.pem`: names with points between them, each of which begins with a
  /// letter and is made of words.
  private static func isMember(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count > 1 && LetterPairs.areWords(text)
      && parts.allSatisfy { part in
        guard let first = part.first, ContextWords.isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return part.allSatisfy { ByteSet.word.contains($0) || $0 == UInt8(ascii: "-") } && endsWithDigits(part)
      }
  }

  /// Whether digits stand at the ends of words only.
  private static func endsWithDigits(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    zip(name, name.dropFirst()).allSatisfy { !(0x30...0x39).contains($0) || !ContextWords.isLetter($1) }
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
  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: String) -> Bool {
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
