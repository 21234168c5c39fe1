import { CharacterCount } from "govuk-frontend";

// Counts as the server does: a line break is one character, and so is an emoji.
export class WordsCount extends CharacterCount {
  updateCount() {
    this.count = Array.from(this.$textarea.value.replace(/\r\n?/g, "\n")).length;
  }
}
