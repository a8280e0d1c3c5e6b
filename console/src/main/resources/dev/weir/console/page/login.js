/// Sends the token without leaving the page, so that a wrong one can be said in place. Without
/// this script the form posts itself.
const form = document.getElementById('login');
const problem = document.getElementById('problem');

const WORDS = {
  401: 'This is not the token.',
  403: 'This is not the token, or the page was opened under another address than the console serves.',
  429: 'Too many wrong tokens. Wait a minute.',
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch('/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: form.token.value.trim() }),
      redirect: 'manual',
    });
    if (answer.ok || answer.type === 'opaqueredirect') {
      location.replace('/' + location.hash);
      return;
    }
    problem.textContent = WORDS[answer.status] ?? `The console answered with status ${answer.status}.`;
  } catch {
    problem.textContent = 'The console cannot be reached.';
  } finally {
    button.disabled = false;
  }
  form.token.select();
});
