import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension HTTPTransport {
  /// What an error of the client means for the operator.
  ///
  /// - Parameter isProxied: whether it is a proxy to which the connection is made.
  static func failure(of error: any Error, isProxied: Bool) -> UpstreamFailure {
    switch error {
    case let error as UpstreamFailure: error
    case is CancellationError: UpstreamFailure(.timeout, "the exporter is stopping")
    case let error as HTTPClientError: failure(of: error, isProxied: isProxied)
    case let error as NIOConnectionError: noConnection(cause(of: error), isProxied)
    case let error as IOError: failure(of: error, isProxied)
    case let error as ChannelError: failure(of: error, isProxied)
    case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: .noAnswer(.closed)
    case is HTTPParserError: .noAnswer(.notHTTP)
    // The error's own text may quote what the provider sent; its type does not.
    default: tlsCause(of: error).map { .noAnswer($0) } ?? other("the request failed (\(type(of: error)))")
    }
  }

  private static func other(_ message: String) -> UpstreamFailure { UpstreamFailure(.network, message) }

  private static func failure(of error: HTTPClientError, isProxied: Bool) -> UpstreamFailure {
    switch error {
    case .connectTimeout: noConnection(.connectTimeout, isProxied)
    case .readTimeout, .deadlineExceeded, .writeTimeout, .getConnectionFromPoolTimeout:
      UpstreamFailure(.timeout, "the provider did not answer in time")
    case .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
      UpstreamFailure(.timeout, "the connection was made but its handshake did not finish")
    case .remoteConnectionClosed, .uncleanShutdown: .noAnswer(.closed)
    case .invalidURL, .emptyHost, .emptyScheme: .noAnswer(.badAddress)
    case .proxyAuthenticationRequired:
      UpstreamFailure(
        .network, "the proxy wants a credential: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY", cause: .proxy)
    case .invalidProxyResponse: .noAnswer(.proxy)
    default: other("the request failed: \(error.shortDescription)")
    }
  }

  private static func noConnection(_ cause: UpstreamFailure.Cause?, _ isProxied: Bool) -> UpstreamFailure {
    if isProxied { return .noAnswer(.proxy) }
    return cause.map { .noAnswer($0) } ?? other("no connection could be made: check base_url, DNS, proxy and firewall")
  }

  private static func failure(of error: IOError, _ isProxied: Bool) -> UpstreamFailure {
    // Closed in the middle, whoever did it.
    if cause(of: error) == .closed { return .noAnswer(.closed) }
    return cause(of: error).map { noConnection($0, isProxied) }
      ?? other("the connection broke (errno \(error.errnoCode))")
  }

  private static func failure(of error: ChannelError, _ isProxied: Bool) -> UpstreamFailure {
    switch error {
    case .connectTimeout: noConnection(.connectTimeout, isProxied)
    case .eof, .ioOnClosedChannel, .inputClosed, .outputClosed, .alreadyClosed: .noAnswer(.closed)
    default: other("the connection broke")
    }
  }

  private static func cause(of error: IOError) -> UpstreamFailure.Cause? {
    switch error.errnoCode {
    case ECONNREFUSED: .refused
    case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, ENETDOWN: .unreachable
    case ETIMEDOUT: .connectTimeout
    case ECONNRESET, EPIPE: .closed
    default: nil
    }
  }

  /// Of several addresses, the one that got furthest tells most.
  private static func cause(of error: NIOConnectionError) -> UpstreamFailure.Cause? {
    let attempts = error.connectionErrors.compactMap { failure -> UpstreamFailure.Cause? in
      switch failure.error {
      case let error as IOError: cause(of: error)
      case ChannelError.connectTimeout: .connectTimeout
      default: tlsCause(of: failure.error)
      }
    }
    if error.connectionErrors.isEmpty { return .dns }
    return [.tlsAuthorities, .refused, .connectTimeout, .unreachable].first { attempts.contains($0) } ?? attempts.first
  }

  /// What went wrong with TLS; ``UpstreamFailure/Cause/tlsUntrusted`` stands for all faults of a certificate but its name,
  /// which BoringSSL does not tell apart.
  private static func tlsCause(of error: any Error) -> UpstreamFailure.Cause? {
    if (error as? NIOSSLExtraError) == .failedToValidateHostname { return .tlsName }
    switch error as? NIOSSLError {
    case nil: return nil
    case .failedToLoadCertificate, .noSuchFilesystemObject: return .tlsAuthorities
    case .unableToValidateCertificate, .noCertificateToValidate: return .tlsUntrusted
    case .uncleanShutdown: return .closed
    case .handshakeFailed(.sslError(let stack)):
      return stack.contains { $0.description.contains("CERTIFICATE_VERIFY_FAILED") } ? .tlsUntrusted : .tlsProtocol
    default: return .tlsProtocol
    }
  }
}
