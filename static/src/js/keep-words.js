// Words that are not sent yet stay in the open page, say so, and are sent again. Nothing is stored.
import { showPage } from "./page-swap.js";

const PATIENCE = 30000;
const WAITS = [3000, 6000, 12000, 30000, 60000];
const SHOWN = [409, 410, 422];

const senders = new Set();

export function keepWords(start) {
  senders.clear();
  for (const form of document.querySelectorAll("form[data-keep-words]")) {
    new Sender(form, start);
  }
}

class Sender {
  constructor(form, start) {
    senders.add(this);
    Object.assign(this, { form, start, tries: 0, busy: false, timer: 0, pressed: null });
    this.tells = form.querySelector("[data-sending]");
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("input", () => this.changed());
    form.addEventListener("click", (event) => {
      this.pressed = event.target.closest("button[type=submit]") || this.pressed;
    });
    window.addEventListener("online", () => this.timer && this.send());
    form.querySelectorAll("textarea").forEach((box) => this.mark(box));
  }

  mark(box) {
    const mark = document.createElement("p");
    mark.className = "app-unsent";
    mark.textContent = this.form.dataset.textUnsent;
    // What came with a saved page is no news; what a draft or an error brought back was never sent.
    const sent = "saved" in this.form.dataset ? box.defaultValue : "";
    const look = () => (mark.hidden = box.value === sent);
    look();
    box.closest(".govuk-form-group").append(mark);
    box.addEventListener("input", look);
  }

  changed() {
    if (!this.timer) return;
    this.rest();
    this.say("changed");
  }

  submitted(event) {
    event.preventDefault();
    this.pressed = event.submitter || this.pressed;
    this.tries = 0;
    this.send();
  }

  async send() {
    if (this.busy || !this.form.isConnected) return;
    this.rest();
    this.busy = true;
    this.say("sending");
    try {
      this.answered(await this.post());
    } catch {
      this.again("network");
    }
    this.busy = false;
  }

  async post() {
    const data = new FormData(this.form);
    if (this.pressed && this.pressed.name) data.append(this.pressed.name, this.pressed.value);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const action = (this.pressed && this.pressed.getAttribute("formaction")) || this.form.getAttribute("action");
    const answer = await fetch(action || window.location.href, {
      method: "POST", body: data, credentials: "same-origin", signal: stop.signal,
    });
    const html = await answer.text();
    clearTimeout(timer);
    return { html, answer };
  }

  answered({ html, answer }) {
    if (answer.ok || SHOWN.includes(answer.status)) {
      if (!this.othersWait() || !this.renew(html)) showPage(html, answer.url, this.start);
    } else if (answer.status >= 500 || answer.status === 429) {
      this.again("busy");
    } else {
      this.say(answer.status === 413 ? "toolong" : "refused");
    }
  }

  // Another form of this page holds words that are not sent: then the page must stay.
  othersWait() {
    const others = [...senders].filter((other) => other !== this && other.form.isConnected);
    return others.some((other) => other.timer || other.busy || other.form.querySelector(".app-unsent:not([hidden])"));
  }

  renew(html) {
    const action = this.form.getAttribute("action");
    const forms = new DOMParser().parseFromString(html, "text/html").querySelectorAll("form[data-keep-words]");
    const fresh = [...forms].find((form) => action && form.getAttribute("action") === action);
    if (!fresh) return false;
    this.form.replaceWith(document.adoptNode(fresh));
    senders.delete(this);
    const sender = new Sender(fresh, this.start);
    if (!fresh.querySelector(".govuk-error-message")) sender.say("sent");
    return true;
  }

  again(why) {
    this.say(why);
    this.timer = setTimeout(() => this.send(), WAITS[Math.min(this.tries, WAITS.length - 1)]);
    this.tries += 1;
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  say(what) {
    this.tells.textContent = this.form.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`];
  }
}
