internal import Evidence
internal import Fingerprints
internal import Run

/// Whether an inspection looks for the organisation's own code.
///
/// Who inspects the repository that was indexed knows whose code it is: then that is looked for only on request.
struct OwnCodeChoice {
  /// As they were typed; none for the working directory.
  let paths: [String]
  /// Changes of the repository that we are in, and no paths.
  let ofRepository: Bool
  /// Empty for all.
  let classes: Set<DataClass>

  /// - Returns: `nil` where it is not looked for, or nothing was indexed; and whether all that was indexed is looked for:
  ///   what is not was said.
  func set() throws -> (set: FingerprintSet?, isWhole: Bool) {
    guard classes.isEmpty || classes.contains(.proprietary) else { return (nil, true) }
    let place = try CodeIndexPlace.own()
    guard !place.isEmpty else {
      if classes == [.proprietary] {
        Message.note("No code or document of yours was indexed, so that none is looked for: sallyport index PATH.\n")
      }
      return (nil, true)
    }
    let (set, problems) = try place.store().search(from: classes.contains(.proprietary) ? [] : places)
    for problem in problems { Message.error(problem.error.description) }
    return (set, problems.isEmpty)
  }

  private var places: [String] {
    let named = ofRepository || paths.isEmpty ? ["."] : paths.filter { $0 != "-" }
    return named.compactMap(CodeIndexPlace.canonical)
  }
}
