import Testing

@testable import Ledger

@Suite struct NoteTests {
  private static let exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  private static let example =
    "This is an example message.\n\n— example.com/foo "
    + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"

  private static let logKey = "example.com/sallyport-test+d71031f8+AVOLd4x0MngKGJe6iHYZU9qwC1EeSvMbFiWMwPf2bj10"
  static let logLine =
    "— example.com/sallyport-test "
    + "1xAx+BlosiXbjHSGieuq+Q9pTGUZ/4XXNZVe04CO7F/ARP66lqR+5zExeWgEgCphdjZEBloWRQfnOBi2mYkU9R7rmAc=\n"
  static let witnessLine =
    "— witness.example/w1 "
    + "gO1FEQAAAABoTuGAvo6eISYbUFqS0CDkOQM5+YlHKggfqpTCKy1tEFRCKZ6rjq9BXJnxTrpLXbZiDgPCTypcde7wU6jJc0zVMXO/Dg==\n"
  static let body = "example.com/sallyport-test\n3\nrFBu7Hhtd9VnUFtZsZkjVRU9lKdwqJILAW5kcrhSSLw=\n"

  private func note(_ text: String) throws(LedgerError) -> SignedNote { try SignedNote(Array(text.utf8)) }

  @Test("the specification's own example verifies")
  func specificationExample() throws {
    let note = try note(Self.example)
    #expect(note.text == "This is an example message.\n")
    try note.verify(with: VerifierKey(Self.exampleKey))
    #expect(note.bytes == Array(Self.example.utf8))
  }

  @Test(
    "x/mod's test key is read, with its ID over the type byte too",
    arguments: [
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", exampleKey, logKey,
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    ])
  func keys(text: String) throws {
    #expect(try VerifierKey(text).text == text)
  }

  @Test("a checkpoint with a log's signature and a witness's cosignature verifies, and the unknown one is left alone")
  func cosignedCheckpoint() throws {
    let text = Self.body + "\n" + Self.logLine + Self.witnessLine
    let verified = try Verified(Array(text.utf8), with: VerifierKey(Self.logKey))
    #expect(verified.value.size == 3)
    #expect(verified.value.root.base64 == "rFBu7Hhtd9VnUFtZsZkjVRU9lKdwqJILAW5kcrhSSLw=")
    #expect(try note(text).signatures.map(\.keyName) == ["example.com/sallyport-test", "witness.example/w1"])
  }

  @Test("a known key's failing signature rejects the note, even beside one that verifies")
  func failingSignature() throws {
    let key = try VerifierKey(Self.logKey)
    let bad = Self.logLine.replacing("1xAx+B", with: "1xAx+C")
    #expect(throws: LedgerError.self) { try Verified(Array((Self.body + "\n" + bad).utf8), with: key) }
    #expect(throws: LedgerError.self) { try Verified(Array((Self.body + "\n" + Self.logLine + bad).utf8), with: key) }
    // The same signature twice is no reason for doubt.
    _ = try Verified(Array((Self.body + "\n" + Self.logLine + Self.logLine).utf8), with: key)
    let other = Self.body.replacing("\n3\n", with: "\n4\n")
    #expect(throws: LedgerError.self) { try Verified(Array((other + "\n" + Self.logLine).utf8), with: key) }
  }

  @Test("the same name with another ID is another key")
  func sameNameOtherKey() throws {
    let (ours, theirs) = (LedgerKey.random(), LedgerKey.random())
    let impostor = VerifierKey(name: ours.origin, publicKey: theirs.verifier.publicKey)
    #expect(impostor.keyID != ours.verifier.keyID)
    let checkpoint = try ours.sign(Checkpoint(origin: ours.origin, size: 0, root: Merkle.emptyRoot))
    let error = #expect(throws: LedgerError.self) { try Verified(checkpoint, with: impostor) }
    #expect(error?.code == .untrusted)
  }

  @Test("an ID computed without the type byte is refused")
  func wrongKeyID() throws {
    let key = LedgerKey.random().verifier
    let hash = TreeHash.sha256(Array(key.name.utf8) + [0x0a] + key.publicKey)
    let wrong = "\(key.name)+\(Hexadecimal.encode(hash.bytes.prefix(4)))+\(Base64.encode([1] + key.publicKey))"
    #expect(throws: LedgerError.self) { try VerifierKey(wrong) }
  }

  @Test("a signed text may hold empty lines; the last one ends it")
  func emptyLines() throws {
    let note = try note("one\n\ntwo\n\n" + Self.logLine)
    #expect(note.text == "one\n\ntwo\n")
  }

  static let malformedNotes: [(String, String)] = [
    ("nothing", ""),
    ("no signatures", "text\n"),
    ("no empty line", "text\n" + logLine),
    ("no signature behind the empty line", "text\n\n"),
    ("no newline at the end", body + "\n" + String(logLine.dropLast())),
    ("carriage returns", body.replacing("\n", with: "\r\n") + "\r\n" + logLine),
    ("a control character", "te\u{1}xt\n\n" + logLine),
    ("a tab in the text", "te\txt\n\n" + logLine),
    ("a hyphen for the em dash", body + "\n" + logLine.replacing("—", with: "-")),
    ("a horizontal bar for the em dash", body + "\n" + logLine.replacing("—", with: "―")),
    ("two spaces", body + "\n" + logLine.replacing("— ", with: "—  ")),
    ("a plus sign in the name", body + "\n" + logLine.replacing("example.com", with: "example+com")),
    ("a no-break space in the name", body + "\n" + logLine.replacing("example.com", with: "example\u{a0}com")),
    ("no padding", body + "\n" + logLine.replacing("mAc=", with: "mAc")),
    ("bits behind the last byte", body + "\n" + logLine.replacing("mAc=", with: "mAd=")),
    ("a signature that is only an ID", body + "\n— name 1xAx+A==\n"),
    ("something behind the signatures", body + "\n" + logLine + "more\n"),
    ("too many signatures", body + "\n" + String(repeating: logLine, count: 101)),
  ]

  @Test("a note that is not in its one form is refused", arguments: malformedNotes)
  func malformed(_ example: (name: String, text: String)) {
    #expect(throws: LedgerError.self, "\(example.name)") { try SignedNote(Array(example.text.utf8)) }
  }

  @Test("bytes that are not UTF-8, and notes without end, are refused")
  func hostileBytes() {
    #expect(throws: LedgerError.self) { try SignedNote([0xff, 0xfe] + Array((Self.body + "\n" + Self.logLine).utf8)) }
    let endless = [UInt8](repeating: 0x0a, count: LedgerLimits.noteBytes + 1)
    let error = #expect(throws: LedgerError.self) { try SignedNote(endless) }
    #expect(error?.code == .tooLarge)
  }

  @Test("no cut and no changed byte of a signed checkpoint verifies")
  func everyByte() throws {
    let key = try VerifierKey(Self.logKey)
    let good = Array((Self.body + "\n" + Self.logLine).utf8)
    for position in good.indices {
      var bad = good
      bad[position] ^= 0x04
      #expect(throws: LedgerError.self) { try Verified(bad, with: key) }
      #expect(throws: LedgerError.self) { try Verified(Array(good[..<position]), with: key) }
    }
  }

  static let malformedCheckpoints: [(String, String)] = [
    ("two lines", "a\n3\n"), ("a leading zero", body.replacing("\n3\n", with: "\n03\n")),
    ("a plus sign", body.replacing("\n3\n", with: "\n+3\n")),
    ("a negative size", body.replacing("\n3\n", with: "\n-3\n")),
    ("a size of 64 bits", body.replacing("\n3\n", with: "\n18446744073709551615\n")),
    ("other digits", body.replacing("\n3\n", with: "\n٣\n")), ("an empty origin", String(body.dropFirst(26))),
    ("an empty extension", body + "\n"), ("no last newline", String(body.dropLast())),
    ("a short root", body.replacing("SLw=", with: "")),
    ("base64 with bits behind it", body.replacing("SLw=", with: "SLx=")),
    ("a carriage return", body.replacing("\n3\n", with: "\n3\r\n")),
    ("an empty tree with another root", body.replacing("\n3\n", with: "\n0\n")),
  ]

  @Test("a text that is no checkpoint is refused", arguments: malformedCheckpoints)
  func malformedCheckpoint(_ example: (name: String, text: String)) {
    #expect(throws: LedgerError.self, "\(example.name)") { try Checkpoint(example.text) }
  }

  @Test("extension lines are kept and signed over, and a checkpoint is written as it was read")
  func extensions() throws {
    let checkpoint = try Checkpoint(Self.body + "one\ntwo\n")
    #expect(checkpoint.extensions == ["one", "two"])
    #expect(checkpoint.text == Self.body + "one\ntwo\n")
  }

  @Test("a checkpoint of another log is not taken for ours, even under our key")
  func otherOrigin() throws {
    let key = LedgerKey.random()
    let note = try key.sign(Checkpoint(origin: "example.com/other", size: 0, root: Merkle.emptyRoot))
    #expect(throws: LedgerError.self) { try Verified(note, with: key.verifier) }
  }
}
