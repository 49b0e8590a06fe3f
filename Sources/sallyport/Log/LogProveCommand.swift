internal import ArgumentParser
internal import Glibc
internal import Ledger
internal import Run

struct LogProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Write the proof that an entry is in the ledger, for somebody who has only its key.",
    discussion: """
      Without --output the proof goes to standard output. The entry itself is written beside the proof, with the
      suffix .entry, since the proof speaks of its bytes.

      EXAMPLES
        sallyport log prove 17
        sallyport log prove 17 --output entry-17.tlog-proof
      """)

  @OptionGroup var options: LedgerOptions

  @Argument(help: .init("The entry's index, from 0.", valueName: "index"))
  var index: Int

  @Option(name: .shortAndLong, help: .init("The file to write.", valueName: "file"))
  var output: String?

  func run() throws {
    do throws(RunError) {
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) {
        let (proof, entry) = try audit.prove(index)
        guard let output else { return Message.result(String(decoding: proof.bytes, as: UTF8.self)) }
        try NewFile.write(proof.bytes, to: output)
        try NewFile.write(entry, to: "\(output).entry")
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}

/// A file that was not there before.
enum NewFile {
  static func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw LedgerError(
        errno == EEXIST ? .alreadyExists : .storage, place: path,
        "cannot be written: \(String(cString: strerror(errno)))", remedy: "name a file that is not there yet")
    }
    close(file)
  }
}
