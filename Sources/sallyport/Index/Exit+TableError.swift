internal import OwnTables

extension Exit {
  init(_ error: TableError) {
    switch error.code {
    case .missing: self = .missingInput
    case .malformed, .damaged: self = .configuration
    case .state: self = .state
    }
  }
}
