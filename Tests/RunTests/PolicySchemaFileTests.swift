internal import Testing

@testable internal import Run

@Suite("The schema that a new policy names")
struct PolicySchemaFileTests {
  private let place: Place

  init() throws { place = try Place() }

  @Test("an installed program finds it under its own prefix, wherever that is")
  func installed() throws {
    let schema = try place.file("any/prefix/share/sallyport/sallyport.schema.json", "{}")
    #expect(PolicySchemaFile.path(for: place.path("any/prefix/bin/sallyport")) == schema)
  }

  @Test("a program that was built in the repository finds the repository's")
  func built() throws {
    let schema = try place.file("clone/Sources/Policy/Resources/sallyport.schema.json", "{}")
    #expect(PolicySchemaFile.path(for: place.path("clone/.build/x86_64/debug/sallyport")) == schema)
  }

  @Test("without either there is none")
  func neither() {
    #expect(PolicySchemaFile.path(for: place.path("bin/sallyport")) == nil)
    #expect(PolicySchemaFile.path(for: "/sallyport") == nil)
  }
}
