import { parentPort, workerData } from 'node:worker_threads'
import { answerRequests } from './answer-requests.ts'

if (parentPort === null) throw new TypeError('thread: expected to be started as a thread')
// A JSON-LD document can write to every object through `__proto__`; without it, it cannot.
Reflect.deleteProperty(Object.prototype, '__proto__')
answerRequests(parentPort, workerData)
