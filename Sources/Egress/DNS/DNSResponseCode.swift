/// RFC 1035 §4.1.1, RFC 6891 §9.
enum DNSResponseCode: UInt16 {
  case noError = 0
  case formatError = 1
  case serverFailure = 2
  case nameError = 3
  case notImplemented = 4
  case refused = 5
  /// Its upper bits stand in the OPT record.
  case badVersion = 16
}
