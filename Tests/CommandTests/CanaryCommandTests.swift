internal import Evidence
internal import Glibc
internal import Testing

@Suite("sallyport canary", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct CanaryCommandTests {
  @Test("a canary is planted, listed and forgotten, and its token is printed nowhere")
  func life() throws {
    let user = try User()
    #expect(try user.sallyport("canary", "list").output == "No canaries yet: sallyport canary plant\n")
    let planted = try user.sallyport("canary", "plant", "bait", "--kind", "generic", "--label", "one", "--json")
    #expect(planted.code == 0, "\(planted.errors)")
    let id = try #require(try JSONParser.parse(planted.output)["id"]?.string)
    let token = try user.shell("sed 's/.*=//' bait").output.filter { $0 != "\n" }
    #expect(token.count == 32)
    let listed = try user.sallyport("canary", "list", "--json")
    let entry = try JSONParser.parse(listed.output)
    #expect(entry["kind"] == "generic" && entry["label"] == "one" && entry["lastSeen"] == nil)
    #expect(entry["path"]?.string?.hasSuffix("/project/bait") == true)
    let table = try user.sallyport("canary", "list")
    #expect(table.output.contains(id) && table.output.contains("never"))
    let removed = try user.sallyport("canary", "remove", id)
    #expect(removed.code == 0 && removed.output.contains("its token still lies in"))
    #expect(try user.sallyport("canary", "list", "--json").output.isEmpty)
    for said in [planted, listed, table, removed] { #expect(!(said.output + said.errors).contains(token)) }
  }

  @Test("what exists is not changed, and what is wrong is said with its code")
  func refusals() throws {
    let user = try User()
    try user.write("mine", to: "bait")
    #expect(try user.sallyport("canary", "plant", "bait").code == 73)
    #expect(try user.shell("cat bait").output == "mine")
    #expect(try user.sallyport("canary", "plant", "absent", "--append").code == 66)
    #expect(try user.sallyport("canary", "plant", "x", "--kind", "asw").code == 64)
    #expect(try user.sallyport("canary", "plant", "x", "--label", "").code == 64)
    #expect(try user.sallyport("canary", "remove", "c_00000000").code == 66)
    #expect(try user.sallyport("canary", "list").output == "No canaries yet: sallyport canary plant\n")
  }
}
