extension IdentifierText {
  /// - Returns: the digits, if there are so many and nothing else but separators.
  static func digits(_ text: UnsafeBufferPointer<UInt8>, exactly count: Int) -> [Int]? {
    guard let digits = digits(text), digits.count == count else { return nil }
    return digits
  }

  /// - Returns: the values, if there are so many and nothing else but separators.
  static func values(_ text: UnsafeBufferPointer<UInt8>, exactly count: Int) -> [Int]? {
    guard let values = values(text), values.count == count else { return nil }
    return values
  }

  /// The value of a capital letter or a digit, as ``values(_:)`` gives it.
  static func value(_ character: Unicode.Scalar) -> Int {
    let byte = Int(character.value)
    return byte < 0x41 ? byte - 0x30 : byte - 0x37
  }

  /// The values of capital letters and digits, as ``values(_:)`` gives them.
  static func values(of characters: String) -> [Int] { characters.unicodeScalars.map(value) }

  static func areDigits(_ values: some Sequence<Int>) -> Bool { values.allSatisfy { $0 < 10 } }

  static func areLetters(_ values: some Sequence<Int>) -> Bool { values.allSatisfy { $0 > 9 } }

  /// Every digit the same: it fulfils many a check and was issued to nobody.
  static func areOneDigit(_ values: [Int]) -> Bool { values.allSatisfy { $0 == values.first } }
}
