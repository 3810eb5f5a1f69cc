// Keeps visits in the browser: answers in localStorage at every touch, photos (which are large) in IndexedDB.
// A page of no origin, a private window or a full disk keeps nothing: `troubles` says so, and nothing is thrown.
const PREFIX = `servaudit-form/${FORM.format}/`;
const OWN = `${PREFIX}${FORM.identity}/`;
const troubles = new Set();

function attempt(trouble, action, otherwise = null) {
  try {
    const result = action();
    troubles.delete(trouble);
    return result;
  } catch {
    troubles.add(trouble);
    return otherwise;
  }
}

const drafts = {
  /* All visits made with this checklist or standard, newest first. */
  all() {
    const found = attempt("storage", () => Object.entries({ ...localStorage }), []);
    return found
      .filter(([key]) => key.startsWith(OWN))
      .map(([, text]) => { try { return JSON.parse(text); } catch { return null; } })
      .filter((one) => one?.visit?.id)
      .sort((a, b) => (b.touched ?? 0) - (a.touched ?? 0));
  },
  /* Keep a visit under its id; under a new id it is no longer kept under the old one. */
  save(draft) {
    draft.touched = Date.now();
    const key = OWN + draft.visit.id;
    return attempt("storage", () => {
      localStorage.setItem(key, JSON.stringify(draft));
      if (draft.kept && draft.kept !== key) localStorage.removeItem(draft.kept);
      if (draft.kept !== key) {
        draft.kept = key;
        localStorage.setItem(key, JSON.stringify(draft));
      }
      return true;
    }, false);
  },
  has(id) {
    return attempt("storage", () => localStorage.getItem(OWN + id) !== null, false);
  },
  remove(draft) {
    attempt("storage", () => localStorage.removeItem(draft.kept ?? OWN + draft.visit.id));
    photosOf(draft).forEach((name) => photos.remove(name));
  },
};

/* A choice of the reader's (theme, language), kept where the browser keeps anything. */
const kept = {
  get: (name) => attempt("storage", () => localStorage.getItem(`${PREFIX}${name}`)),
  set: (name, value) => attempt("storage", () => localStorage.setItem(`${PREFIX}${name}`, value)),
};

/* Photos by name: in memory, and in a database where there is one. */
const photos = {
  memory: new Map(),
  base: null,
  open() {
    this.base ??= new Promise((resolve) => {
      const fail = () => { troubles.add("photos"); resolve(null); };
      try {
        const request = indexedDB.open("servaudit-form", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("photos");
        request.onsuccess = () => resolve(request.result);
        request.onerror = fail;
      } catch { fail(); }
    });
    return this.base;
  },
  async store(mode, action) {
    const base = await this.open();
    if (!base) return null;
    return new Promise((resolve) => {
      const fail = () => { troubles.add("photos"); resolve(null); };
      try {
        const work = base.transaction("photos", mode);
        const request = action(work.objectStore("photos"));
        work.oncomplete = () => resolve(request.result ?? null);
        work.onerror = work.onabort = fail;
      } catch { fail(); }
    });
  },
  async get(name) {
    if (!this.memory.has(name)) {
      const found = await this.store("readonly", (store) => store.get(name));
      if (typeof found === "string") this.memory.set(name, found);
    }
    return this.memory.get(name) ?? null;
  },
  put(name, address) {
    this.memory.set(name, address);
    return this.store("readwrite", (store) => store.put(address, name));
  },
  remove(name) {
    this.memory.delete(name);
    return this.store("readwrite", (store) => store.delete(name));
  },
};

/* The names of all photos of a visit. */
function photosOf(draft) {
  const found = [];
  const walk = (value) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === "object") {
      if (Array.isArray(value.evidence)) found.push(...value.evidence);
      Object.values(value).forEach(walk);
    }
  };
  walk(draft.answers);
  return found;
}
