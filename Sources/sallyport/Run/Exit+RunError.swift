internal import Run

extension Exit {
  init(_ error: RunError) {
    switch error.code {
    case .usage: self = .usage
    case .configuration: self = .configuration
    case .programMissing: self = .missingInput
    case .unavailable: self = .unavailable
    case .state: self = .state
    case .ledger: self = .ledger
    case .protectedChanged: self = .protectedChanged
    case .nothingUnderWay: self = .nothingUnderWay
    case .broken: self = .broken
    case .interrupted: self = .interrupted
    case .ours: self = .ours
    }
  }
}
