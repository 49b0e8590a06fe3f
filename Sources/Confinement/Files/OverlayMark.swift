internal import CLinux

/// What overlayfs notes down in its upper layer (overlayfs.rst, "Whiteouts and opaque directories").
package enum OverlayMark: String, Sendable {
  /// Nothing of the directory below shows through.
  case opaque

  /// - Parameter descriptor: of an open file or directory of the layer.
  package func isOn(_ descriptor: CInt) -> Bool { cl_overlay_is_marked(descriptor, rawValue) == 1 }
}
