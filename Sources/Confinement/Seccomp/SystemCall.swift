/// The system calls that a filter of ours speaks of, by the number they have on this architecture.
package enum SystemCall: String, Sendable, Hashable, CaseIterable {
  case open, creat, openat, openat2, execve, execveat, connect, sendto
  case rename, renameat, renameat2, link, linkat, symlink, symlinkat
  case chmod, fchmod, fchmodat, fchmodat2, mknod, mknodat
  case socket, socketpair, ioctl
  case clone, clone3, unshare, setns
  case mount, umount2, pivotRoot, chroot, openTree, moveMount, fsopen, fsconfig, fsmount, fspick, mountSetattr
  case openTreeAttr
  case ioUringSetup, ioUringEnter, ioUringRegister
  case bpf, perfEventOpen, userfaultfd, fanotifyInit
  case keyctl, addKey, requestKey
  case kexecLoad, kexecFileLoad, initModule, finitModule, deleteModule
  case ptrace, processVMReadv, processVMWritev, pidfdGetfd, kcmp, processMadvise
  case openByHandleAt, acct, swapon, swapoff, reboot, quotactl, quotactlFD, nfsservctl, syslog, vhangup
  case settimeofday, clockSettime, adjtimex, clockAdjtime, sethostname, setdomainname
  case iopl, ioperm, modifyLDT, lookupDcookie, uselib, ustat, sysfs, sysctl
  case movePages, migratePages, memfdSecret, lsmSetSelfAttr

  #if arch(x86_64)
    /// `AUDIT_ARCH_X86_64` of linux/audit.h.
    package static let architecture: UInt32 = 0xc000_003e
    /// The bit that marks a call of the x32 ABI, which shares the architecture's value.
    package static let foreignABIBit: UInt32? = 0x4000_0000
  #elseif arch(arm64)
    /// `AUDIT_ARCH_AARCH64` of linux/audit.h.
    package static let architecture: UInt32 = 0xc000_00b7
    package static let foreignABIBit: UInt32? = nil
  #endif

  /// The highest number that somebody has looked at (`listns`, Linux 6.19). Newer calls do not exist in here.
  package static let highestKnown: UInt32 = 470

  /// `nil` where this architecture has no such call.
  package var number: UInt32? {
    #if arch(x86_64)
      Self.x86[self] ?? Self.shared[self]
    #elseif arch(arm64)
      Self.arm[self] ?? Self.shared[self]
    #endif
  }

  /// From 424 on all architectures count alike.
  private static let shared: [Self: UInt32] = [
    .ioUringSetup: 425, .ioUringEnter: 426, .ioUringRegister: 427, .openTree: 428, .moveMount: 429, .fsopen: 430,
    .fsconfig: 431, .fsmount: 432, .fspick: 433, .clone3: 435, .openat2: 437, .pidfdGetfd: 438, .processMadvise: 440,
    .mountSetattr: 442, .quotactlFD: 443, .memfdSecret: 447, .fchmodat2: 452, .lsmSetSelfAttr: 460, .openTreeAttr: 467,
  ]

  #if arch(x86_64)
    private static let x86: [Self: UInt32] = [
      .rename: 82, .link: 86, .symlink: 88, .renameat: 264, .linkat: 265, .symlinkat: 266, .renameat2: 316,
      .open: 2, .ioctl: 16, .socket: 41, .connect: 42, .sendto: 44, .socketpair: 53, .clone: 56, .execve: 59,
      .creat: 85, .chmod: 90, .fchmod: 91, .mknod: 133, .mknodat: 259, .fchmodat: 268,
      .ptrace: 101, .syslog: 103, .uselib: 134, .ustat: 136, .sysfs: 139, .vhangup: 153, .modifyLDT: 154,
      .pivotRoot: 155, .sysctl: 156, .adjtimex: 159, .chroot: 161, .acct: 163, .settimeofday: 164, .mount: 165,
      .umount2: 166, .swapon: 167, .swapoff: 168, .reboot: 169, .sethostname: 170, .setdomainname: 171, .iopl: 172,
      .ioperm: 173, .initModule: 175, .deleteModule: 176, .quotactl: 179, .nfsservctl: 180, .lookupDcookie: 212,
      .clockSettime: 227, .kexecLoad: 246, .addKey: 248, .requestKey: 249, .keyctl: 250, .migratePages: 256,
      .openat: 257, .unshare: 272, .movePages: 279, .perfEventOpen: 298, .fanotifyInit: 300, .openByHandleAt: 304,
      .clockAdjtime: 305, .setns: 308, .processVMReadv: 310, .processVMWritev: 311, .kcmp: 312, .finitModule: 313,
      .kexecFileLoad: 320, .bpf: 321, .execveat: 322, .userfaultfd: 323,
    ]
  #elseif arch(arm64)
    private static let arm: [Self: UInt32] = [
      .symlinkat: 36, .linkat: 37, .renameat: 38, .renameat2: 276,
      .lookupDcookie: 18, .ioctl: 29, .mknodat: 33, .fchmod: 52, .fchmodat: 53, .umount2: 39, .mount: 40,
      .pivotRoot: 41, .nfsservctl: 42, .chroot: 51,
      .openat: 56, .vhangup: 58, .quotactl: 60, .acct: 89, .unshare: 97, .kexecLoad: 104, .initModule: 105,
      .deleteModule: 106, .clockSettime: 112, .syslog: 116, .ptrace: 117, .reboot: 142, .sethostname: 161,
      .setdomainname: 162, .settimeofday: 170, .adjtimex: 171, .socket: 198, .socketpair: 199, .connect: 203,
      .sendto: 206,
      .addKey: 217, .requestKey: 218, .keyctl: 219, .clone: 220, .execve: 221, .swapon: 224, .swapoff: 225,
      .migratePages: 238, .movePages: 239, .perfEventOpen: 241, .fanotifyInit: 262, .openByHandleAt: 265,
      .clockAdjtime: 266, .setns: 268, .processVMReadv: 270, .processVMWritev: 271, .kcmp: 272, .finitModule: 273,
      .bpf: 280, .execveat: 281, .userfaultfd: 282, .kexecFileLoad: 294,
    ]
  #endif
}
