/** Asks the server; a refusal is thrown as an Error with the server's reason. */
async function ask(path, body, method = body === undefined ? 'GET' : 'POST') {
  const init = { method };
  if (method !== 'GET') {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(`/simulator${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem ?? response.statusText);
  return answer;
}

export const api = {
  state: () => ask('/state'),
  phone: (id) => ask(`/phones/${id}`),
  act: (id, act) => ask(`/phones/${id}/acts`, act),
  addPhone: (person) => ask('/phones', person),
  moveClock: (move) => ask('/clock', move),
  fault: (fault) => ask('/faults', fault),
  heal: () => ask('/faults', undefined, 'DELETE'),
};

/** Follows what happens: which chat changed, what time it is, whether the server can be heard. */
export function follow({ onChange, onTime, onOnline }) {
  const source = new EventSource('/simulator/events');
  source.addEventListener('change', (event) => onChange(Number(event.data)));
  source.addEventListener('time', (event) => onTime(Number(event.data)));
  source.addEventListener('open', () => onOnline(true));
  source.addEventListener('error', () => onOnline(false));
}
