/// Check digits that account numbers have within their country, and so within its IBAN.
enum NationalAccount {
  /// - Parameter account: the basic account number's values, of the country's length and structure.
  /// - Returns: true also for countries whose rule depends on the bank, or that have none.
  static func hasRightCheckDigits(_ account: [Int], country: String) -> Bool {
    switch country {
    case "BE": belgium(account)
    case "BA", "ME", "MK", "PT", "RS", "SI", "TL": CheckDigits.mod97(account) == 1
    case "CZ", "SK": czechia(account)
    case "EE": estonia(account)
    case "ES": spain(account)
    case "FI": CheckDigits.luhn(account)
    case "FR", "MC": france(account)
    case "IS": iceland(account)
    case "IT", "SM": italy(account)
    case "NO": norway(account)
    case "PL": CheckDigits.weighted(account.prefix(8), [3, 9, 7, 1, 3, 9, 7, 1]) % 10 == 0
    default: true
    }
  }

  /// Ten digits modulo 97, or 97 for none left.
  private static func belgium(_ account: [Int]) -> Bool {
    let rest = IdentifierText.number(account.prefix(10)) % 97
    return IdentifierText.number(account.suffix(2)) == (rest == 0 ? 97 : rest)
  }

  /// Czech National Bank, decree 169/2011: prefix and number are each divisible by 11 in their weights.
  private static func czechia(_ account: [Int]) -> Bool {
    let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
    return CheckDigits.weighted(account.dropFirst(4).prefix(6), Array(weights.suffix(6))) % 11 == 0
      && CheckDigits.weighted(account.suffix(10), weights) % 11 == 0
  }

  /// 7, 3, 1 from the right, over all but the bank's code and the check digit.
  private static func estonia(_ account: [Int]) -> Bool {
    let digits = account.dropFirst(2).dropLast().reversed()
    let weights = (0..<13).map { [7, 3, 1][$0 % 3] }
    return (CheckDigits.weighted(digits, weights) + (account.last ?? 0)) % 10 == 0
  }

  /// The two digits after bank and branch: one for those, one for the account (Código Cuenta Cliente).
  static func spain(_ account: [Int]) -> Bool {
    guard account.count == 20, account.allSatisfy({ $0 < 10 }) else { return false }
    let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]
    let bank = CheckDigits.weighted(account.prefix(8), Array(weights.suffix(8)))
    let number = CheckDigits.weighted(account.suffix(10), weights)
    return account[8] == spanishDigit(bank) && account[9] == spanishDigit(number)
  }

  private static func spanishDigit(_ sum: Int) -> Int {
    switch 11 - sum % 11 {
    case 11: 0
    case 10: 1
    case let digit: digit
    }
  }

  /// Relevé d'identité bancaire: letters count as digits, A and J as 1, S as 2 and so on.
  static func france(_ account: [Int]) -> Bool {
    guard account.count == 23 else { return false }
    let digits = account.map { $0 < 10 ? $0 : $0 < 28 ? ($0 - 10) % 9 + 1 : $0 - 26 }
    let bank = IdentifierText.number(digits.prefix(5))
    let branch = IdentifierText.number(digits[5..<10])
    let number = IdentifierText.number(digits[10..<21])
    return 97 - (89 * bank + 15 * branch + 3 * number) % 97 == IdentifierText.number(digits.suffix(2))
  }

  /// The holder's kennitala is the last ten digits; its ninth is the check digit.
  private static func iceland(_ account: [Int]) -> Bool {
    let holder = Array(account.suffix(10))
    guard holder.count == 10 else { return false }
    return (CheckDigits.weighted(holder, [3, 2, 7, 6, 5, 4, 3, 2]) + holder[8]) % 11 == 0
  }

  /// The first letter, from a table over the characters at odd places and the values of the others.
  private static func italy(_ account: [Int]) -> Bool {
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    guard let check = account.first else { return false }
    let sum = account.dropFirst().enumerated().reduce(0) { sum, item in
      let value = item.element < 10 ? item.element : item.element - 10
      return sum + (item.offset % 2 == 0 ? odd[value % odd.count] : value)
    }
    return sum % 26 == check - 10
  }

  private static func norway(_ account: [Int]) -> Bool {
    CheckDigits.weighted(account, [6, 7, 8, 9, 4, 5, 6, 7, 8, 9]) % 11 == account.last
  }
}
