/// Where connections come from.
package enum ListenEndpoint: Sendable, Hashable {
  case address(ListenAddress)
  /// A listening socket that was passed by systemd.
  case inherited(descriptor: Int32)
}
