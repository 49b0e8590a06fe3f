internal import Evidence

extension Attributed.Gap {
  /// What it means for the one exchange.
  var sentence: String {
    switch self {
    case .off: "Which files were in it was not looked into."
    case .indexing: "The files were not all read yet when this was decided: some lines may be missing."
    case .filesLeftOut: "Some files were left out of the comparison, so lines of theirs would not be told."
    case .messageTooLarge: "It holds more text than is compared: lines in the rest of it are not told."
    }
  }
}
