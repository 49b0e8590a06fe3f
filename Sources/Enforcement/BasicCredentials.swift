internal import Ledger

/// `Basic` and the base64 of `user:password` (RFC 7617 §2).
enum BasicCredentials {
  /// The user and password of a field value; `nil` where it is of another scheme.
  static func decoded(_ value: String) -> String? {
    guard value.utf8.count > 6, value.prefix(6).lowercased() == "basic ",
      let bytes = Base64.decode(value.dropFirst(6))
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  static func replacing(_ old: String, with new: String, in value: String) -> String {
    guard let plain = decoded(value), plain.contains(old) else { return value }
    return "Basic " + Base64.encode(Array(plain.replacing(old, with: new).utf8))
  }
}
