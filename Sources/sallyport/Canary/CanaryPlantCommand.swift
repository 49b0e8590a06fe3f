internal import ArgumentParser
internal import Evidence
internal import Presentation
internal import Run

struct CanaryPlantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plant",
    abstract: "Make a canary and write it into a new file.",
    usage: "sallyport canary plant [<path>] [<options>]",
    discussion: HelpText.flowing(
      """
      Kinds: aws, github and npm (keys with the right form and checksum), database (an address with a password), generic (a
      key of no known service), customer (a made-up person at a domain that is nobody's), document (a sentence).

      EXAMPLES
        sallyport canary plant                                # secrets.env, here
        sallyport canary plant deploy/ --kind aws             # deploy/aws-credentials.bak
        sallyport canary plant fixtures/people.csv --kind customer --label fixtures
        sallyport canary plant notes.md --kind document --append

      Exit codes: 0 it is planted, 66 the file for --append is not there, 73 the file is there already or cannot be
      written, 76 the file of canaries is damaged.
      """))

  @Argument(help: .init("A file that is not there yet, or a directory; this directory if none.", valueName: "path"))
  var path = "."

  @Option(
    name: .customLong("kind"), help: .init("What it looks like.", valueName: "kind"),
    completion: Choice.completion(CanaryKind.self))
  var kindName = CanaryKind.generic.rawValue

  @Option(name: .long, help: .init("A word of yours for it, to know it by.", valueName: "text"))
  var label: String?

  @Flag(name: .long, help: "Add it to the end of a file that is there.")
  var append = false

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  private static let longestLabel = 200

  func validate() throws {
    _ = try kind()
    if path.isEmpty { throw ValidationError("A canary wants a path, not ''.") }
    if let label, label.isEmpty || label.count > Self.longestLabel {
      throw ValidationError("--label wants 1 to \(Self.longestLabel) characters.")
    }
  }

  private func kind() throws -> CanaryKind { try Choice.of(CanaryKind.self, kindName, for: "--kind") }

  func run() throws {
    do {
      let canary = try CanaryStore.own().plant(
        try kind(), label: label, at: path, appends: append, now: WallClock.system.now())
      if json { return Message.result(try JSONText.of(CanaryList.Entry(canary, nil).json)) }
      Message.result("\(canary.id): \(canary.kind.rawValue) canary planted in \(Sanitised(canary.path).text)\n")
    } catch let error as RunError {
      throw Exit(error).end(error.description)
    }
  }
}

extension CanaryList.Entry {
  init(_ canary: PlantedCanary, _ last: CanarySightings.Last?) {
    self.init(
      id: canary.id, kind: canary.kind.rawValue, label: canary.label, path: canary.path, planted: canary.planted,
      seen: last.map { .init(time: $0.time, run: $0.run, host: $0.host, verdict: $0.verdict, count: $0.count) })
  }
}
