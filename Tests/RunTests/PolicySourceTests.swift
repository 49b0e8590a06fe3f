internal import Policy
internal import Testing

@testable internal import Run

@Suite("Where the policy comes from")
struct PolicySourceTests {
  private let place: Place

  init() throws { place = try Place() }

  @Test("the nearest sallyport.yaml upwards is in force")
  func nearest() throws {
    try place.file("sallyport.yaml", "version: 1\nposture: ban\n")
    try place.file("a/b/sallyport.yaml", "version: 1\nposture: partner\n")
    place.directory("a/b/c/d")
    place.directory("x/y")
    #expect(try PolicySource.load(nil, workingDirectory: place.path("a/b/c/d")).posture == .partner)
    #expect(try PolicySource.load(nil, workingDirectory: place.path("a/b")).posture == .partner)
    #expect(try PolicySource.load(nil, workingDirectory: place.path("x/y")).posture == .ban)
  }

  @Test("without a file the posture control is in force")
  func builtIn() throws {
    let policy = try PolicySource.load(nil, workingDirectory: place.root)
    #expect(policy.posture == .control)
    #expect(policy.file.hasPrefix("built-in:"))
  }

  @Test("a file that is named comes before the nearest")
  func named() throws {
    try place.file("sallyport.yaml", "version: 1\nposture: ban\n")
    let other = try place.file("other.yaml", "version: 1\nposture: internal\n")
    let policy = try PolicySource.load(other, workingDirectory: place.root)
    #expect(policy.posture == .internal)
    #expect(policy.file == other)
  }

  @Test("a file that is named and not there is an error, not the built-in posture")
  func missing() throws {
    let path = place.path("none.yaml")
    let error = #expect(throws: RunError.self) { try PolicySource.load(path, workingDirectory: place.root) }
    #expect(error?.code == .programMissing)
    #expect(error?.place == path)
  }

  @Test("a link that leads nowhere is an error, not the policy above it or the built-in posture")
  func danglingLink() throws {
    try place.file("sallyport.yaml", "version: 1\nposture: ban\n")
    let path = try place.link("a/sallyport.yaml", to: "gone.yaml")
    let error = #expect(throws: RunError.self) { try PolicySource.load(nil, workingDirectory: place.path("a")) }
    #expect(error?.code == .programMissing)
    #expect(error?.place == path)
    #expect(error?.sentence == "is a link to gone.yaml, which is not there.")
  }

  @Test("every problem is told with its file and line")
  func wrong() throws {
    let path = try place.file("sallyport.yaml", "version: 1\nposture: lax\nrulez: []\n")
    let error = #expect(throws: RunError.self) { try PolicySource.load(nil, workingDirectory: place.root) }
    #expect(error?.code == .configuration)
    #expect(error?.description.contains("\(path):2:") == true)
    #expect(error?.description.contains("\(path):3:") == true)
  }

  @Test("a nearest file that is wrong, a directory or too large is not passed over", arguments: ["directory", "large"])
  func unusable(kind: String) throws {
    try place.file("sallyport.yaml", "version: 1\nposture: ban\n")
    if kind == "directory" {
      place.directory("a/sallyport.yaml")
    } else {
      try place.file("a/sallyport.yaml", String(repeating: "#\n", count: 1 << 20))
    }
    let error = #expect(throws: RunError.self) { try PolicySource.load(nil, workingDirectory: place.path("a")) }
    #expect(error?.code == .configuration)
  }
}
