import Collection
import Foundation
import Providers
import Settings
import Upstream
import Usage

/// Asks one workspace's provider: its collectors one after another, so that the first failure that holds for all of them
/// spares the provider the rest.
struct WorkspaceExamination: Sendable {
  private let settings: WorkspaceSettings
  private let examination: Examination
  private let plan: WorkspacePlan
  private let witness = AnswerWitness()

  init(_ settings: WorkspaceSettings, _ examination: Examination) {
    self.settings = settings
    self.examination = examination
    plan = WorkspaceAssembly.plan(settings)
  }

  func run() async -> WorkspaceResult {
    let collectors: [CollectorReport]
    do {
      let source = settings.secret
      collectors = await ask(with: try SecretBox { try source.read() })
    } catch {
      // What reading a secret throws says neither the secret nor its path.
      let message = (error as? SecretError)?.description ?? "the key cannot be read"
      collectors = plan.members.map { CollectorReport($0.collector.name, .secretUnreadable, message) }
    }
    let report = WorkspaceReport(
      id: settings.id,
      requestsPerDay: WorkspaceAssembly.requestsPerDay(settings, at: examination.clock.now()),
      requestsPerMinute: settings.requestsPerMinute,
      knownLimitPerMinute: ProviderRegistry.adapter(for: settings.id.provider)?.knownLimitPerMinute,
      collectors: collectors)
    return WorkspaceResult(report: report, skews: witness.skews)
  }

  private func ask(with secret: SecretBox) async -> [CollectorReport] {
    let api = client(settings, secret)
    var reports: [CollectorReport] = []
    var culprit: String?
    for member in plan.members {
      let name = member.collector.name
      examination.progress(settings.id, name)
      if let culprit {
        reports.append(CollectorReport(name, .notAsked, "not asked, as what is wrong with \(culprit) holds for it too"))
        continue
      }
      var report = await examine(member.collector, api)
      if report.verdict == .dnsFailure, await !examination.hasNetwork() {
        report.verdict = .unreachable
        report.message = "no way leads out of this machine: it has no network, or no default route"
      }
      if report.verdict.mayBeOfAnotherRegion, let region = await region(of: member.collector, secret) {
        report.verdict = .wrongRegion
        report.region = region
        report.message = "the workspace is in another region of the provider: set base_url to \(region)"
      }
      reports.append(report)
      let isSilent = report.verdict == .timeout && witness.answers == 0
      if report.verdict.holdsForWorkspace || isSilent { culprit = name }
    }
    return reports
  }

  private func client(_ settings: WorkspaceSettings, _ secret: SecretBox) -> APIClient {
    WorkspaceAssembly.client(
      settings, secret: secret, clock: examination.clock, random: examination.random, observer: witness,
      transports: examination.transports)
  }

  private func examine(_ collector: any UsageCollector, _ api: APIClient) async -> CollectorReport {
    let now = examination.clock.now()
    let begin = ContinuousClock.now
    let before = witness.requests
    let sample = Sample(for: collector.buckets, in: settings.calendar, at: now)
    var harvest = Harvest()
    var sightings = Sightings()
    var report: CollectorReport
    do {
      try await collector.collect(sample.demand, from: CollectorSource(api: api, journal: sample.journal)) {
        harvest.take($0.reading)
        sightings.take($0)
      }
      sightings.take(await sample.journal.entities)
      report = harvest.report(collector.name)
      report.answeredAt = now
      report.newestUsage = sightings.newestUsage
      report.seen = sightings.counts
    } catch {
      report = CollectorReport(collector.name, failure: error)
    }
    report.rows = harvest.rows
    report.rejectedRows = harvest.rejectedRows
    report.requests = witness.requests - before
    report.seconds = begin.duration(to: .now).seconds
    return report
  }

  /// The provider's other address at which the key and the workspace are known, if there is one.
  ///
  /// The key goes to addresses of the same provider only, and only if it is asked at one of them by its configuration.
  private func region(of collector: any UsageCollector, _ secret: SecretBox) async -> String? {
    let regions = examination.regions(settings.id.provider)
    guard regions.contains(settings.baseURL) else { return nil }
    for region in regions where region != settings.baseURL {
      var other = settings
      other.baseURL = region
      let verdict = await examine(collector, client(other, secret)).verdict
      if verdict.severity < .error || verdict == .missingScope { return region }
    }
    return nil
  }
}
