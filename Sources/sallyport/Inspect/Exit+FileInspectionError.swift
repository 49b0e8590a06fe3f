internal import FileInspection

extension Exit {
  init(_ error: FileInspectionError) {
    switch error.code {
    case .missing, .git: self = .missingInput
    case .baseline: self = .configuration
    case .occupied: self = .state
    case .tooLarge: self = .usage
    }
  }
}
