/// Everything that the page asks for beside the stream.

let session = { csrf: '', write: false, who: '' };

/// A refusal with the server's own line.
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answerOf(response) {
  if (response.status === 401) {
    location.assign('/login' + location.hash);
  }
  const body = await response.text();
  let json = null;
  try {
    json = JSON.parse(body);
  } catch {
    // A refusal may be plain text.
  }
  if (!response.ok) {
    throw new Refused(response.status, json?.error ?? json?.message ?? (body.slice(0, 300) || `status ${response.status}`));
  }
  return json;
}

async function get(path, signal) {
  return answerOf(await fetch(path, { headers: { Accept: 'application/json' }, signal }));
}

export async function openSession() {
  session = { ...session, ...(await get('/api/session')) };
  return session;
}

export const mayWrite = () => session.write === true;
export const at = (millis, signal) => get(`/api/at?t=${Math.round(millis)}`, signal);
export const timeSpan = () => get('/api/span');
export const series = (service) => get(`/api/series/${encodeURIComponent(service)}`);
export const curve = (service) => get(`/api/curve/${encodeURIComponent(service)}`);
export const logs = (task, lines = 200) => get(`/api/logs/${encodeURIComponent(task)}?lines=${lines}`);

/// Changes a service: `scale`, `roll`, `pause` or `resume`.
export async function change(service, verb, body = {}) {
  return answerOf(
    await fetch(`/api/services/${encodeURIComponent(service)}/${verb}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Weir-CSRF': session.csrf },
      body: JSON.stringify(body),
    }),
  );
}

export async function logout() {
  await fetch('/logout', { method: 'POST', headers: { 'X-Weir-CSRF': session.csrf } });
  location.assign('/login');
}
