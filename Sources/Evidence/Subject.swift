/// On whose behalf an exchange happens: a random pseudonym and the run it belongs to.
package struct Subject: Sendable, Hashable {
  /// A random identifier from a table that can be deleted; never a name, nor a hash of one.
  package let pseudonym: String
  package let run: RunID

  package init(pseudonym: String, run: RunID) {
    self.pseudonym = pseudonym
    self.run = run
  }
}

/// One run of one agent: `r_` and 16 lower-case letters or digits.
package struct RunID: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// - Returns: `nil` where the text is no run's identifier.
  package init?(_ text: String) {
    guard text.hasPrefix("r_"), text.utf8.count == 18,
      text.utf8.dropFirst(2).allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) })
    else { return nil }
    self.text = text
  }

  /// A new identifier with 82 random bits.
  package static func random(using source: inout some RandomNumberGenerator) -> RunID {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    return RunID(unchecked: "r_" + String((0..<16).map { _ in alphabet[Int.random(in: 0..<36, using: &source)] }))
  }

  private init(unchecked text: String) { self.text = text }

  package var description: String { text }
}
