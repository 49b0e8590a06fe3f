/// One place where the style is not kept.
struct Violation: Sendable, Hashable, CustomStringConvertible {
  /// What `Exceptions.txt` calls the rule: `file-length`.
  let rule: String
  let path: String
  /// One-based; 0 for the file as a whole.
  var line = 0
  /// What in the file is meant, where a file may have several: a function's name.
  var name = ""
  /// How much there is of what should be little; violations without a measure of their own count one each.
  var measure = 1
  /// What to do about it.
  let sentence: String

  var place: String { name.isEmpty ? path : "\(path)#\(name)" }

  var description: String { "\(path):\(line): \(sentence) [\(rule)]" }
}
