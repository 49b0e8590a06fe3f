/// Tells addresses with a password that stand in documentation, or are those that everybody's own machine has.
enum DocumentedConnection {
  /// Whether a text ends with such an address: the password is a word, and the host is nobody's or the machine itself.
  ///
  /// - Parameter text: ends with the host, at least as far as it is of a name.
  static func isDocumented(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let address = String(decoding: text.suffix(longest), as: UTF8.self).lowercased()
    guard let scheme = address.firstRange(of: "://"), let at = address.lastIndex(of: "@") else { return false }
    let credentials = address[scheme.upperBound..<max(scheme.upperBound, at)]
    guard let colon = credentials.firstIndex(of: ":") else { return false }
    let user = credentials[..<colon]
    let password = credentials[credentials.index(after: colon)...]
    let host = hostName(address[address.index(after: at)...])
    let isWord = PasswordShape.isMadeUpWord(password.utf8)
    if users.contains(user), isWord { return true }
    return isNobodys(host) && (isWord || password == user)
  }

  /// Bytes of scheme, user, password and host together.
  private static let longest = 320

  /// Names that stand for a user's.
  private static let users: Set<Substring> = ["user", "username", "usr", "login", "name", "foo", "me", "u"]

  private static func hostName(_ text: Substring) -> Substring {
    if text.first == "[" { return text.dropFirst().prefix { $0 != "]" } }
    return text.prefix { $0 != ":" }
  }

  /// The machine itself (RFC 6761 §6.3), or a name that is reserved for documentation (RFC 2606) or says so.
  private static func isNobodys(_ host: Substring) -> Bool {
    if host.hasPrefix("127.") || ["localhost", "::1", "0.0.0.0", "host", "hostname", "server"].contains(host) {
      return true
    }
    let labels = host.split(separator: ".")
    guard let top = labels.last else { return false }
    if ["example", "test", "invalid", "localhost"].contains(top) { return true }
    return ["example.com", "example.net", "example.org"].contains(labels.suffix(2).joined(separator: "."))
  }
}
