// Writing in a page's form: Enter goes on, typed starts of lines become blocks, blocks come back, and some are shown as
// readers see them.

import "./enter.js";
import "./grid.js";
import "./look.js";
import "./typed.js";
import "./undo.js";
