internal import Evidence

/// A plain text message: what a viewer would take for a link or a placeholder is escaped.
///
/// - Source: SARIF 2.1.0 §3.11.5 and §3.11.6.
struct SARIFText {
  let json: JSONValue

  init(_ foreign: String) {
    var text = ""
    for character in Sanitised(foreign).text {
      switch character {
      case "[", "]", "\\": text += "\\\(character)"
      case "{", "}": text += "\(character)\(character)"
      default: text.append(character)
      }
    }
    json = .string(text)
  }
}
