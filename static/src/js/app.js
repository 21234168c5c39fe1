import { Button, ErrorSummary, PasswordInput, SkipLink } from "govuk-frontend";
import { WordsCount } from "./words-count.js";
import { watchExit } from "./exit.js";
import { guardPrivatePages } from "./private-pages.js";
import { keepWords } from "./keep-words.js";
import { followProgress } from "./progress.js";
import { offerCopyAndPrint } from "./copy.js";
import { moveByKeys } from "./list-keys.js";
import { forgetOldPages, offerToKeep, watchSignOut } from "./keep-page.js";

const parts = [
  [Button, "govuk-button"],
  [WordsCount, "govuk-character-count"],
  [ErrorSummary, "govuk-error-summary"],
  [PasswordInput, "govuk-password-input"],
  [SkipLink, "govuk-skip-link"],
];

// Called for the page that loads, and again for a page that keepWords puts in its place.
function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  for (const [Part, name] of parts) {
    for (const element of document.querySelectorAll(`[data-module="${name}"]`)) {
      try {
        new Part(element);
      } catch (problem) {
        console.warn(problem); // The page works without this part.
      }
    }
  }
  offerCopyAndPrint();
  followProgress();
  moveByKeys();
  offerToKeep();
  keepWords(start);
}

watchExit();
guardPrivatePages();
watchSignOut();
forgetOldPages();
start();
