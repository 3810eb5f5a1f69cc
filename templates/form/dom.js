// Elements made by hand: what somebody typed is always text, never markup.

/* Make an element: properties are attributes, `on` its listeners; children are elements and texts. */
function make(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const [event, heard] of Object.entries(on)) element.addEventListener(event, heard);
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const button = (label, click, attributes = {}) =>
  make("button", { type: "button", ...attributes, on: { click } }, label);

/* A picture of the set drawn once in the page; it says nothing that a word beside it does not. */
function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(use);
  return drawn;
}

const quiet = (text) => make("span", { class: "hidden" }, text);

let numbered = 0;
const newId = (prefix) => `${prefix}-${(numbered += 1)}`;

/* Ask something in a dialog; gives true when the answer is `yes`. Focus returns to where it was. */
function ask(question, yes) {
  return new Promise((resolve) => {
    const id = newId("ask");
    const before = document.activeElement;
    const done = (answer) => () => {
      dialog.close();
      dialog.remove();
      before?.focus?.();
      resolve(answer);
    };
    const dialog = make("dialog", { class: "ask", "aria-labelledby": id },
      make("p", { id }, question),
      make("div", { class: "row" },
        button(t("cancel"), done(false), { class: "plain" }),
        button(yes, done(true), { class: "main" })));
    dialog.addEventListener("cancel", done(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/* Give a file to the browser's downloads. */
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
