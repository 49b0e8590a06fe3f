internal import Glibc

/// Gives every program that connects a number, and writes it into a ``ProgramBook``. The relay's side.
package struct ProgramBookWriter: ~Copyable {
  private let file: Descriptor
  private var numbers: [String: UInt32] = [:]

  /// - Parameter file: of a book; anything else that can be written at an offset takes it in vain.
  package init(owning file: consuming Descriptor) {
    self.file = file
  }

  /// The number of this program, the same each time; it can be looked up as soon as this returns.
  ///
  /// - Returns: 0, which stands for no program, where there are too many or the path cannot be written.
  package mutating func number(of program: String) -> UInt32 {
    if let number = numbers[program] { return number }
    let path = Array(program.utf8) + [0]
    guard path.count > 1, path.count <= ConfinementLimits.pathBytes,
      numbers.count < ConfinementLimits.connectingPrograms
    else { return 0 }
    let number = UInt32(numbers.count + 1)
    guard let place = Self.place(of: number), pwrite(file.number, path, path.count, place) == path.count else {
      return 0
    }
    numbers[program] = number
    return number
  }

  /// Where the path with this number begins; it ends with a zero.
  static func place(of number: UInt32) -> Int? {
    guard (1...UInt32(ConfinementLimits.connectingPrograms)).contains(number) else { return nil }
    return Int(number - 1) * ConfinementLimits.pathBytes
  }
}
