internal import Crypto
internal import Glibc
internal import Synchronization

/// The key that signs one ledger's checkpoints. Its private half is never printed.
package struct LedgerKey: Sendable {
  /// The file in the key directory, in the form that Go's x/mod note tools read.
  package static let fileName = "ledger.key"
  private static let prefix = "PRIVATE+KEY+"

  /// What auditors pin; its name is the log's origin.
  package let verifier: VerifierKey
  private let key: Curve25519.Signing.PrivateKey

  /// The log's name in every checkpoint.
  package var origin: String { verifier.name }

  private init(origin: String, key: Curve25519.Signing.PrivateKey) {
    self.key = key
    verifier = VerifierKey(name: origin, publicKey: Array(key.publicKey.rawRepresentation))
  }

  /// A new key with a random origin, `sallyport.local/<16 hexadecimal digits>`.
  package static func random() -> LedgerKey {
    let name = (0..<8).map { _ in UInt8.random(in: 0...255) }
    return LedgerKey(origin: "sallyport.local/\(Hexadecimal.encode(name))", key: Curve25519.Signing.PrivateKey())
  }

  /// A key from its 32-byte seed, for test vectors.
  init(origin: String, seed: [UInt8]) throws(LedgerError) {
    guard VerifierKey.isName(origin), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw LedgerError(
        .malformed, place: "ledger key", "expected an origin without spaces and plus signs and 32 bytes")
    }
    self.init(origin: origin, key: key)
  }

  /// Reads the key in `directory`, or makes one there, readable by its owner alone. Two processes that come at once get
  /// the same key.
  package static func loadOrCreate(at directory: String) throws(LedgerError) -> LedgerKey {
    let files = try LedgerDirectory(directory, create: true, isLedger: false)
    return try creation.withLock { _ throws(LedgerError) in try loadOrCreate(fileName, in: files) }
  }

  /// Drafts are named by process, so threads of one take turns.
  private static let creation = Mutex(())

  static func loadOrCreate(_ fileName: String, in files: LedgerDirectory) throws(LedgerError) -> LedgerKey {
    if let key = try load(fileName, from: files) { return key }
    let key = random()
    // The file appears whole or not at all, and never over another.
    if try files.create(fileName, Array(key.text.utf8), .disk) { return key }
    guard let other = try load(fileName, from: files) else {
      throw LedgerError(.storage, place: "\(files.path)/\(fileName)", "the key file came and went", remedy: "try again")
    }
    return other
  }

  /// Reads the key in `directory`.
  ///
  /// - Throws: `.notFound` where there is none.
  package static func load(at directory: String) throws(LedgerError) -> LedgerKey {
    guard let key = try load(fileName, from: LedgerDirectory(directory, create: false, isLedger: false)) else {
      throw LedgerError(.notFound, place: "\(directory)/\(fileName)", "there is no ledger key yet")
    }
    return key
  }

  /// Of another name than ``fileName``; `nil` where there is none.
  static func load(_ fileName: String, from files: LedgerDirectory) throws(LedgerError) -> LedgerKey? {
    let place = "\(files.path)/\(fileName)"
    guard let file = try files.openFile(fileName, O_RDONLY | O_NOFOLLOW, whenAbsent: nil) else { return nil }
    guard try file.mode() & 0o077 == 0 else {
      throw LedgerError(
        .noPermission, place: place, "others than its owner may read the key", remedy: "run `chmod 600 \(place)`")
    }
    let text = String(decoding: try file.read(at: 0, count: LedgerLimits.keyFileBytes), as: UTF8.self)
    guard let key = parse(text) else {
      throw LedgerError(
        .malformed, place: place, "it is no ledger key",
        remedy: "restore it from a backup, or start a new ledger with `sallyport log accept-fork`")
    }
    return key
  }

  private static func parse(_ text: String) -> LedgerKey? {
    guard text.hasPrefix(prefix), text.hasSuffix("\n") else { return nil }
    let parts = text.dropFirst(prefix.count).dropLast().split(separator: "+", maxSplits: 2)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.first == VerifierKey.ed25519,
      let key = try? LedgerKey(origin: String(parts[0]), seed: Array(bytes.dropFirst())),
      key.verifier.keyIDText == parts[1]
    else { return nil }
    return key
  }

  private var text: String {
    let seed = Array(key.rawRepresentation)
    return "\(Self.prefix)\(origin)+\(verifier.keyIDText)+\(Base64.encode([VerifierKey.ed25519] + seed))\n"
  }

  /// Signs a checkpoint. The caller has made sure that every checkpoint signed before is a beginning of this one.
  func sign(_ checkpoint: Checkpoint) throws(LedgerError) -> [UInt8] {
    guard let signature = try? key.signature(for: Array(checkpoint.text.utf8)) else {
      throw LedgerError(.storage, place: "ledger key", "the key does not sign")
    }
    let line = SignedNote.Signature(keyName: origin, keyID: verifier.keyID, bytes: Array(signature))
    return SignedNote(text: checkpoint.text, signatures: [line]).bytes
  }
}

extension LedgerKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "LedgerKey(\(verifier))" }
  package var customMirror: Mirror { Mirror(self, children: ["verifier": verifier]) }
}
