internal import Confinement

extension MountPlan {
  /// The same walls once more, kept by another part of the kernel.
  var grants: [LandlockGrant] {
    let readable = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix", "/etc", "/sys"]
    var grants = readable.map { LandlockGrant(path: $0, rights: .read) }
    // Names only: what can be listed is what the mounts show.
    grants.append(LandlockGrant(path: "/", rights: .readDirectory))
    grants.append(LandlockGrant(path: "/proc", rights: .read))
    grants.append(LandlockGrant(path: "/dev", rights: .device))
    for operation in operations {
      switch operation {
      case .temporary(let path): grants.append(LandlockGrant(path: path, rights: .write))
      case .bind(_, let target, let access):
        grants.append(LandlockGrant(path: target, rights: access == .write ? .write : .read))
      case .emptied(let path): grants.append(LandlockGrant(path: path, rights: .read))
      default: continue
      }
    }
    grants.append(LandlockGrant(path: "/dev/shm", rights: .write))
    return grants
  }
}
