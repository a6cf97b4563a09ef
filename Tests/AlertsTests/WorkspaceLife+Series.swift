extension WorkspaceLife {
  private struct Collector {
    var success = 1.0
    var enabled = 1.0
    var lastSuccess = 0.0
    var dataThrough = 0.0
    var failures: [String: Double] = ["network": 0, "auth": 0, "rate_limited": 0]
    var refused = false
    var catchingUp = 0.0
  }

  /// What is scraped.
  var series: [InputSeries] {
    let names = collectors.keys.sorted()
    var states = names.map { _ in Collector() }
    var history: [[Collector]] = []
    for minute in 0...minutes {
      for index in names.indices { advance(&states[index], names[index], to: minute) }
      history.append(states)
    }
    return workspaceSeries(history) + names.indices.flatMap { collectorSeries(names[$0], history, $0) }
  }

  private func advance(_ collector: inout Collector, _ name: String, to minute: Int) {
    let mishap = mishap(of: name, at: minute)
    collector.enabled = 1
    switch mishap {
    case .fails(let reason) where minute % 10 == 0:
      collector.success = 0
      collector.failures[reason, default: 0] += 1
    case .refused where minute % 15 == 0:
      collector.success = 0
      collector.refused = true
      collector.failures["auth", default: 0] += 1
    case .begins: collector.success = 0
    case .off: collector.enabled = 0
    case .fails, .refused, .hangs: break
    case nil, .lags:
      guard minute % (collectors[name] ?? 1) == 0 || collector.success == 0 else { return }
      let gap = minute - Int(collector.lastSuccess / 60)
      collector.catchingUp = collector.lastSuccess > 0 && gap > 2 * (collectors[name] ?? 1) ? 1 : 0
      collector.success = 1
      collector.refused = false
      collector.lastSuccess = Double(minute * 60)
      collector.dataThrough = collector.lastSuccess
      if case .lags(let by) = mishap { collector.dataThrough = max(0, collector.lastSuccess - Double(by * 60)) }
    }
  }

  private func sampled(_ name: String, _ extra: String, _ value: (Int) -> Double) -> InputSeries {
    InputSeries("\(name){\(labels)\(extra)}", steps: minutes / every + 1) { step in
      let minute = step * every
      return unscraped.contains { $0.contains(minute) } ? nil : value(minute)
    }
  }

  private func workspaceSeries(_ history: [[Collector]]) -> [InputSeries] {
    let up = sampled("agentusage_provider_up", "") {
      history[$0].contains { $0.success == 1 && $0.enabled == 1 } ? 1 : 0
    }
    let refused = sampled("agentusage_provider_auth_failed", "") { history[$0].contains { $0.refused } ? 1 : 0 }
    let failures = ["network", "auth", "rate_limited"].map { reason in
      sampled("agentusage_api_request_failures_total", #",endpoint="export",reason="\#(reason)""#) { minute in
        history[minute].reduce(0) { $0 + ($1.failures[reason] ?? 0) }
      }
    }
    return [up, refused] + failures
  }

  private func collectorSeries(_ name: String, _ history: [[Collector]], _ index: Int) -> [InputSeries] {
    let extra = #",collector="\#(name)""#
    let prefix = "agentusage_collector_"
    return [
      sampled(prefix + "success", extra) { history[$0][index].success },
      sampled(prefix + "enabled", extra) { history[$0][index].enabled },
      sampled(prefix + "catching_up", extra) { history[$0][index].catchingUp },
      sampled(prefix + "min_interval_seconds", extra) { _ in Double((collectors[name] ?? 1) * 60) },
      sampled(prefix + "last_success_timestamp_seconds", extra) { history[$0][index].lastSuccess },
      sampled(prefix + "data_through_timestamp_seconds", extra) { history[$0][index].dataThrough },
    ]
  }
}
