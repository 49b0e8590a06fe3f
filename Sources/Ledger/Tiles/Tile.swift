/// The address of one tile of hashes or one bundle of entries (C2SP tlog-tiles).
package struct Tile: Sendable, Hashable {
  /// Hashes, or entries, in a full tile.
  package static let fullWidth = 256

  package enum Kind: Sendable, Hashable {
    /// Roots of subtrees of `256^level` leaves; level 0 holds the leaf hashes themselves.
    case hashes(level: Int)
    /// The entries beneath the level-0 tile of the same index.
    case entries
  }

  package let kind: Kind
  package let index: Int
  /// 1...256; less than 256 for the last tile of a level, which is then partial.
  package let width: Int

  package init(_ kind: Kind, index: Int, width: Int = Tile.fullWidth) {
    self.kind = kind
    self.index = index
    self.width = width
  }

  package var isFull: Bool { width == Self.fullWidth }
  package var full: Tile { Tile(kind, index: index) }

  /// The levels above the leaves that one hash of this tile stands for; entries lie beneath level 0.
  package var level: Int {
    switch kind {
    case .hashes(let level): level
    case .entries: 0
    }
  }

  /// Relative to the ledger's directory: `tile/0/x001/x234/067`, `tile/entries/005.p/17`.
  package var path: String {
    isFull ? fullPath : "\(partialsPath)/\(width)"
  }

  /// The directory with all partial forms of this tile.
  package var partialsPath: String { fullPath + ".p" }

  private var fullPath: String {
    let head =
      switch kind {
      case .hashes(let level): "tile/\(level)"
      case .entries: "tile/entries"
      }
    var groups: [String] = []
    var rest = index
    repeat {
      let digits = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1000
    } while rest > 0
    let last = groups.removeFirst()
    return ([head] + groups.reversed().map { "x" + $0 } + [last]).joined(separator: "/")
  }

  /// Reads a path in its one canonical form.
  ///
  /// - Returns: `nil` for any other text, also for numbers that no tree of 2^63 entries has.
  package init?(path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts.removeFirst() == "tile" else { return nil }
    let head = parts.removeFirst()
    let kind: Kind
    if head == "entries" {
      kind = .entries
    } else if let level = Decimal.parse(head), level <= 63 {
      kind = .hashes(level: level)
    } else {
      return nil
    }
    var width = Self.fullWidth
    if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
      guard let partial = Decimal.parse(parts.removeLast()), (1..<Self.fullWidth).contains(partial) else { return nil }
      width = partial
      parts[parts.count - 1] = parts[parts.count - 1].dropLast(2)
    }
    guard let index = Self.index(parts) else { return nil }
    self.init(kind, index: index, width: width)
    guard self.path == path else { return nil }
  }

  private static func index(_ groups: [Substring]) -> Int? {
    var index = 0
    for (position, group) in groups.enumerated() {
      let digits = position < groups.count - 1 ? group.dropFirst() : group
      guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits)
      else { return nil }
      let (product, overflow) = index.multipliedReportingOverflow(by: 1000)
      guard !overflow, product <= Int.max - value else { return nil }
      index = product + value
    }
    return index
  }
}

extension Tile {
  /// How many hashes a tree of `size` leaves has at `level`.
  package static func hashCount(size: Int, level: Int) -> Int { level < 8 ? size >> (8 * level) : 0 }

  /// The tile of the given kind as a tree of `size` leaves has it; `nil` where it has none there.
  package static func covering(_ kind: Kind, index: Int, size: Int) -> Tile? {
    let tile = Tile(kind, index: index)
    guard index >= 0, index <= Int.max / fullWidth - 1 else { return nil }
    let width = min(hashCount(size: size, level: tile.level) - index * fullWidth, fullWidth)
    return width > 0 ? Tile(kind, index: index, width: width) : nil
  }

  /// All tiles and bundles of a tree of `size` leaves, the entries first, then level by level.
  package static func all(size: Int) -> [Tile] {
    var kinds: [Kind] = [.entries]
    kinds += (0..<8).map { .hashes(level: $0) }
    return kinds.flatMap { kind -> [Tile] in
      let hashes = hashCount(size: size, level: Tile(kind, index: 0).level)
      return (0..<(hashes + fullWidth - 1) / fullWidth).compactMap { Tile.covering(kind, index: $0, size: size) }
    }
  }
}
