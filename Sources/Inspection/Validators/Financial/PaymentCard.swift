/// Primary account numbers: issuer range, length and the Luhn digit of ISO/IEC 7812-1.
enum PaymentCard {
  /// - Parameter wanted: the network that it must be of, or any for which the range says enough.
  static func check(_ text: UnsafeBufferPointer<UInt8>, of wanted: CardNetwork?) -> Validator.Verdict {
    guard hasEqualSeparators(text), let digits = IdentifierText.digits(text) else { return .refuted }
    return check(digits, of: wanted)
  }

  static func check(_ digits: [Int], of wanted: CardNetwork?) -> Validator.Verdict {
    guard let network = CardIssuers.network(of: digits), wanted.map({ $0 == network }) ?? network.isNarrow,
      CheckDigits.luhn(digits), Set(digits).count > 1
    else { return .refuted }
    return isSample(digits) ? .documented : .confirmed
  }

  /// Spaces or hyphens, not now this and now that.
  private static func hasEqualSeparators(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let separators = text.filter { !(0x30...0x39).contains($0) }
    return separators.allSatisfy { $0 == separators.first }
  }

  /// Whether payment services publish it for tests, or nobody would be given it: one digit six times in a row, or
  /// groups of four that are all the same.
  static func isSample(_ digits: [Int]) -> Bool {
    if samples.contains(IdentifierText.number(digits.prefix(18))) { return true }
    var run = 0
    var last = -1
    for digit in digits {
      run = digit == last ? run + 1 : 1
      last = digit
      if run == 6 { return true }
    }
    return Set(stride(from: 0, to: digits.count - 3, by: 4).map { Array(digits[$0..<$0 + 4]) }).count == 1
  }

  /// - Source: https://docs.stripe.com/testing, https://docs.adyen.com/development-resources/testing/test-card-numbers,
  ///   https://developer.paypal.com/api/rest/sandbox/card-testing/.
  private static let samples: Set<Int> = [
    4111_1111_1111_1111, 4012_8888_8888_1881, 4242_4242_4242_4242, 4000_0566_5566_5556, 4444_3333_2222_1111,
    4917_6100_0000_0000, 4917_3008_0000_0000, 4988_4388_4388_4305, 4166_6766_6766_6746, 4646_4646_4646_4644,
    4977_9494_9494_9497, 4001_5900_0000_0001, 4035_5010_0000_0008, 4360_0000_0100_0005, 4012_0000_3333_0026,
    4005_5192_0000_0004, 4009_3488_8888_1881, 4012_0000_7777_7777, 4217_6511_1111_1119, 4500_6000_0000_0061,
    5555_5555_5555_4444, 5105_1051_0510_5100, 5200_8282_8282_8210, 2223_0031_2200_3222, 2222_4000_7000_0005,
    2222_4107_4036_0010, 2223_0000_4841_0010, 5100_0600_0000_0002, 5136_3333_3333_3335, 5577_0000_5577_0004,
    5585_5585_5585_5583, 5555_3412_4444_1115, 5100_2900_2900_2909, 5500_0000_0000_0004, 5454_5454_5454_5454,
    5424_0000_0000_0015, 5431_1111_1111_1111, 2223_0000_4840_0011, 2223_5204_4356_0010,
    378_2822_4631_0005, 371_4496_3539_8431, 378_7344_9367_1000, 370_0000_0000_0002, 341_1111_1111_1111,
    345_1777_9925_4348, 374_1010_1218_0018, 343_4343_4343_4343,
    6011_1111_1111_1117, 6011_0009_9013_9424, 6011_9811_1111_1113, 6011_6011_6011_6611, 6445_6445_6445_6445,
    6011_0000_0000_0004, 3056_9300_0902_0004, 36_2272_0627_1667, 30_5693_0902_5904, 38_5200_0002_3237,
    36_0066_6633_3344, 3566_0020_2036_0505, 3530_1113_3330_0000, 3569_9900_1009_5841, 6555_9000_0060_4105,
    6200_0000_0000_0005, 6200_0000_0000_0047, 8171_9999_2766_0000, 6250_9460_0000_0016, 6250_9470_0000_0014,
    6771_7980_2100_0008, 6771_7980_2500_0004, 6759_6498_2643_8453, 6799_9901_0000_0000_01, 5066_9911_1111_1118,
    6362_9700_0045_7013, 6062_8288_8866_6688, 5019_7170_1010_3742,
  ]
}

/// The magnetic stripe of a card, ISO/IEC 7813: track 1 begins with `%B`, track 2 with `;`.
enum CardTrack {
  /// An account number, then a separator (and a name, in track 1), then the year and month of expiry.
  static func check(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 128 else { return .refuted }
    let isFirst = text.first == UInt8(ascii: "%")
    let separator = isFirst ? UInt8(ascii: "^") : UInt8(ascii: "=")
    let fields = text.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == (isFirst ? 3 : 2), let number = fields.first, let rest = fields.last, rest.count >= 7 else {
      return .refuted
    }
    let digits = number.filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
    let month = rest.dropFirst(2).prefix(2).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    guard (12...19).contains(digits.count), (1...12).contains(month), CheckDigits.luhn(digits) else { return .refuted }
    return PaymentCard.isSample(digits) ? .documented : .confirmed
  }
}
