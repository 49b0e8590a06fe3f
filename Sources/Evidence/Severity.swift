/// How bad it is if a thing gets out. How sure it is that it is one says its ``Grade``.
///
/// The words are those of CVSS 4.0 §6 (qualitative severity rating), without `none`.
package enum Severity: String, Sendable, Hashable, CaseIterable {
  /// Whoever has it can take over, pay, or read everything: a private key, the keys of an account in a cloud.
  case critical
  /// It gives access, or harms a person or the organisation for long: a token, a number of a card, of an identity.
  case high
  /// It harms where more is known, or for a while.
  case medium
  /// It is close to public.
  case low

  /// Worse is more.
  package var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }
}

extension DataClass {
  /// How bad a thing of the class is, where its detector does not say otherwise.
  package var severity: Severity {
    switch self {
    // Somebody reads, and sends, what nobody should touch.
    case .canary: .critical
    // What cannot be read may hold anything.
    case .credential, .personal, .financial, .injection, .opaque: .high
    case .proprietary, .hiddenText: .medium
    }
  }
}
