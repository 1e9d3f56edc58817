// Writing in a page's form: Enter goes on, typed starts of lines become blocks, and blocks come back.

import "./enter.js";
import "./typed.js";
import "./undo.js";
