internal import ArgumentParser
internal import Ledger
internal import Run

struct LogProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Prove that an entry is in the ledger, or that the ledger goes on from an earlier checkpoint.",
    discussion: """
      The proof goes to standard output. With --output FILE it is written to FILE, and for an entry its bytes, of which
      the proof speaks, to FILE.entry. Whoever has these and the key can check them without the ledger.

      The proof of an entry is a C2SP tlog-proof; that of a continuation has the form in which C2SP tlog-witness asks a
      witness for its signature: "old SIZE", the hashes, an empty line, the newer checkpoint.

      EXAMPLES
        sallyport log prove 17
        sallyport log prove 17 --output entry-17.tlog-proof
        sallyport log verify --proof entry-17.tlog-proof --key "$(cat pinned.vkey)"
        sallyport log prove --since earlier.checkpoint
      """)

  @OptionGroup var options: LedgerOptions

  @Argument(help: .init("The entry's index, from 0.", valueName: "index"))
  var index: Int?

  @Option(name: .long, help: .init("Prove that the ledger goes on from this checkpoint.", valueName: "checkpoint-file"))
  var since: String?

  @Option(name: .shortAndLong, help: .init("The file to write.", valueName: "file"))
  var output: String?

  func validate() throws {
    if (index == nil) == (since == nil) { throw ValidationError("Name either an entry's index or --since.") }
  }

  func run() throws {
    do throws(RunError) {
      let earlier = try since.map { file throws(RunError) in try EvidenceFile.read(file, for: EvidenceFile.checkpoint) }
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) {
        if let index {
          let (proof, entry) = try audit.prove(index)
          try put(proof.bytes, entry: entry)
        } else if let earlier, let since {
          try put(try audit.continuation(of: earlier, place: since).bytes, entry: nil)
        }
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  private func put(_ proof: [UInt8], entry: [UInt8]?) throws(LedgerError) {
    guard let output else { return Message.result(String(decoding: proof, as: UTF8.self)) }
    try EvidenceFile.write(proof, to: output)
    if let entry { try EvidenceFile.write(entry, to: "\(output).entry") }
  }
}
