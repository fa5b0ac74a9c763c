/**
 * Copies the text of a post with one press. Listens on the document, as the page may be renewed meanwhile. Without it,
 * or where browsers keep the clipboard from pages that did not come over https, the text is selected, to be copied by hand.
 */
export const handOffScript = `document.documentElement.dataset.scripted = '';

async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  const isCopied = await copy(field);
  const told = button.parentElement.querySelector('[data-told]');
  if (told) told.textContent = isCopied ? button.dataset.done : button.dataset.failed;
  button.focus();
});
`;
