internal import ArgumentParser
internal import Evidence
internal import FileInspection
internal import Inspection
internal import Run

struct RedactionsRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Print a text with what was taken out put back.",
    usage: "sallyport redactions restore [<path>] [<options>]",
    discussion: HelpText.flowing(
      """
      For what still has placeholders in it: a transcript of the model's side, a log, a diff that somebody else was sent.
      Values are put in as they are, without escapes. A placeholder of which nothing is kept stays.

      EXAMPLES
        sallyport redactions restore transcript.txt
        wl-paste | sallyport redactions restore > answer.txt

      Exit codes: 0 done, also where nothing was replaced; 66 the file is not there; 73 what is kept cannot be read.
      """))

  @Argument(help: .init("A file, or - for standard input.", valueName: "path"))
  var path = "-"

  func run() throws {
    do {
      var restoring = TextRestoring(try RedactionVault.own().placeholders(now: WallClock.system.now()))
      Message.result(bytes: restoring.take(try OneText.bytes(of: path)) + restoring.finish())
    } catch let error as RunError {
      throw Exit(error).end(error.description)
    } catch let error as FileInspectionError {
      throw Exit(error).end(error.description)
    }
  }
}
