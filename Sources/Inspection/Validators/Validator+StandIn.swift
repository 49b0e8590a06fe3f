extension Validator {
  static let westernEurope: [Validator] = []
  static let easternEurope: [Validator] = []
  static let americas: [Validator] = []
  static let asiaAndOceania: [Validator] = []
  static let africaAndMiddleEast: [Validator] = []
  static let financial: [Validator] = []
  static let contact: [Validator] = []
}
