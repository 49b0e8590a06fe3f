extension Validator {
  static let contact = addresses + phones + documents

  private static let addresses: [Validator] = [
    Validator(name: "email-address", check: EmailAddress.check),
    Validator(name: "ipv4-public", check: NetworkAddress.ipv4),
    Validator(name: "ipv6-public", check: NetworkAddress.ipv6),
    Validator(name: "mac-address", check: NetworkAddress.mac),
    Validator(name: "coordinates", check: PersonalFacts.coordinates),
  ]

  private static let phones: [Validator] =
    [
      Validator(name: "phone-international", check: PhoneNumber.international),
      Validator(name: "phone-nanp", check: PhoneNumber.northAmerican),
      Validator(name: "phone-gb", check: PhoneNumber.unitedKingdom),
    ]
    + [
      "AR", "AT", "AU", "BE", "BR", "CH", "CN", "DE", "ES", "FR", "ID", "IN", "IT", "JP", "KR", "MX", "NL", "PL", "PT",
      "RU", "SE", "TR", "UA", "ZA",
    ].map { country in
      Validator(name: "phone-" + country.lowercased()) { PhoneNumber.national($0, country: country) }
    }

  private static let documents: [Validator] = [
    Validator(name: "mrz", check: TravelDocument.check),
    Validator(name: "imei", check: DeviceNumber.imei),
    Validator(name: "meid", check: DeviceNumber.meid),
    Validator(name: "iccid", check: DeviceNumber.iccid),
    Validator(name: "imsi", check: DeviceNumber.imsi),
    Validator(name: "vin", check: DeviceNumber.vin),
    Validator(name: "birth-date", check: PersonalFacts.birthDate),
  ]
}
