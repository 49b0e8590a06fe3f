internal import CLinux
internal import Glibc

/// The second wall around files: whatever the mounts show, only what is granted here can be used.
package enum LandlockDomain {
  /// The kernel's ABI, or the failure that says why there is none.
  package static func abi() throws(ConfinementFailure) -> Int32 {
    let abi = cl_landlock_abi()
    guard abi > 0 else { throw ConfinementFailure(.landlock, "landlock_create_ruleset", errorNumber: -abi) }
    return abi
  }

  /// Confines the calling thread and all that it will start.
  ///
  /// - Parameter grants: `nil` leaves files to the mounts alone. A domain that governs files also forbids mount(2) and
  ///   pivot_root(2) inside it, and so every nested sandbox that is made of namespaces.
  /// - Throws: what could not be done. Grants of paths that do not exist are passed over.
  package static func enter(grants: [LandlockGrant]?) throws(ConfinementFailure) -> EngagedLayer {
    let abi = try abi()
    let known = grants == nil ? LandlockRights() : LandlockRights.known(toABI: abi)
    let scopes: UInt64 = abi >= 6 ? abstractSockets | signals : 0
    if grants == nil, scopes == 0 {
      return EngagedLayer(.landlock, "ABI \(abi): nothing to govern beside nested sandboxes before ABI 6")
    }
    let number = cl_landlock_create(abi, known.rawValue, 0, scopes)
    guard number >= 0 else { throw ConfinementFailure(.landlock, "landlock_create_ruleset", errorNumber: -number) }
    let ruleset = Descriptor(owning: number)
    for grant in grants ?? [] { try allow(grant, known: known, in: ruleset) }
    let result = cl_landlock_restrict(ruleset.number)
    guard result == 0 else { throw ConfinementFailure(.landlock, "landlock_restrict_self", errorNumber: -result) }
    let parts = (grants == nil ? [] : ["files"]) + (scopes == 0 ? [] : ["abstract sockets", "signals"])
    return EngagedLayer(.landlock, "ABI \(abi): " + parts.joined(separator: ", "))
  }

  private static let abstractSockets: UInt64 = 1 << 0
  private static let signals: UInt64 = 1 << 1

  private static func allow(
    _ grant: LandlockGrant, known: LandlockRights, in ruleset: borrowing Descriptor
  ) throws(ConfinementFailure) {
    let number = open(grant.path, OpenFlags.handle | O_CLOEXEC)
    if number < 0, errno == ENOENT || errno == ENOTDIR || errno == EACCES { return }
    guard number >= 0 else { throw ConfinementFailure(.landlock, "open \(grant.path)", errorNumber: errno) }
    let parent = Descriptor(owning: number)
    var status = stat()
    guard fstat(number, &status) == 0 else {
      throw ConfinementFailure(.landlock, "fstat \(grant.path)", errorNumber: errno)
    }
    var rights = grant.rights.intersection(known)
    if status.st_mode & S_IFMT != S_IFDIR { rights.formIntersection(.onFiles) }
    if rights.isEmpty { return }
    let result = cl_landlock_allow(ruleset.number, parent.number, rights.rawValue)
    guard result == 0 else {
      throw ConfinementFailure(.landlock, "landlock_add_rule \(grant.path)", errorNumber: -result)
    }
  }
}
