internal import CProbe

/// One attempt to get out, as a program inside makes it. It runs in a process of its own.
package struct Probe: Sendable {
  /// The row of the list of known bypasses, a point, and which way it is tried: `K1.io-uring`.
  package let id: String
  package let attempt: @Sendable (ProbePlace) -> Found

  package init(_ id: String, _ attempt: @escaping @Sendable (ProbePlace) -> Found) {
    self.id = id
    self.attempt = attempt
  }

  /// A system call, with what it gives.
  package static func call(_ id: String, _ name: String) -> Probe {
    Probe(id) { _ in
      let result = cp_kernel_call(name)
      return result == cp_unknown_call ? Found(.succeeded, "no such call is known here") : .letIn(result)
    }
  }

  /// Everything that is tried, in the order of the list.
  package static let all: [Probe] =
    network + names + proxies + smuggling + channels + contents + attachments + kernel + processes + files + later
    + ends
}

/// What came of an attempt, before it is known which one it was.
package struct Found: Sendable, Hashable {
  package let outcome: Sighting.Outcome
  package let error: String?
  package let text: String

  package init(_ outcome: Sighting.Outcome, error: String? = nil, _ text: String = "") {
    self.outcome = outcome
    self.error = error
    self.text = text
  }

  /// What the kernel gave: an errno as its negative, else success. An argument that is wrong on purpose is found out
  /// only where the call was let in.
  package static func kernel(_ result: Int) -> Found {
    guard result < 0 else { return Found(.succeeded) }
    let name = ErrorName.of(Int32(clamping: -result))
    switch name {
    case "EPERM", "EACCES", "ENOSYS", "EAFNOSUPPORT", "ESOCKTNOSUPPORT", "EPROTONOSUPPORT", "EROFS", "EADDRINUSE",
      "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH":
      return Found(.refused, error: name)
    case "ENOENT": return Found(.absent, error: name)
    default: return Found(.succeeded, error: name, "let in, and then the arguments were wrong")
    }
  }

  /// The same of a call whose `ENOENT` says that it was let in.
  package static func letIn(_ result: Int) -> Found {
    let found = kernel(result)
    return found.outcome == .absent ? Found(.succeeded, error: found.error, "let in") : found
  }
}
