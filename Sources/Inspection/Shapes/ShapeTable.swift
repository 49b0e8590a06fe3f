internal import CText

/// Shapes by where they are looked for: made once, read for all texts.
// Plain memory that lives as long as it does, as ``PatternProgram`` is.
final class ShapeTable: @unchecked Sendable {
  /// A shape among those of one place.
  struct Entry: BitwiseCopyable {
    /// Of ``sets``.
    let firstSet: Int
    let setCount: Int
    let notBefore: ByteSet
    /// Bytes from the shape's beginning to where it is looked for.
    let pivot: Int
    let lead: Int
  }

  /// Of ``entries``.
  struct Group: BitwiseCopyable {
    let first: Int
    let count: Int
  }

  /// What is looked for where many bytes of a class begin.
  struct LongRun: BitwiseCopyable {
    /// Of ``classes``.
    let number: Int
    /// Bytes in a row.
    let count: Int
    let group: Group
  }

  /// Rows of so many bytes, and of more.
  static let longestRun = 31
  /// What may come behind a row: a byte, or the text's end.
  static let endOfText = 256
  /// Of the classes: before its members nothing long begins.
  static let boundary = RunKind.allCases.count
  /// Of the classes: what is long is of its members, whatever it is.
  static let widest = boundary + 1
  private static let columns = 257

  /// All of it, for a look at a text: none of its parts counts a reference.
  struct Layout: BitwiseCopyable {
    /// First those of ``RunKind``, then ``boundary`` and ``widest``, then those of long rows.
    let classes: UnsafePointer<sallyport_byte_class>
    let classCount: Int
    /// By kind, by length, by what comes behind: the number of a group; 0 for nothing, which is what nearly all are.
    fileprivate let dispatch: UnsafePointer<UInt16>
    fileprivate let groups: UnsafePointer<Group>
    let longRuns: UnsafePointer<LongRun>
    let longRunCount: Int
    let entries: UnsafePointer<Entry>
    let sets: UnsafePointer<ByteSet>
    fileprivate let groupCount: Int
    fileprivate let entryCount: Int
    fileprivate let setCount: Int
    /// Bytes that the longest shape has.
    let longest: Int
    /// Bytes before the place where a shape is looked for at which a match may begin.
    let farthest: Int

    var isEmpty: Bool { entryCount == 0 }

    fileprivate init(_ assembly: ShapeAssembly, longest: Int, farthest: Int) {
      classes = UnsafePointer(keeping: assembly.classes)
      classCount = assembly.classes.count
      dispatch = UnsafePointer(keeping: assembly.dispatch)
      groups = UnsafePointer(keeping: assembly.groups)
      longRuns = UnsafePointer(keeping: assembly.longRuns)
      longRunCount = assembly.longRuns.count
      entries = UnsafePointer(keeping: assembly.entries)
      sets = UnsafePointer(keeping: assembly.sets)
      groupCount = assembly.groups.count
      entryCount = assembly.entries.count
      setCount = assembly.sets.count
      self.longest = longest
      self.farthest = farthest
    }

    /// - Parameter behind: a byte, or ``endOfText``.
    /// - Returns: what may stand where so many bytes of a kind are in a row.
    @inline(__always)
    func group(_ kind: RunKind, length: Int, behind: Int) -> Group? {
      let number = dispatch[ShapeTable.place(kind, length, behind)]
      return number == 0 ? nil : groups[Int(number)]
    }
  }

  let layout: Layout

  /// - Parameter shapes: each with the number of its lead.
  convenience init(_ shapes: [(shape: PatternShape, lead: Int)]) {
    self.init(
      Layout(
        ShapeAssembly(shapes), longest: shapes.map(\.shape.sets.count).max() ?? 0,
        farthest: shapes.map(\.shape.end.upperBound).max() ?? 0))
  }

  private init(_ layout: Layout) { self.layout = layout }

  convenience init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    self.init(
      Layout(try ShapeAssembly(from: &archive), longest: try archive.read(), farthest: try archive.read()))
  }

  deinit {
    layout.classes.deallocate()
    layout.dispatch.deallocate()
    layout.groups.deallocate()
    layout.longRuns.deallocate()
    layout.entries.deallocate()
    layout.sets.deallocate()
  }

  fileprivate static func place(_ kind: RunKind, _ length: Int, _ behind: Int) -> Int {
    (kind.rawValue * (longestRun + 1) + length) * columns + behind
  }

  fileprivate static var places: Int { RunKind.allCases.count * (longestRun + 1) * columns }
}

extension ShapeTable: ArchivedValue {
  func write(to archive: inout ArchiveWriter) {
    archive.write(buffer: UnsafeBufferPointer(start: layout.classes, count: layout.classCount))
    archive.write(buffer: UnsafeBufferPointer(start: layout.dispatch, count: Self.places))
    archive.write(buffer: UnsafeBufferPointer(start: layout.groups, count: layout.groupCount))
    archive.write(buffer: UnsafeBufferPointer(start: layout.longRuns, count: layout.longRunCount))
    archive.write(buffer: UnsafeBufferPointer(start: layout.entries, count: layout.entryCount))
    archive.write(buffer: UnsafeBufferPointer(start: layout.sets, count: layout.setCount))
    archive.write(layout.longest)
    archive.write(layout.farthest)
  }
}

/// A table that is being made.
private struct ShapeAssembly {
  private(set) var classes = (RunKind.allCases.map(\.set) + [.alphanumeric, WideClass.base64.set]).map(\.halves)
  private(set) var dispatch = [UInt16](repeating: 0, count: ShapeTable.places)
  private(set) var groups = [ShapeTable.Group(first: 0, count: 0)]
  private(set) var longRuns: [ShapeTable.LongRun] = []
  private(set) var entries: [ShapeTable.Entry] = []
  private(set) var sets: [ByteSet] = []

  init(_ shapes: [(shape: PatternShape, lead: Int)]) {
    var runs: [(shape: PatternShape, entry: ShapeTable.Entry)] = []
    var long: [WideClass: (count: Int, entries: [ShapeTable.Entry])] = [:]
    for (shape, lead) in shapes {
      switch shape.pivot {
      case .run(let pivot): runs.append((shape, entry(shape, pivot, lead)))
      case .long(let wide, let count):
        let known = long[wide] ?? (count, [])
        long[wide] = (min(known.count, count), known.entries + [entry(shape, 0, lead)])
      }
    }
    for wide in WideClass.allCases {
      guard let (count, entries) = long[wide] else { continue }
      classes.append(wide.set.halves)
      longRuns.append(ShapeTable.LongRun(number: classes.count - 1, count: count, group: group(of: entries)))
    }
    fillDispatch(runs)
  }

  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    classes = try archive.elements()
    dispatch = try archive.elements()
    guard dispatch.count == ShapeTable.places else { throw DamagedArchive() }
    groups = try archive.elements()
    longRuns = try archive.elements()
    entries = try archive.elements()
    sets = try archive.elements()
  }

  private mutating func entry(_ shape: PatternShape, _ pivot: Int, _ lead: Int) -> ShapeTable.Entry {
    defer { sets += shape.sets }
    return ShapeTable.Entry(
      firstSet: sets.count, setCount: shape.sets.count, notBefore: shape.notBefore, pivot: pivot, lead: lead)
  }

  private mutating func group(of members: [ShapeTable.Entry]) -> ShapeTable.Group {
    defer { entries += members }
    return ShapeTable.Group(first: entries.count, count: members.count)
  }

  private mutating func fillDispatch(_ runs: [(shape: PatternShape, entry: ShapeTable.Entry)]) {
    var known: [[Int]: UInt16] = [[]: 0]
    for kind in RunKind.allCases {
      for length in 1...ShapeTable.longestRun {
        let candidates = runs.indices.filter { Self.fits(runs[$0].shape, runs[$0].entry.pivot, kind, length) }
        for behind in 0...ShapeTable.endOfText {
          let members = candidates.filter { Self.fits(runs[$0].shape, runs[$0].entry.pivot + length, behind) }
          let number = known[members] ?? UInt16(clamping: groups.count)
          if known.updateValue(number, forKey: members) == nil {
            groups.append(group(of: members.map { runs[$0].entry }))
          }
          dispatch[ShapeTable.place(kind, length, behind)] = number
        }
      }
    }
  }

  /// Whether a shape may stand where so many bytes of a kind are.
  private static func fits(_ shape: PatternShape, _ pivot: Int, _ kind: RunKind, _ length: Int) -> Bool {
    shape.sets[pivot...].prefix(length).allSatisfy { !$0.intersection(kind.set).isEmpty }
  }

  /// Whether it may go on with what comes behind them, where that is known.
  private static func fits(_ shape: PatternShape, _ place: Int, _ behind: Int) -> Bool {
    guard place < min(shape.sets.count, ShapeTable.longestRun) else { return true }
    return UInt8(exactly: behind).map { shape.sets[place].contains($0) } ?? false
  }
}

extension ByteSet {
  /// Its members of ASCII, for looking at many bytes at once.
  var halves: sallyport_byte_class {
    var result = sallyport_byte_class()
    for byte in UInt8(0)..<0x80 where contains(byte) { sallyport_insert(&result, byte) }
    return result
  }
}
