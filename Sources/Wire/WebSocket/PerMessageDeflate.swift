/// What client and server agreed on for permessage-deflate (RFC 7692 §7.1).
package struct PerMessageDeflate: Sendable, Hashable {
  package private(set) var serverKeepsContext = true
  package private(set) var clientKeepsContext = true
  /// 8…15.
  package private(set) var serverWindowBits = 15
  /// 8…15.
  package private(set) var clientWindowBits = 15

  package func keepsContext(of sender: WebSocketSender) -> Bool {
    sender == .client ? clientKeepsContext : serverKeepsContext
  }

  package func windowBits(of sender: WebSocketSender) -> Int {
    sender == .client ? clientWindowBits : serverWindowBits
  }
}

extension PerMessageDeflate {
  private static let name = "permessage-deflate"

  /// The client's offers without those for extensions that we cannot read, as the value of one field; `nil` where
  /// nothing is left. Sent to the server, it keeps the server from choosing frames that nobody could inspect.
  package static func readableOffers(in request: [HTTPField]) -> String? {
    let offers = WebSocketExtension.parse(request)?.filter { $0.name == name } ?? []
    return offers.isEmpty ? nil : offers.map(\.text).joined(separator: ", ")
  }

  /// What the server chose; `nil` for no extension.
  ///
  /// - Parameters:
  ///   - request: the fields that the server was sent.
  ///   - response: the fields of its 101.
  /// - Throws: where it chose what was not offered, or what we cannot read.
  package static func agreed(
    request: [HTTPField], response: [HTTPField]
  ) throws(WebSocketError) -> PerMessageDeflate? {
    guard let answer = WebSocketExtension.parse(response) else { throw WebSocketError(.extensionParameter) }
    guard let chosen = answer.first else { return nil }
    let offers = (WebSocketExtension.parse(request) ?? []).filter { $0.name == name }
    guard answer.count == 1, chosen.name == name, !offers.isEmpty else { throw WebSocketError(.extensionUnknown) }
    let mayLimitClient = offers.contains { $0.parameters.contains { $0.name == "client_max_window_bits" } }
    var agreed = PerMessageDeflate()
    var seen: Set<Substring> = []
    for parameter in chosen.parameters {
      guard seen.insert(parameter.name).inserted, agreed.take(parameter, mayLimitClient: mayLimitClient) else {
        throw WebSocketError(.extensionParameter)
      }
    }
    return agreed
  }

  private mutating func take(_ parameter: WebSocketExtension.Parameter, mayLimitClient: Bool) -> Bool {
    switch parameter.name {
    case "server_no_context_takeover":
      serverKeepsContext = false
      return parameter.value == nil
    case "client_no_context_takeover":
      clientKeepsContext = false
      return parameter.value == nil
    case "server_max_window_bits":
      guard let bits = Self.windowBits(parameter.value) else { return false }
      serverWindowBits = bits
      return true
    case "client_max_window_bits":
      guard mayLimitClient, let bits = Self.windowBits(parameter.value) else { return false }
      clientWindowBits = bits
      return true
    default: return false
    }
  }

  /// 8…15 without leading zeros (RFC 7692 §7.1.2).
  private static func windowBits(_ value: Substring?) -> Int? {
    guard let value, let bits = Int(value), (8...15).contains(bits), String(bits) == value else { return nil }
    return bits
  }
}
