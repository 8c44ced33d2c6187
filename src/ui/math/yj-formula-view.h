/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-formula.h"

G_BEGIN_DECLS

#define YJ_TYPE_FORMULA_VIEW (yj_formula_view_get_type ())
G_DECLARE_FINAL_TYPE (YjFormulaView, yj_formula_view, YJ, FORMULA_VIEW, GtkWidget)

GtkWidget *yj_formula_view_new (YjFormula *formula);

G_END_DECLS
