internal import Evidence
internal import Testing

@Suite("State that cannot be used", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct UnreadableStateTests {
  private static let commands = [
    ["runs"], ["runs", "--json"], ["report"], ["redactions", "list"], ["changes"], ["watch"], ["canary", "list"],
    ["log", "verify"], ["run", "--", "/bin/true"],
  ]

  @Test("is an error of state, and does not pass for no state", arguments: commands)
  func notADirectory(command: [String]) throws {
    let outcome = try User { _ in ["SALLYPORT_HOME": "/etc/passwd"] }.sallyport(command)
    #expect(outcome.code == 73, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.lowercased().contains("not a directory"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test("is refused where its name is relative", arguments: commands)
  func relative(command: [String]) throws {
    let user = try User { _ in ["SALLYPORT_HOME": "own"] }
    let outcome = try user.sallyport(command)
    #expect(outcome.code == 64, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.errors.contains("SALLYPORT_HOME: is 'own', which is no absolute path."), "\(outcome.errors)")
    #expect(user.arrange("test -e home/.local/state/sallyport/runs -o -e project/own") != 0)
  }
}
