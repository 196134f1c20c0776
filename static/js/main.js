// What is nicer with a script; every page works without it.
import { keepAsTyped } from "./autosave.js";
import { addUpBudgets } from "./budget.js";
import { focusErrors } from "./errors.js";
import { guardForms } from "./forms.js";
import { closeMenus } from "./menus.js";
import { sendFilters } from "./filters.js";
import { followStage } from "./stage.js";

focusErrors(document);
guardForms(document);
keepAsTyped(document);
closeMenus(document);
sendFilters(document);
addUpBudgets(document);
followStage(document);
