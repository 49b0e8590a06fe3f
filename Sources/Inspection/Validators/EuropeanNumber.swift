/// What the checks of Europe's national numbers begin with: a country's letters left away, a count of digits.
enum EuropeanNumber {
  /// - Parameter prefix: upper-case letters that may stand before the number and belong to none of its sums.
  /// - Returns: as ``IdentifierText`` gives them, 0 to 35.
  static func values(_ text: UnsafeBufferPointer<UInt8>, after prefix: String = "") -> [Int]? {
    guard let values = IdentifierText.values(text) else { return nil }
    let letters = prefix.utf8.map { Int($0) - 0x37 }
    return values.starts(with: letters) ? Array(values.dropFirst(letters.count)) : values
  }

  static func digits(_ text: UnsafeBufferPointer<UInt8>, after prefix: String = "") -> [Int]? {
    guard let values = values(text, after: prefix), values.allSatisfy({ $0 < 10 }) else { return nil }
    return values
  }

  /// The verdict on a number of exactly so many digits.
  static func check(
    _ text: UnsafeBufferPointer<UInt8>, count: Int, after prefix: String = "", _ holds: ([Int]) -> Bool
  ) -> Validator.Verdict {
    guard let digits = digits(text, after: prefix), digits.count == count else { return .refuted }
    return Validator.Verdict(holds(digits))
  }

  /// The number that a run of the digits spells; less where they end before.
  static func part(_ digits: [Int], _ start: Int, _ count: Int) -> Int {
    IdentifierText.number(digits.dropFirst(start).prefix(count))
  }

  /// Whether a letter stands in an alphabet, and where. Letters are 10 to 35, as in ``IdentifierText``.
  static func index(_ value: Int, in alphabet: String) -> Int? {
    let byte = value < 10 ? value + 0x30 : value + 0x37
    var index = 0
    for character in alphabet.utf8 {
      if Int(character) == byte { return index }
      index += 1
    }
    return nil
  }

  /// The weights 7, 3, 1 over and over, modulo 10: machine-readable travel documents (ICAO Doc 9303-3 §4.9) and others.
  static func sum731(_ values: some Sequence<Int>) -> Int {
    var sum = 0
    for (index, value) in values.enumerated() { sum += value * [7, 3, 1][index % 3] }
    return sum % 10
  }

  /// Each digit times its weight, the digits of the products added.
  static func digitSums(_ digits: some Sequence<Int>, _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { sum, pair in
      let product = pair.0 * pair.1
      return sum + product / 10 + product % 10
    }
  }

  /// The check digit of Estonia's and Lithuania's numbers: weights from 1, and from 3 where those leave 10.
  static func balticCheck(_ digits: some Sequence<Int>) -> Int {
    func remainder(_ offset: Int) -> Int {
      digits.enumerated().reduce(0) { $0 + (1 + ($1.offset + offset) % 9) * $1.element } % 11
    }
    let first = remainder(0)
    return (first == 10 ? remainder(2) : first) % 10
  }
}
