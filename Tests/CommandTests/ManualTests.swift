internal import Evidence
internal import Glibc
internal import Testing

@Suite("The manual page", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ManualTests {
  @Test("it names every command, and every option of each where the command is described")
  func complete() throws {
    let described = try JSONParser.parse(try User().sallyport("--experimental-dump-help").output)
    let page = try TextFile.read(Self.pagePath)
    let root = try #require(described["command"])
    for command in Self.commands(under: root, named: []) where command.options.isEmpty == false {
      let name = command.name.joined(separator: " ")
      let section = try #require(
        Self.section(of: name, in: page), "no section for sallyport \(name): run scripts/manual.py")
      for option in command.options {
        #expect(
          section.contains(option.replacing("-", with: "\\-")), "sallyport \(name): \(option): run scripts/manual.py")
      }
    }
  }

  @Test("its synopsis and its list of commands name every command, and a flag and its opposite share an entry")
  func everyCommand() throws {
    let described = try JSONParser.parse(try User().sallyport("--experimental-dump-help").output)
    let page = try TextFile.read(Self.pagePath)
    let synopsis = page.prefix(upTo: try #require(page.firstRange(of: ".SH DESCRIPTION")?.lowerBound))
    let commands = page[try #require(page.firstRange(of: ".SH COMMANDS")?.upperBound)...]
      .prefix { _ in true }.prefix(upTo: try #require(page.firstRange(of: ".SH OPTIONS")?.lowerBound))
    for node in described["command"]?["subcommands"]?.array ?? [] {
      guard let name = node["commandName"]?.string, name != "help" else { continue }
      #expect(synopsis.contains("\n.B sallyport \(name)"), "\(name)")
      #expect(commands.contains(".TP\n.B \(name)\n"), "\(name)")
    }
    #expect(synopsis.contains("\\-\\-list"))
    #expect(page.contains("\\fB\\-\\-observe\\fR, \\fB\\-\\-no\\-observe\\fR\n"))
  }

  @Test("it has every exit code of docs/exit-codes.md, and every variable that the program reads")
  func sections() throws {
    let page = try TextFile.read(Self.pagePath)
    func section(_ name: String) throws -> Substring {
      let start = try #require(page.firstRange(of: ".SH \(name)\n")?.upperBound)
      return page[start...].prefix(upTo: page[start...].firstRange(of: "\n.SH ")?.lowerBound ?? page.endIndex)
    }
    let codes = try TextFile.read(Self.pagePath.replacing("packaging/sallyport.1", with: "docs/exit-codes.md"))
    let rows = codes.matches(of: #/\n\| (\d+) \| ([^|]+) \|/#)
    #expect(rows.count == 12)
    let status = try section("EXIT STATUS")
    for row in rows {
      let sentence = row.2.replacing("`", with: "").replacing("-", with: "\\-")
      #expect(status.contains("\n.B \(row.1)\n\(sentence)"), "\(row.1): run scripts/manual.py")
    }
    let environment = try section("ENVIRONMENT")
    for name in [
      "SALLYPORT_HOME", "XDG_STATE_HOME", "HOME", "PATH", "SSL_CERT_FILE", "NO_COLOR", "FORCE_COLOR", "TERM",
    ] {
      #expect(environment.contains(name))
    }
    #expect(try section("FILES").contains("sallyport.yaml"))
    #expect(try section("SEE ALSO").contains("sysexits"))
  }

  private struct Command {
    let name: [String]
    let options: [String]
  }

  private static func commands(under node: JSONValue, named name: [String]) -> [Command] {
    let options = (node["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }.flatMap { argument in
      (argument["names"]?.array ?? []).compactMap { name -> String? in
        guard let word = name["name"]?.string, name["kind"]?.string == "long", !["help", "version"].contains(word)
        else { return nil }
        return "--" + word
      }
    }
    let own = Command(name: name, options: options)
    return [own]
      + (node["subcommands"]?.array ?? []).flatMap { child -> [Command] in
        guard let word = child["commandName"]?.string, word != "help" else { return [] }
        return commands(under: child, named: name + [word])
      }
  }

  /// What stands under `.SS COMMAND`.
  private static func section(of name: String, in page: String) -> Substring? {
    let wanted = ".SS " + name.replacing("-", with: "\\-") + "\n"
    guard let start = page.firstRange(of: wanted)?.upperBound else { return nil }
    let rest = page[start...]
    return rest[..<(rest.firstRange(of: #/\n\.S[SH] /#)?.lowerBound ?? rest.endIndex)]
  }

  private static var pagePath: String {
    let up = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(up)/packaging/sallyport.1"
  }
}
