internal import Glibc

/// A layer that could not be engaged: which, at what step, and what the kernel said.
package struct ConfinementFailure: Error, Sendable, Hashable {
  package let layer: ConfinementLayer
  /// What was attempted, in a few words: `write /proc/self/uid_map`.
  package let step: String
  /// The kernel's errno; 0 where the reason is in ``detail`` alone.
  package let errorNumber: Int32
  /// What another program said about it, at most ``ConfinementLimits/failureDetailBytes`` of it.
  package let detail: String

  package init(_ layer: ConfinementLayer, _ step: String, errorNumber: Int32 = 0, detail: String = "") {
    self.layer = layer
    self.step = step
    self.errorNumber = errorNumber
    self.detail = detail
  }

  /// The error's name as in errno(3), for the values that these layers produce; else its number.
  package var errorName: String {
    let names: [Int32: String] = [
      EPERM: "EPERM", ENOENT: "ENOENT", EINTR: "EINTR", EACCES: "EACCES", EBUSY: "EBUSY", EEXIST: "EEXIST",
      EINVAL: "EINVAL", ENFILE: "ENFILE", EMFILE: "EMFILE", ENOSPC: "ENOSPC", ENOSYS: "ENOSYS", ENOEXEC: "ENOEXEC",
      EOPNOTSUPP: "EOPNOTSUPP", EUSERS: "EUSERS", EADDRINUSE: "EADDRINUSE", E2BIG: "E2BIG", ENOMEM: "ENOMEM",
      EAFNOSUPPORT: "EAFNOSUPPORT", EAGAIN: "EAGAIN", EPIPE: "EPIPE", EPROTO: "EPROTO", ENOTDIR: "ENOTDIR",
    ]
    return names[errorNumber] ?? "errno \(errorNumber)"
  }
}

extension ConfinementFailure: CustomStringConvertible {
  package var description: String {
    var text = "\(layer.rawValue): \(step)"
    if errorNumber != 0 { text += ": \(errorName)" }
    if !detail.isEmpty { text += ": \(detail)" }
    return text
  }
}
