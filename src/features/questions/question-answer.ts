import { compareFor, replay, unpackPlan, type RoundInput } from '../planning/index.js'
import { demandSignals } from './demand-signals.js'
import { explainMatch } from './match-explanation.js'
import { explainNeed } from './need-explanation.js'
import { demandOfOffer } from './offer-effect.js'
import { asChosen, planOutcome } from './plan-outcome.js'
import type { Answers, Question } from './question.js'
import { wishEffect } from './wish-effect.js'

/**
 * Answers a question here and now; pure. Takes as long as several rounds, so the server asks in a thread of its own.
 *
 * @throws NotInRoundError when it is about something that the round does not know
 */
export function answer(input: RoundInput, question: Question): Answers[Question['type']] {
  switch (question.type) {
    case 'explain-need': {
      const plan = planOutcome(input, question.plan)
      return explainNeed(asChosen(input, plan), question.needId, plan)
    }
    case 'explain-match': {
      const plan = planOutcome(input, question.plan)
      return explainMatch(asChosen(input, plan), question, plan)
    }
    case 'demand-of-offer':
      return demandOfOffer(input, question.offer)
    case 'cost-of-wish':
      return wishEffect(input, question.offerId, question.wish)
    case 'demand-signals': {
      const plan = planOutcome(input, question.plan)
      return demandSignals(asChosen(input, plan), plan)
    }
    case 'replay':
      return replay(input, question.policy, question.served)
    case 'compare': {
      const { before, after, authorities } = question
      const isNamed = (authority: string): boolean => authorities?.includes(authority) ?? true
      return compareFor(input, { before: unpackPlan(before), after: unpackPlan(after), isNamed })
    }
  }
}
