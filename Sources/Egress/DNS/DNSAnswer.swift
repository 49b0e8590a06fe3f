/// What a question is answered with.
package enum DNSAnswer: Sendable, Hashable {
  /// Each of 4 or 16 bytes; those that are not of the asked type are left out.
  case addresses([[UInt8]])
  case pointer(DNSName)
  /// The name is there, this type of record is not.
  case noData
  case noSuchName
  case refused
  /// The resolver itself cannot answer now.
  case failed
}
