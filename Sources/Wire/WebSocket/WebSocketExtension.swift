/// One element of `Sec-WebSocket-Extensions` (RFC 6455 §9.1).
struct WebSocketExtension {
  let name: Substring
  let parameters: [Parameter]
  /// The element as it was sent.
  let text: Substring

  struct Parameter {
    let name: Substring
    let value: Substring?
  }

  /// - Returns: `nil` where an element is malformed. Values in quotes are tokens in quotes, so that neither a comma
  ///   nor a semicolon can stand in them.
  static func parse(_ fields: [HTTPField]) -> [WebSocketExtension]? {
    var extensions: [WebSocketExtension] = []
    for value in fields.all(named: "sec-websocket-extensions") {
      for element in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let parsed = WebSocketExtension(element.trimmingOptionalWhitespace) else { return nil }
        extensions.append(parsed)
      }
    }
    return extensions
  }

  private init?(_ text: Substring) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingOptionalWhitespace)
    guard let name = parts.first, name.isToken else { return nil }
    var parameters: [Parameter] = []
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(\.trimmingOptionalWhitespace)
      guard let name = pair.first, name.isToken else { return nil }
      var value = pair.count == 2 ? pair[1] : nil
      if let quoted = value, quoted.utf8.count > 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") {
        value = quoted.dropFirst().dropLast()
      }
      guard value?.isToken ?? true else { return nil }
      parameters.append(Parameter(name: name, value: value))
    }
    self.name = name
    self.parameters = parameters
    self.text = text
  }
}

extension Substring {
  fileprivate var isToken: Bool { !isEmpty && utf8.allSatisfy(\.isTokenCharacter) }
}
