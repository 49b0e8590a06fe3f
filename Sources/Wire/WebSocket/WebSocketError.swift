/// Why a WebSocket connection is ended. Never holds anything of a message.
package struct WebSocketError: Error, Hashable, Sendable {
  package let code: Code

  package init(_ code: Code) {
    self.code = code
  }

  /// What the close frame says (RFC 6455 §7.4.1).
  package var closeCode: UInt16 { code.closeCode }

  /// One sentence with the place in the standard.
  package var sentence: String { "The WebSocket connection cannot go on: \(code.statement) (\(code.section))." }

  package var remedy: String {
    code.limit.map { "Raise limits.\($0) in the policy if these messages are legitimate." }
      ?? "The peer that sent this must be mended; nothing of it was forwarded."
  }

  /// One rule that a peer can break.
  package struct Code: Sendable, Hashable {
    /// For machines: `mask-missing`.
    package let name: String
    package let closeCode: UInt16
    let statement: String
    let section: String
    /// The policy's key for the limit that was exceeded, where it has one.
    package let limit: String?

    init(_ name: String, _ closeCode: UInt16, _ statement: String, _ section: String, limit: String? = nil) {
      self.name = name
      self.closeCode = closeCode
      self.statement = statement
      self.section = section
      self.limit = limit
    }

    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }
}

extension WebSocketError: CustomStringConvertible {
  package var description: String { sentence }
}

extension WebSocketError.Code: CustomStringConvertible {
  package var description: String { name }
}
