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
    countable(phoneEvents, of: .agentphone, span, in: calendar, at: now) { directory, producer, event in
      var entity = Entity.unassigned
      if case .agent(let index) = producer, directory.agents[index].deleted ?? .max > moment {
        entity = Entity(.agent, upstream: directory.agents[index].id)
      }
      switch event.kind {
      case .message: truth.add(1, entity, .messages)
      case .completedCall:
        truth.add(1, entity, .calls)
        truth.add(event.seconds, entity, .callSeconds)
      case .failedCall: break
      }
    }
    return truth
  }

  /// Messages and calls (completed or not) of all time by phone number.
  package func phoneNumberTruth(at now: Date) -> Truth {
    var truth = Truth()
    countable(phoneEvents, of: .agentphone, allTime(now), in: .utc, at: now) { directory, _, event in
      guard event.number != PhoneEvent.noNumber else { return }
      let number = Entity(.phoneNumber, upstream: directory.numbers[Int(event.number)].id)
      truth.add(1, number, event.kind == .message ? .messages : .calls)
    }
    return truth
  }

  /// Messages, calls (completed or not) and webhook deliveries of the whole account, of all time.
  package func phoneLifetimeTruth(at now: Date) -> Truth { phoneWorkspaceTruth(allTime(now), at: now) }

  /// The same within UTC days.
  package func phoneWorkspaceTruth(_ span: DaySpan, at now: Date) -> Truth {
    var truth = Truth()
    countable(phoneEvents, of: .agentphone, span, in: .utc, at: now) { _, _, event in
      truth.add(1, .workspace, event.kind == .message ? .messages : .calls)
    }
    // A delivery stays one when its message is taken back.
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    for stream in directory.streams where stream.provider == .agentphone {
      for day in span.days where day >= phoneEvents.firstDay {
        for event in phoneEvents.events(of: stream.id, on: day, keep: span.count < 40) {
          guard event.times.visible <= moment, event.webhook != .none else { continue }
          truth.add(1, .workspace, .webhookDeliveries)
          if event.webhook == .failed { truth.add(1, .workspace, .webhookDeliveryFailures) }
        }
      }
    }
    return truth
  }

  private func allTime(_ now: Date) -> DaySpan {
    DaySpan(phoneEvents.firstDay, through: LocalCalendar.utc.day(at: now))
  }
}
