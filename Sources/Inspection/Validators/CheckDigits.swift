/// The check-digit systems that identifiers share, over values as ``IdentifierText`` gives them.
enum CheckDigits {
  /// ISO/IEC 7812-1 annex B: from the right, every second digit doubled, its digits added; the check digit is the last.
  static func luhn(_ digits: [Int]) -> Bool { luhn(digits, radix: 10) }

  /// The same over digits of another radix.
  static func luhn(_ digits: [Int], radix: Int) -> Bool {
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let value = index % 2 == 1 ? digit * 2 : digit
      sum += value >= radix ? value - radix + 1 : value
    }
    return digits.count > 1 && sum % radix == 0
  }

  /// Each value times its weight, added; what has no weight does not count.
  static func weighted(_ values: some Sequence<Int>, _ weights: [Int]) -> Int {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// ISO/IEC 7064 MOD 11,10, a hybrid system over digits; the check digit is the last.
  static func iso7064Mod11And10(_ digits: [Int]) -> Bool {
    guard let check = digits.last, digits.count > 1 else { return false }
    var product = 10
    for digit in digits.dropLast() {
      let sum = (product + digit) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (product + check) % 10 == 1
  }

  /// ISO/IEC 7064 MOD 37,36, a hybrid system over digits and letters; the check character is the last.
  static func iso7064Mod37And36(_ values: [Int]) -> Bool {
    guard let check = values.last, values.count > 1 else { return false }
    var product = 36
    for value in values.dropLast() {
      let sum = (product + value) % 36
      product = (sum == 0 ? 36 : sum) * 2 % 37
    }
    return (product + check) % 36 == 1
  }

  /// ISO/IEC 7064 MOD 11-2, a pure system over digits.
  ///
  /// - Parameter check: the last character's value, 10 for `X`.
  static func iso7064Mod11Radix2(_ digits: some Sequence<Int>, check: Int) -> Bool {
    let sum = digits.reduce(0) { ($0 + $1) * 2 % 11 }
    return (sum + check) % 11 == 1
  }

  /// ISO/IEC 7064 MOD 97-10: the value modulo 97, letters as two digits (`A` is 10). IBAN, LEI and others want 1.
  static func mod97(_ values: some Sequence<Int>) -> Int {
    values.reduce(0) { ($0 * ($1 > 9 ? 100 : 10) + $1) % 97 }
  }

  /// Verhoeff 1969: the dihedral group of order ten; the check digit is the last.
  static func verhoeff(_ digits: [Int]) -> Bool {
    var state = 0
    for (index, digit) in digits.reversed().enumerated() {
      state = dihedral(state, permuted(digit, index % 8))
    }
    return digits.count > 1 && state == 0
  }

  /// The product of two elements: 0 to 4 are rotations, 5 to 9 reflections.
  private static func dihedral(_ left: Int, _ right: Int) -> Int {
    switch (left < 5, right < 5) {
    case (true, true): (left + right) % 5
    case (true, false): (left + right - 5) % 5 + 5
    case (false, true): (left - 5 - right + 5) % 5 + 5
    case (false, false): (left - right + 5) % 5
    }
  }

  private static func permuted(_ digit: Int, _ times: Int) -> Int {
    let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    return (0..<times).reduce(digit) { value, _ in permutation[value] }
  }
}
