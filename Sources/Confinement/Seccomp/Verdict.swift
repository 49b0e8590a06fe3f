/// What the kernel does with a system call.
package enum Verdict: Sendable, Hashable {
  case allow
  /// It fails with this errno, at once.
  case refuse(Int32)
  /// It waits until the holder of the listener has answered.
  case notify
  /// The whole process ends with SIGSYS.
  case kill

  /// `SECCOMP_RET_…` of linux/seccomp.h.
  package var code: UInt32 {
    switch self {
    case .allow: 0x7fff_0000
    case .refuse(let errorNumber): 0x0005_0000 | UInt32(truncatingIfNeeded: errorNumber) & 0xfff
    case .notify: 0x7fc0_0000
    case .kill: 0x8000_0000
    }
  }
}

/// One system call and what becomes of it, depending on its arguments.
package struct SystemCallRule: Sendable, Hashable {
  package let call: SystemCall
  /// The first that applies decides.
  package let cases: [Case]
  package let otherwise: Verdict

  package init(_ call: SystemCall, _ cases: [Case] = [], otherwise: Verdict) {
    self.call = call
    self.cases = cases
    self.otherwise = otherwise
  }

  /// Applies where every condition holds.
  package struct Case: Sendable, Hashable {
    package let conditions: [Condition]
    package let verdict: Verdict

    package init(_ conditions: [Condition], _ verdict: Verdict) {
      self.conditions = conditions
      self.verdict = verdict
    }
  }

  /// Looks at the low 32 bits of one argument, which is all that the kernel itself looks at in those we care for
  /// (`int` and `unsigned int` parameters, and the clone flags).
  package struct Condition: Sendable, Hashable {
    package let argument: Int
    package let mask: UInt32
    package let comparison: Comparison

    package enum Comparison: Sendable, Hashable {
      case equals(UInt32)
      case hasAny
    }

    package static func argument(_ index: Int, equals value: UInt32, mask: UInt32 = .max) -> Self {
      Self(argument: index, mask: mask, comparison: .equals(value))
    }

    /// Any bit of `bits` is set.
    package static func argument(_ index: Int, hasAnyOf bits: UInt32) -> Self {
      Self(argument: index, mask: bits, comparison: .hasAny)
    }
  }
}
