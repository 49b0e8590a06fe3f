internal import CLinux

/// Puts a filter program around the calling thread and all that it will start.
package enum SystemCallFilter {
  /// - Returns: the descriptor that notifications arrive on.
  package static func install(_ program: FilterProgram) throws(ConfinementFailure) -> Descriptor {
    let instructions = program.instructions.map {
      cl_instruction(code: $0.code, jump_true: $0.jumpTrue, jump_false: $0.jumpFalse, operand: $0.operand)
    }
    let result = cl_filter_install(instructions, UInt16(instructions.count), 1)
    guard result >= 0 else { throw ConfinementFailure(.systemCalls, "seccomp", errorNumber: -result) }
    return Descriptor(owning: result)
  }
}
