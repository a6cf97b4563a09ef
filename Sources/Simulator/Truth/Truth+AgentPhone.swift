package import Foundation
package import Usage

/// The usage that AgentPhone must report at a given moment.
extension Company {
  /// Messages, completed calls and their seconds by agent, so far in the calendar period that holds `now`.
  ///
  /// What agents did that are deleted by then counts for "unassigned".
  package func phoneAgentTruth(_ period: CalendarPeriod, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    phoneAgentTruth(period.soFar(calendar.day(at: now)), in: calendar, at: now)
  }

  package func phoneAgentTruth(_ span: DaySpan, in calendar: LocalCalendar = .utc, at now: Date) -> Truth {
    var truth = Truth()
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    var counts: [Directory.Producer: TruthCount] = [:]
    countable(phoneEvents, of: .agentphone, span, in: calendar, at: now) { producer, event in
      counts[producer, default: TruthCount()].add(event)
    }
    let agents = directory.agents
    for (producer, count) in counts {
      var entity = Entity.unassigned
      if case .agent(let index) = producer, agents[index].deleted ?? .max > moment {
        entity = Entity(.agent, upstream: agents[index].id)
      }
      truth.add(count.messages, entity, .messages)
      truth.add(count.completedCalls, entity, .calls)
      truth.add(count.seconds, entity, .callSeconds)
    }
    return truth
  }

  /// Messages and calls (completed or not) of all time by phone number.
  package func phoneNumberTruth(at now: Date) -> Truth {
    var truth = Truth()
    var counts: [UInt16: TruthCount] = [:]
    countable(phoneEvents, of: .agentphone, allTime(now), in: .utc, at: now) { _, event in
      counts[event.number, default: TruthCount()].add(event)
    }
    let numbers = directory.numbers
    for (index, count) in counts where index != PhoneEvent.noNumber {
      let number = Entity(.phoneNumber, upstream: numbers[Int(index)].id)
      truth.add(count.messages, number, .messages)
      truth.add(count.calls, number, .calls)
    }
    return truth
  }

  /// Messages, calls (completed or not) and webhook deliveries of the whole account, of all time.
  package func phoneLifetimeTruth(at now: Date) -> Truth { phoneWorkspaceTruth(allTime(now), at: now) }

  /// The same within UTC days.
  package func phoneWorkspaceTruth(_ span: DaySpan, at now: Date) -> Truth {
    var truth = Truth()
    var count = TruthCount()
    countable(phoneEvents, of: .agentphone, span, in: .utc, at: now) { _, event in count.add(event) }
    truth.add(count.messages, .workspace, .messages)
    truth.add(count.calls, .workspace, .calls)
    // A delivery stays one when its message is taken back.
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    var deliveries: [PhoneEvent.Webhook: Int64] = [:]
    for stream in directory.streams where stream.provider == .agentphone {
      for day in span.days where day >= phoneEvents.firstDay {
        for event in phoneEvents.events(of: stream.id, on: day, keep: span.count < 40)
        where event.times.visible <= moment {
          deliveries[event.webhook, default: 0] += 1
        }
      }
    }
    let failed = deliveries[.failed] ?? 0
    truth.add(failed + (deliveries[.delivered] ?? 0), .workspace, .webhookDeliveries)
    truth.add(failed, .workspace, .webhookDeliveryFailures)
    return truth
  }

  private func allTime(_ now: Date) -> DaySpan {
    DaySpan(phoneEvents.firstDay, through: LocalCalendar.utc.day(at: now))
  }
}
