/// A classic BPF program over `struct seccomp_data`, as the kernel takes it.
///
/// Shape: the architecture is checked first, then foreign and unknown numbers, then one block per rule that always ends
/// in a verdict; so no jump is longer than one block and none needs to be patched.
package struct FilterProgram: Sendable, Hashable {
  package let instructions: [Instruction]

  /// As `struct sock_filter` (linux/filter.h).
  package struct Instruction: Sendable, Hashable {
    package let code: UInt16
    package let jumpTrue: UInt8
    package let jumpFalse: UInt8
    package let operand: UInt32
  }

  package init(rules: [SystemCallRule]) {
    var out = Self.preamble
    for rule in rules {
      guard let number = rule.call.number else { continue }
      let block = Self.block(of: rule)
      precondition(block.count < 256, "a rule's block is within the reach of one jump")
      out.append(.jumpIfEqual(number, 0, UInt8(block.count)))
      out += block
    }
    out.append(.give(.allow))
    precondition(out.count <= Self.mostInstructions, "the kernel takes no longer program (BPF_MAXINSNS)")
    instructions = out
  }

  private static let mostInstructions = 4_096
  private static let noSuchCall = Verdict.refuse(38)

  private static var preamble: [Instruction] {
    var out: [Instruction] = [
      .load(Field.architecture), .jumpIfEqual(SystemCall.architecture, 1, 0), .give(.kill), .load(Field.number),
    ]
    if let bit = SystemCall.foreignABIBit {
      out += [.jumpIfAtLeast(bit, 0, 1), .give(noSuchCall)]
    }
    out += [.jumpIfAtLeast(SystemCall.highestKnown + 1, 0, 1), .give(noSuchCall)]
    return out
  }

  private static func block(of rule: SystemCallRule) -> [Instruction] {
    var out: [Instruction] = []
    for branch in rule.cases {
      // Built from its end, since each condition jumps over all that follows in the branch.
      var tail: [Instruction] = [.give(branch.verdict)]
      for condition in branch.conditions.reversed() {
        let beyond = UInt8(tail.count)
        let load = Instruction.load(Field.lowHalf(ofArgument: condition.argument))
        switch condition.comparison {
        case .equals(let value):
          tail = [load, .mask(condition.mask), .jumpIfEqual(value, 0, beyond)] + tail
        case .hasAny:
          tail = [load, .jumpIfAnyBit(condition.mask, 0, beyond)] + tail
        }
      }
      out += tail
    }
    out.append(.give(rule.otherwise))
    return out
  }

  /// Offsets into `struct seccomp_data`.
  package enum Field {
    package static let number: UInt32 = 0
    package static let architecture: UInt32 = 4
    /// On the little-endian architectures that this is built for.
    package static func lowHalf(ofArgument index: Int) -> UInt32 { UInt32(16 + 8 * index) }
  }
}

extension FilterProgram.Instruction {
  package static let loadCode: UInt16 = 0x20
  package static let maskCode: UInt16 = 0x54
  package static let equalCode: UInt16 = 0x15
  package static let atLeastCode: UInt16 = 0x35
  package static let anyBitCode: UInt16 = 0x45
  package static let returnCode: UInt16 = 0x06

  static func load(_ offset: UInt32) -> Self {
    Self(code: loadCode, jumpTrue: 0, jumpFalse: 0, operand: offset)
  }
  static func mask(_ bits: UInt32) -> Self {
    Self(code: maskCode, jumpTrue: 0, jumpFalse: 0, operand: bits)
  }
  static func jumpIfEqual(_ value: UInt32, _ yes: UInt8, _ no: UInt8) -> Self {
    Self(code: equalCode, jumpTrue: yes, jumpFalse: no, operand: value)
  }
  static func jumpIfAtLeast(_ value: UInt32, _ yes: UInt8, _ no: UInt8) -> Self {
    Self(code: atLeastCode, jumpTrue: yes, jumpFalse: no, operand: value)
  }
  static func jumpIfAnyBit(_ bits: UInt32, _ yes: UInt8, _ no: UInt8) -> Self {
    Self(code: anyBitCode, jumpTrue: yes, jumpFalse: no, operand: bits)
  }
  static func give(_ verdict: Verdict) -> Self {
    Self(code: returnCode, jumpTrue: 0, jumpFalse: 0, operand: verdict.code)
  }
}
