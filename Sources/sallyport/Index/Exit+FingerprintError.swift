internal import Fingerprints

extension Exit {
  init(_ error: FingerprintError) {
    switch error.code {
    case .missing: self = .missingInput
    case .damaged: self = .configuration
    case .tooLarge: self = .usage
    case .state: self = .state
    }
  }
}
