internal import Documents
internal import Evidence

/// What to say of comments that let nothing stand, though they look like it.
enum CommentHints {
  /// Told one by one; of more, the number is.
  private static let most = 20

  /// - Parameter known: names of detectors and classes.
  static func sentences(_ comments: [UncountedComment], known: () throws -> [String]) rethrows -> [String] {
    let needsNames = comments.contains { $0.problem == .otherName }
    let names = try needsNames ? known() : []
    let sentences = comments.compactMap { comment in
      sentence(comment, names).map { "\(comment.path):\(comment.line): \($0)" }
    }
    let rest = sentences.count - most
    return sentences.prefix(most) + (rest > 0 ? ["\(rest) more comments allow nothing."] : [])
  }

  /// - Returns: `nil` where it may well be meant for something that was not looked for.
  private static func sentence(_ comment: UncountedComment, _ known: [String]) -> String? {
    switch comment.problem {
    case .open: return "the comment sallyport:allow( allows nothing: its bracket is not closed on this line."
    case .noName: return "the comment sallyport:allow() allows nothing: name a detector or class in its brackets."
    case .noReason:
      return "the comment sallyport:allow(\(comment.names.joined(separator: ", "))) allows nothing: "
        + "write behind the bracket why."
    case .otherName:
      guard let word = comment.names.first(where: { !known.contains($0) }) else { return nil }
      let hint =
        NearestWord.to(word, among: known).map { " Did you mean '\($0)'?" }
        ?? " Write one that `sallyport inspect --list` has."
      return "the comment sallyport:allow names '\(word.prefix(80))', which is no detector or class.\(hint)"
    }
  }
}
