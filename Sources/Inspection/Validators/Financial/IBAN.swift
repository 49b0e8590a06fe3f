/// International bank account numbers: country, length, structure, ISO/IEC 7064 MOD 97-10, and where a country's
/// account numbers have check digits of their own, those.
///
/// - Source: ISO 13616-1; SWIFT, IBAN Registry.
enum IBAN {
  static func check(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), (15...34).contains(values.count),
      values.prefix(2).allSatisfy({ $0 > 9 }), values[2] < 10, values[3] < 10
    else { return .refuted }
    let country = string(values.prefix(2))
    let account = Array(values.dropFirst(4))
    guard IBANStructure.fits(account, country: country), CheckDigits.mod97(account + values.prefix(4)) == 1,
      account.contains(where: { $0 != 0 }), NationalAccount.hasRightCheckDigits(account, country: country)
    else { return .refuted }
    return samples.contains(string(values)) ? .documented : .confirmed
  }

  private static func string(_ values: some Sequence<Int>) -> String {
    String(decoding: values.map { UInt8(truncatingIfNeeded: $0 < 10 ? $0 + 0x30 : $0 + 0x37) }, as: UTF8.self)
  }

  /// What documentation shows: mostly the registry's own examples.
  ///
  /// - Source: SWIFT, IBAN Registry, field "IBAN electronic format example"; https://docs.stripe.com/testing and
  ///   https://docs.adyen.com/development-resources/testing/test-card-numbers for payment services.
  private static let samples: Set<String> = [
    "AT611904300234573201", "BE68539007547034", "BG80BNBG96611020345678", "CH9300762011623852957",
    "CY17002001280000001200527600", "CZ6508000000192000145399", "DE89370400440532013000", "DE75512108001245126199",
    "DE12500105170648489890", "DE91100000000123456789", "DK5000400440116243", "EE382200221020145685",
    "ES9121000418450200051332", "FI2112345600000785", "FR1420041010050500013M02606", "FR7630006000011234567890189",
    "GB29NWBK60161331926819", "GB82WEST12345698765432", "GB33BUKB20201555555555", "GR1601101250000000012300695",
    "HR1210010051863000160", "HU42117730161111101800000000", "IE29AIBK93115212345678", "IE64IRCE92050112345678",
    "IS140159260076545510730339", "IT60X0542811101000000123456", "LI21088100002324013AA", "LT121000011101001000",
    "LU280019400644750000", "LV80BANK0000435195001", "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300",
    "NL13TEST0123456789", "NO9386011117947", "PL61109010140000071219812874", "PT50000201231234567890154",
    "RO49AAAA1B31007593840000", "SE4550000000058398257466", "SI56263300012039086", "SK3112000000198742637541",
    "SM86U0322509800000000270100", "TR330006100519786457841326", "AE070331234567890123456",
    "BR1800360305000010009795493C1", "SA0380000000608010167519", "IL620108000000099999999",
  ]
}
