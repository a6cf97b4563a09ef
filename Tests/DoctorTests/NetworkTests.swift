import Doctor
import Foundation
import NIOCore
import NIOPosix
import Simulator
import Testing
import Usage

/// Ways in which no connection comes about.
@Suite struct NetworkTests {
  private func verdicts(_ url: String, proxies: [String: String] = [:]) async throws -> [Verdict] {
    await Rig.examine([try Rig.workspace(.agentphone, at: url)], proxies: proxies).verdicts
  }

  private func expect(_ verdict: Verdict, at url: String, proxies: [String: String] = [:]) async throws {
    let found = try await verdicts(url, proxies: proxies)
    #expect(found.first == verdict, "\(url)")
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", Verdict.connectionRefused), ("https://127.0.0.1:1", .connectionRefused),
    ("https://no-such-host.invalid", .dnsFailure),
    // No connection has ever been made to a group.
    ("http://224.0.0.1", .unreachable),
  ])
  func noConnection(_ url: String, _ verdict: Verdict) async throws {
    let found = try await verdicts(url)
    #expect(found == [verdict, .notAsked, .notAsked, .notAsked])
  }

  /// Where there is no network no name is found either.
  @Test func noNetwork() async throws {
    let workspace = try Rig.workspace(.agentphone, at: "https://no-such-host.invalid")
    let report = await Rig.examine([workspace], hasNetwork: false)
    #expect(report.verdicts.first == .unreachable)
    let local = try Rig.workspace(.agentphone, at: "https://127.0.0.1:1")
    #expect(await Rig.examine([local], hasNetwork: false).verdicts.first == .connectionRefused)
  }

  /// A proxy that is not there, and one that refuses: a vendor's door that knows no such path does that.
  @Test func proxies() async throws {
    let gone = ["HTTP_PROXY": "http://127.0.0.1:1", "HTTPS_PROXY": "http://127.0.0.1:1"]
    try await expect(.proxyFailure, at: "https://api.example.invalid", proxies: gone)
    try await expect(.proxyFailure, at: "http://api.example.invalid", proxies: gone)
    try await withRig { rig in
      let refusing = ["HTTPS_PROXY": rig.simulator.tessURL, "HTTP_PROXY": rig.simulator.tessURL]
      try await expect(.proxyFailure, at: "https://api.example.invalid", proxies: refusing)
      rig.simulator.faults.inject(.status(407), at: .tess)
      try await expect(.proxyFailure, at: "https://api.example.invalid", proxies: refusing)
      try await expect(.proxyFailure, at: "http://api.example.invalid", proxies: refusing)
    }
  }

  /// TLS with a server that speaks plain HTTP, and HTTP with one that speaks something else.
  @Test func anotherProtocol() async throws {
    try await withRig { rig in
      let url = rig.simulator.agentPhoneURL.replacingOccurrences(of: "http:", with: "https:")
      try await expect(.tlsProtocol, at: url)
    }
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Greeter()) }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    try await expect(.notHTTP, at: "http://127.0.0.1:\(server.localAddress?.port ?? 0)")
    try await server.close()
  }

  /// Speaks first, as a mail or shell server does, once it hears something.
  private final class Greeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "220 ready\r\n\r\n")), promise: nil)
    }
  }
}
