internal import ArgumentParser
internal import Documents

/// A word out of a few.
enum Choice {
  /// The value that a word stands for.
  ///
  /// - Parameter thing: where the word was written: `--posture`.
  /// - Throws: `ValidationError` with all right words and the nearest one.
  static func of<Value: RawRepresentable & CaseIterable>(
    _ type: Value.Type, _ word: String, for thing: String
  ) throws -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: word) else {
      throw refusal(thing, word, among: Value.allCases.map(\.rawValue))
    }
    return value
  }

  /// The words, for a shell to complete.
  static func completion<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> CompletionKind
  where Value.RawValue == String {
    .list(Value.allCases.map(\.rawValue))
  }

  static func refusal(_ thing: String, _ word: String, among words: [String]) -> ValidationError {
    let hint = NearestWord.to(word, among: words).map { " Did you mean '\($0)'?" } ?? ""
    return ValidationError("\(thing) wants \(DocumentReader.list(words)), not '\(word)'.\(hint)")
  }
}
