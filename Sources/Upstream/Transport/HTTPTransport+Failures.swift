import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

extension HTTPTransport {
  /// What an error of the client means for the operator.
  static func failure(of error: HTTPClientError) -> UpstreamFailure {
    switch error {
    case .connectTimeout:
      UpstreamFailure(.timeout, "no connection within the connect timeout: check base_url, proxy and firewall")
    case .readTimeout, .deadlineExceeded, .writeTimeout, .getConnectionFromPoolTimeout:
      UpstreamFailure(.timeout, "the provider did not answer in time")
    case .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
      UpstreamFailure(.timeout, "the connection was made but its handshake did not finish")
    case .remoteConnectionClosed, .uncleanShutdown:
      UpstreamFailure(.network, "the provider closed the connection before the answer was whole")
    case .invalidURL, .emptyHost, .emptyScheme:
      UpstreamFailure(.network, "the address is not one that can be asked: check base_url")
    case .proxyAuthenticationRequired:
      UpstreamFailure(.network, "the proxy wants a credential")
    default:
      UpstreamFailure(.network, "the request failed: \(error.shortDescription)")
    }
  }

  private static let noConnection = UpstreamFailure(
    .network, "no connection could be made: check base_url, DNS, proxy and firewall")

  static func failure(of error: any Error) -> UpstreamFailure {
    switch error {
    case is NIOConnectionError:
      noConnection
    case let error as IOError:
      [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL].contains(error.errnoCode)
        ? noConnection
        : UpstreamFailure(.network, "the connection broke (errno \(error.errnoCode))")
    case let error as ChannelError:
      if case .connectTimeout = error {
        UpstreamFailure(.timeout, "no connection within the connect timeout: check base_url, proxy and firewall")
      } else {
        UpstreamFailure(.network, "the connection broke")
      }
    default:
      // The error's own text may quote what the provider sent; its type does not.
      UpstreamFailure(.network, "the request failed (\(type(of: error)))")
    }
  }
}
