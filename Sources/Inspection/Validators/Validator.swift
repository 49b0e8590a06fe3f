/// A check of what a pattern matched, named in a detector's file.
struct Validator: Sendable {
  enum Verdict: Sendable {
    /// As sure as the detector's grade.
    case confirmed
    /// It has the shape, but the check fails: worth less than the detector's grade.
    case doubtful
    /// It is right, but published for tests or in documentation: worth less than the detector's grade.
    case documented
    /// It is none.
    case refuted

    /// A check that decides.
    init(_ holds: Bool) { self = holds ? .confirmed : .refuted }
  }

  let name: String
  /// The secret's bytes to a verdict.
  let check: @Sendable (UnsafeBufferPointer<UInt8>) -> Verdict
  /// Whether what stands before a match's end, and the match itself, says that it is none.
  var isRuledOut: (@Sendable (Slice<UnsafeBufferPointer<UInt8>>) -> Bool)?
  /// Whether it decodes what matched, at whose end the secret itself is.
  var decodesToSecretAtEnd = false

  static let all =
    credentials + keys + westernEurope + easternEurope + americas + asiaAndOceania + africaAndMiddleEast
    + financial + contact + hiddenText

  static let credentials: [Validator] = [
    Validator(name: "checksum-base62", check: Base62Checksum.check),
    Validator(name: "json-web-token", check: EncodedCredentials.jsonWebToken),
    Validator(name: "private-key", check: EncodedCredentials.privateKey),
    Validator(name: "basic-credentials", check: EncodedCredentials.basic, decodesToSecretAtEnd: true),
    Validator(name: "discord-token", check: EncodedCredentials.discord),
    Validator(name: "base64-64-bytes", check: EncodedCredentials.storageKey),
    Validator(name: "password", check: PasswordShape.password),
    Validator(
      name: "connection-password", check: PasswordShape.password, isRuledOut: DocumentedConnection.isDocumented),
    Validator(name: "assigned-value", check: PasswordShape.assignedValue),
    Validator(name: "complex-password", check: PasswordShape.complex),
    Validator(name: "mixed-characters", check: PasswordShape.mixed),
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  static func named(_ name: String) -> Validator? { byName[name] }
}
