extension UpstreamFailure {
  /// What exactly is wrong: finer than ``Reason``, for words and verdicts; never a label, and nil where it is not known.
  package enum Cause: String, CaseIterable, Sendable {
    // No connection.
    case dns
    case refused
    case unreachable
    case connectTimeout = "connect_timeout"
    case proxy
    case badAddress = "bad_address"

    // A connection, and nothing understood.
    case tlsUntrusted = "tls_untrusted"
    /// Expired, or not valid yet.
    case tlsExpired = "tls_expired"
    /// For another host name.
    case tlsName = "tls_name"
    /// The handshake failed for another reason than the certificate.
    case tlsProtocol = "tls_protocol"
    /// The file of `ca_file` holds no certificates.
    case tlsAuthorities = "tls_authorities"
    case notHTTP = "not_http"
    /// Closed before the answer was whole.
    case closed

    // An answer that refuses.
    case credential
    /// The credential is good, but not for this.
    case scope
    /// The workspace is not known, or not the credential's.
    case workspace
    /// The workspace is known in another region of the provider.
    case region
    case plan
    /// Nothing is at this path.
    case address
    case redirect
  }

  /// The failure of a request that got no answer, for a cause that is known.
  static func noAnswer(_ cause: Cause) -> UpstreamFailure {
    UpstreamFailure(cause == .connectTimeout ? .timeout : .network, words(cause), cause: cause)
  }

  private static func words(_ cause: Cause) -> String {
    switch cause {
    case .dns: "the host name could not be found: check base_url, and this machine's DNS and network"
    case .refused: "nothing accepts connections there: check host and port of base_url, and the firewall"
    case .unreachable: "there is no way to the host: check this machine's network and firewall, and base_url"
    case .connectTimeout: "no connection within the connect timeout: check base_url, proxy and firewall"
    case .proxy:
      "the proxy cannot be reached or refuses: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; a proxy is http://host:port"
    case .badAddress: "the address is not one that can be asked: check base_url"
    case .tlsUntrusted:
      "the server's certificate is of an authority that is not trusted: set ca_file if it is private, and check base_url"
    case .tlsExpired:
      "the server's certificate has expired or is not valid yet: have it renewed, and check this machine's clock"
    case .tlsName: "the server's certificate is for another host name: check base_url"
    case .tlsProtocol: "no TLS with this server: does base_url say https where the server speaks plain http?"
    case .tlsAuthorities: "the certificates of ca_file cannot be read: it must be a file in PEM form"
    case .notHTTP: "the server does not answer in HTTP: does base_url say http where it should say https?"
    case .closed: "the provider closed the connection before the answer was whole"
    case .credential, .scope, .workspace, .region, .plan, .address, .redirect: "the provider refused the request"
    }
  }
}
