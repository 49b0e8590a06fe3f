internal import Evidence

extension OwnCodeRun {
  /// What a run is worth; `nil` for one that two texts may share by chance.
  ///
  /// Characters: three fingerprints over 64 characters are some four lines; what unrelated programs have in common of that
  /// length are texts that were copied. Tokens say less, since many functions are built alike; but those of a run are as
  /// far from each other as in the file, which two that are there by chance seldom are.
  var grade: Grade? {
    switch kind {
    case .characters:
      // What stands in many files may be everybody's.
      if file.isCommon { return hits >= 3 && length >= 64 ? .note : nil }
      if hits >= 3, length >= 64 { return .redact }
      return hits >= 2 && length >= 40 ? .note : nil
    case .tokens:
      if hits >= 5, length >= 48 { return .redact }
      return hits >= 2 && length >= 30 ? .note : nil
    }
  }

  /// The name that findings carry.
  var detector: String { kind == .characters ? OwnCodeDetector.copied : OwnCodeDetector.renamed }
}
