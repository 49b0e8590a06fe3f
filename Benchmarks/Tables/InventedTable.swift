/// A table of people that are none: names put together from parts as names are, addresses, accounts, towns.
struct InventedTable {
  private var random: UInt64 = 0x5eed

  private static let firsts = ["Anna", "Karim", "Wilhelmina", "Martin", "Sophia", "Oleksandr", "Thomas", "Yasemin"]
  private static let syllables = [
    "ber", "ger", "stein", "mann", "hof", "kow", "ski", "son", "wald", "ler", "ner", "bach", "feld", "man", "ford",
    "ton",
    "well", "wood", "er", "ley", "ham", "rich", "land", "hart", "burg", "mar", "tin", "ro", "sa", "lo", "vi", "de",
  ]
  /// Words of every language of programs and of letters, as names and towns are.
  private static let words = [
    "Baker", "Carpenter", "Springfield", "Forest", "Summer", "Winter", "Marshall", "Justice", "Freedom", "Parker",
    "Mercury", "Hamilton", "Jackson", "Lincoln", "Python", "Shepherd", "Chapman", "Stanford", "Cambridge", "Orange",
  ]

  private mutating func next(_ bound: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % bound
  }

  private mutating func name() -> String {
    if next(20) == 0 { return Self.words[next(Self.words.count)] }
    let parts = (0..<2 + next(2)).map { _ in Self.syllables[next(Self.syllables.count)] }
    return parts.joined().capitalized
  }

  static let head = "first,last,email,iban,phone,city\n"

  mutating func row(_ number: Int) -> String {
    let (first, last) = (Self.firsts[next(Self.firsts.count)], name())
    let iban = "DE\(10 + next(90))\(10_000_000 + next(89_999_999))\(1_000_000_000 + next(999_999_999))"
    let phone = "+49 \(100 + next(900)) \(1_000_000 + next(8_999_999))"
    return "\(first),\(last),\(first).\(last)\(number % 997)@mail\(next(50)).example,\(iban),\(phone),\(name())\n"
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
