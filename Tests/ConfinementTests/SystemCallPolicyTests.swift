internal import Confinement
internal import Glibc
internal import Testing

@Suite struct SystemCallPolicyTests {
  static let policies = [true, false].flatMap { nested in
    [true, false].flatMap { debugging in
      ObservationLevel.allCases.map {
        SystemCallPolicy(allowsNestedSandboxes: nested, allowsDebugging: debugging, observation: $0)
      }
    }
  }

  private let strict = FilterInterpreter(
    program: SystemCallPolicy(allowsNestedSandboxes: false, allowsDebugging: false, observation: .files).program)

  private func verdict(_ call: SystemCall, _ arguments: [UInt64] = []) -> UInt32? {
    call.number.flatMap { strict.run(number: $0, arguments: arguments) }
  }

  @Test("every number of every architecture gets a verdict under every policy", arguments: policies)
  func total(_ policy: SystemCallPolicy) {
    let interpreter = FilterInterpreter(program: policy.program)
    for number in Array(0...1024) + [0x3fff_ffff, 0x4000_0000, 0x4000_0027, UInt32.max] {
      for arguments in [[], [UInt64.max, .max, .max], [1, 0x5412, 0x8_0000]] as [[UInt64]] {
        #expect(interpreter.run(number: UInt32(number), arguments: arguments) != nil)
        #expect(interpreter.run(number: UInt32(number), architecture: 0x4000_0003) == Verdict.kill.code)
      }
    }
  }

  @Test("the program says what its rules say, whatever the arguments")
  func agreesWithRules() {
    var random = SplitMix(seed: 7)
    for policy in Self.policies {
      let interpreter = FilterInterpreter(program: policy.program)
      for rule in policy.rules {
        guard let number = rule.call.number else { continue }
        for _ in 0..<50 {
          let arguments = (0..<6).map { _ in
            UInt64.random(in: 0...0x7f, using: &random) << UInt64.random(in: 0...40, using: &random)
          }
          #expect(interpreter.run(number: number, arguments: arguments) == Self.expected(rule, arguments).code)
        }
      }
    }
  }

  private static func expected(_ rule: SystemCallRule, _ arguments: [UInt64]) -> Verdict {
    let applying = rule.cases.first { branch in
      branch.conditions.allSatisfy { condition in
        let low = UInt32(truncatingIfNeeded: arguments[condition.argument]) & condition.mask
        return switch condition.comparison {
        case .equals(let value): low == value
        case .hasAny: low != 0
        }
      }
    }
    return applying?.verdict ?? rule.otherwise
  }

  @Test("no call has two rules, of which the second would be dead", arguments: policies)
  func oneRuleEach(_ policy: SystemCallPolicy) {
    let calls = policy.rules.map(\.call)
    #expect(Set(calls).count == calls.count)
  }

  @Test("no two calls have one number")
  func numbers() {
    let numbers = SystemCall.allCases.compactMap(\.number)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test("sockets: TCP, UDP, local, and the interface list; nothing else")
  func sockets() {
    for family in UInt64(0)...64 {
      let isAllowed = [AF_UNIX, AF_INET, AF_INET6].contains(Int32(family)) || family == UInt64(AF_NETLINK)
      #expect((verdict(.socket, [family, 1, 0]) == Verdict.allow.code) == isAllowed)
    }
    #expect(verdict(.socket, [UInt64(AF_NETLINK), 3, 12]) == Verdict.refuse(EAFNOSUPPORT).code)
    // The kernel looks at 32 bits; so must the filter.
    #expect(verdict(.socket, [UInt64(AF_PACKET) | 1 << 32, 3, 0]) == Verdict.refuse(EAFNOSUPPORT).code)
  }

  @Test("new namespaces are refused in each of their bits, threads and forks are not")
  func namespaces() {
    for bit in [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000] as [UInt64] {
      #expect(verdict(.clone, [bit | 17]) == Verdict.refuse(EPERM).code)
      #expect(verdict(.unshare, [bit]) == Verdict.refuse(EPERM).code)
    }
    #expect(verdict(.clone, [0x3d_0f00]) == Verdict.allow.code)
    #expect(verdict(.clone, [17]) == Verdict.allow.code)
    #expect(verdict(.unshare, [0x400]) == Verdict.allow.code)
  }

  @Test("files are observed only where that is asked for, and directories never")
  func observation() {
    #expect(verdict(.openat, [0, 0, UInt64(O_RDONLY)]) == Verdict.notify.code)
    #expect(verdict(.openat, [0, 0, UInt64(O_DIRECTORY)]) == Verdict.allow.code)
    let programs = FilterInterpreter(
      program: SystemCallPolicy(allowsNestedSandboxes: false, allowsDebugging: false, observation: .programs).program)
    #expect(SystemCall.openat.number.flatMap { programs.run(number: $0) } == Verdict.allow.code)
    #expect(SystemCall.execve.number.flatMap { programs.run(number: $0) } == Verdict.notify.code)
    #expect(SystemCall.connect.number.flatMap { programs.run(number: $0) } == Verdict.notify.code)
  }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers every time.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
