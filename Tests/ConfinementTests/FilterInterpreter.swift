internal import Confinement

/// The kernel's BPF machine, as far as our programs use it.
struct FilterInterpreter {
  let program: FilterProgram

  /// - Returns: the return value, `nil` for a program that leaves its own bounds or knows an unknown instruction.
  func run(number: UInt32, architecture: UInt32 = SystemCall.architecture, arguments: [UInt64] = []) -> UInt32? {
    var accumulator: UInt32 = 0
    var index = 0
    while program.instructions.indices.contains(index) {
      let instruction = program.instructions[index]
      let operand = instruction.operand
      var jump: Bool?
      switch instruction.code {
      case FilterProgram.Instruction.loadCode:
        accumulator = load(operand, number, architecture, arguments)
      case FilterProgram.Instruction.maskCode: accumulator &= operand
      case FilterProgram.Instruction.equalCode: jump = accumulator == operand
      case FilterProgram.Instruction.atLeastCode: jump = accumulator >= operand
      case FilterProgram.Instruction.anyBitCode: jump = accumulator & operand != 0
      case FilterProgram.Instruction.returnCode: return operand
      default: return nil
      }
      index += 1 + (jump.map { Int($0 ? instruction.jumpTrue : instruction.jumpFalse) } ?? 0)
    }
    return nil
  }

  private func load(_ offset: UInt32, _ number: UInt32, _ architecture: UInt32, _ arguments: [UInt64]) -> UInt32 {
    switch offset {
    case 0: return number
    case 4: return architecture
    default:
      let index = Int(offset - 16) / 8
      return arguments.indices.contains(index) ? UInt32(truncatingIfNeeded: arguments[index]) : 0
    }
  }
}
