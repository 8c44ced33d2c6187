/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-math-node.h"

G_BEGIN_DECLS

/* A command that stands for a sign or a name. */
typedef struct
{
  const char   *name;
  const char   *text;
  YjMathClass   class;
  YjMathLimits  limits;
  gboolean      large;
} YjMathSymbol;

const YjMathSymbol *yj_math_symbol_find  (const char *name);
gunichar            yj_math_symbol_fence (const char *name,
                                           gboolean    is_command);
YjMathClass         yj_math_symbol_class (gunichar    c);

G_END_DECLS
