internal import Catalog
internal import Evidence
internal import Inspection

/// The catalogue's detectors, compiled once for all tests.
enum Detectors {
  static let rules: Result<[DetectorRule], any Error> = Result {
    let file = #filePath
    let root = file.firstRange(of: "/Tests/").map { file[..<$0.lowerBound] } ?? file[...]
    return try DetectorRules.load(from: root + "/Sources/Catalog/Resources/detectors")
  }

  static let key = Secret<[UInt8]>(Array("a key of the tests".utf8))

  private static let all = Result { try DetectorSet(rules: rules.get(), fingerprintKey: key) }

  static func set() throws -> DetectorSet { try all.get() }
}
