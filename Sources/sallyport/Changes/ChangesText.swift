internal import Evidence
internal import Run

/// What the commands about changes print.
enum ChangesText {
  static func json(_ value: JSONValue) throws(RunError) -> String {
    do {
      return try JSONText.of(value)
    } catch {
      throw RunError(.ours, at: "--json", "the changes have no JSON form: \(error).")
    }
  }
}
