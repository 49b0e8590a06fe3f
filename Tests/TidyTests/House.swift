/// Which room may import what, read from the table in `docs/architecture.md`, so that the page cannot go out of date.
struct House: Sendable {
  let rooms: [String: Room]

  struct Room: Sendable, Hashable {
    let name: String
    let floor: Int
    /// Other rooms.
    let imports: Set<String>
    /// Modules of other packages and of the toolchain.
    let outside: Set<String>
    /// The test target that has its tests.
    let tests: String
  }

  /// What comes with the compiler and pulls in nothing.
  static let everywhere: Set<String> = ["Glibc", "Synchronization"]

  init(page: String) {
    var rooms: [String: Room] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { Self.quoted($0) }
      let numbers = line.split(separator: "|", omittingEmptySubsequences: false).map { Int(String($0.trimmed)) }
      guard cells.count == 7, let name = cells[1].first, let floor = numbers[2] else { continue }
      rooms[name] = Room(
        name: name, floor: floor, imports: Set(cells[3]), outside: Set(cells[4]), tests: cells[5].first ?? "")
    }
    self.rooms = rooms
  }

  /// The words between backticks.
  private static func quoted(_ cell: Substring) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
