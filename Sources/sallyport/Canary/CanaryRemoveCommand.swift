internal import ArgumentParser
internal import Evidence
internal import Presentation
internal import Run

struct CanaryRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Forget a canary: nothing looks for it any more.",
    usage: "sallyport canary remove <id> [<options>]",
    discussion: HelpText.flowing(
      """
      The file that it was written into stays as it is: take the token out of it yourself.

      EXAMPLES
        sallyport canary remove c_1a2b3c4d
      """))

  @Argument(help: .init("As the list has it.", valueName: "id"))
  var id: String

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() throws {
    do {
      let canary = try CanaryStore.own().remove(id)
      if json { return Message.result(try JSONText.of(CanaryList.Entry(canary, nil).json)) }
      Message.result("\(canary.id) is forgotten; its token still lies in \(Sanitised(canary.path).text)\n")
    } catch let error as RunError {
      throw Exit(error).end(error.description)
    }
  }
}
