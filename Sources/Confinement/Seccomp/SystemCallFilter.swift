internal import CLinux

/// Puts a filter program around the calling thread and all that it will start.
package enum SystemCallFilter {
  /// - Returns: the descriptor that notifications arrive on.
  package static func install(_ program: FilterProgram) throws(ConfinementFailure) -> Descriptor {
    Descriptor(owning: try install(program, listens: true))
  }

  /// The same without notifications, so that a filter beneath it may have them.
  package static func installSilent(_ program: FilterProgram) throws(ConfinementFailure) {
    _ = try install(program, listens: false)
  }

  private static func install(_ program: FilterProgram, listens: Bool) throws(ConfinementFailure) -> CInt {
    let instructions = program.instructions.map {
      cl_instruction(code: $0.code, jump_true: $0.jumpTrue, jump_false: $0.jumpFalse, operand: $0.operand)
    }
    let result = cl_filter_install(instructions, UInt16(instructions.count), listens ? 1 : 0)
    guard result >= 0 else { throw ConfinementFailure(.systemCalls, "seccomp", errorNumber: -result) }
    return result
  }
}
