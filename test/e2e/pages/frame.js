// What the framed page says of itself is kept where a test can read it.
addEventListener('message', ({ data }) => {
  window.heard = data;
});
