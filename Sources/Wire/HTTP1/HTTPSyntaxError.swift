/// Why an HTTP/1 message is refused. Never holds anything of the message itself.
package struct HTTPSyntaxError: Error, Hashable, Sendable {
  package let code: Code
  /// Whose message it is, and so who is to blame.
  package var message: Message = .request

  package init(_ code: Code) {
    self.code = code
  }

  package enum Message: String, Sendable, Hashable {
    case request
    case response
  }

  /// The status to answer the client with: the server's mistakes are all 502 (RFC 9110 §15.6.3).
  package var status: Int { message == .request ? code.status : 502 }

  /// One sentence with the place in the standard.
  package var sentence: String {
    "The \(message.rawValue) is malformed: \(code.statement) (\(code.section))."
  }

  /// What to do about it.
  package var remedy: String {
    code.limit.map { "Raise limits.\($0) in the policy if this message is legitimate." }
      ?? "Send the message as the standard asks; it was not forwarded."
  }

  /// One rule that a message can break.
  package struct Code: Sendable, Hashable {
    /// For machines: `lone-line-feed`.
    package let name: String
    package let status: Int
    let statement: String
    let section: String
    /// The policy's key for the limit that was exceeded, where it has one.
    package let limit: String?

    init(_ name: String, _ status: Int, _ statement: String, _ section: String, limit: String? = nil) {
      self.name = name
      self.status = status
      self.statement = statement
      self.section = section
      self.limit = limit
    }

    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }
}

extension HTTPSyntaxError: CustomStringConvertible {
  package var description: String { sentence }
}

extension HTTPSyntaxError.Code: CustomStringConvertible {
  package var description: String { name }
}
